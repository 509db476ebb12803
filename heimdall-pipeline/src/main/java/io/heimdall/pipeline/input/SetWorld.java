package io.heimdall.pipeline.input;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.model.LocalPlane;
import io.heimdall.pipeline.world.FittedWorld;
import io.heimdall.pipeline.world.MeanPowers;
import io.heimdall.pipeline.world.Received;
import io.heimdall.pipeline.world.RecordedSession;
import io.heimdall.pipeline.world.StationSet;
import io.heimdall.pipeline.world.WorldFit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * A world fitted to recorded sets of stations.
 *
 * @param world of the stations that were heard
 * @param numbers of the world's stations in the network; last the number of stations that nobody knows
 */
record SetWorld(FittedWorld world, int[] numbers) {
    /** More sessions make the law no better than its own form is; their spectra would fill the memory. */
    private static final int MOST_SESSIONS = 2000;

    /**
     * Fits a world.
     *
     * @param groupBy of which groups sessions are not independent of one another
     * @param decibels the spectrogram of what a station recorded of an observation
     * @throws io.heimdall.pipeline.PipelineException if the observations show no law
     */
    static SetWorld fitted(
            SetParameters parameters,
            List<Observation> training,
            GroupBy groupBy,
            BiFunction<Observation, StationReport, float[]> decibels,
            long seed) {
        check(training.stream().map(Observation::session).toList());
        List<Observation> some = some(training);
        StationReports reports = StationReports.of(parameters);
        List<List<StationReport>> reported = some.stream()
                .map(observation -> reports.of(observation.session()))
                .toList();
        List<String> heard = List.copyOf(new TreeSet<>(reported.stream()
                .flatMap(List::stream)
                .filter(StationReport::heard)
                .map(StationReport::station)
                .toList()));
        // In their order, so that the world has the same bits at every run.
        List<RecordedSession> sessions = IntStream.range(0, some.size())
                .parallel()
                .mapToObj(s -> recorded(parameters, some.get(s), reported.get(s), heard, decibels))
                .toList();
        FittedWorld world = WorldFit.fit(sessions, groups(some, groupBy), heard.size(), parameters.planeScaleM(), seed);
        Map<String, Integer> known = parameters.numbers();
        return new SetWorld(
                world,
                IntStream.rangeClosed(0, heard.size())
                        .map(i -> i < heard.size() ? known.get(heard.get(i)) : known.size())
                        .toArray());
    }

    /**
     * Checks what needs no features.
     *
     * @throws PipelineException if no world can be fitted to these sessions
     */
    static void check(List<Session> training) {
        WorldFit.check(training.size());
    }

    /** Numbers the groups in the order in which the sessions meet them. */
    private static int[] groups(List<Observation> sessions, GroupBy groupBy) {
        Map<String, Integer> numbers = new HashMap<>();
        return sessions.stream()
                .mapToInt(o -> numbers.computeIfAbsent(groupBy.groupOf(o.session()), group -> numbers.size()))
                .toArray();
    }

    /** Returns all observations, or as many as are wanted, evenly spread over all. */
    private static List<Observation> some(List<Observation> all) {
        int count = Math.min(all.size(), MOST_SESSIONS);
        return IntStream.range(0, count)
                .mapToObj(i -> all.get((int) ((long) i * all.size() / count)))
                .toList();
    }

    private static RecordedSession recorded(
            SetParameters parameters,
            Observation observation,
            List<StationReport> reported,
            List<String> heard,
            BiFunction<Observation, StationReport, float[]> decibels) {
        LocalPlane plane = parameters.plane();
        List<StationReport> reports = reported.stream()
                .filter(report -> heard.contains(report.station()))
                .toList();
        int count = reports.size();
        int[] numbers = new int[count];
        double[] east = new double[count];
        double[] north = new double[count];
        List<Received> received = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StationReport report = reports.get(i);
            numbers[i] = heard.indexOf(report.station());
            east[i] = plane.east(report.place().longitude());
            north[i] = plane.north(report.place().latitude());
            received.add(received(parameters.features(), observation, report, decibels));
        }
        GeoPoint source = observation.session().source().orElseThrow();
        return new RecordedSession(
                plane.east(source.longitude()),
                plane.north(source.latitude()),
                new StationSet(numbers, east, north, parameters.octaves(observation.session())),
                received);
    }

    private static Received received(
            FeatureParameters features,
            Observation observation,
            StationReport report,
            BiFunction<Observation, StationReport, float[]> decibels) {
        if (!report.heard()) {
            return new Received.Silence();
        }
        return report.recorded()
                ? new Received.Spectrum(
                        MeanPowers.of(decibels.apply(observation, report), features.mels(), features.frames()))
                : new Received.LevelAlone(report.levelDb());
    }
}
