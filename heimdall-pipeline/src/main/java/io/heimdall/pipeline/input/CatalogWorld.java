package io.heimdall.pipeline.input;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.output.PlaneScale;
import io.heimdall.pipeline.EvenSample;
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
 * A world fitted to the sessions of a catalogue.
 *
 * @param world of the stations that were heard
 * @param stations names of these, in the order of their numbers
 * @param plane in which places are
 * @param sessions that it was fitted to, in the order of the world's sets
 * @param sets stations of each of these sessions, in the order of the world's set
 */
public record CatalogWorld(
        FittedWorld world, List<String> stations, LocalPlane plane, List<Session> sessions, List<List<Station>> sets) {
    /** More sessions make the law no better than its own form is; their spectra would fill the memory. */
    private static final int MOST_SESSIONS = 2000;

    /**
     * Fits a world to sessions of known sources; of more than 2000, to as many evenly spread ones.
     *
     * @param sessions that a station heard, in an order that is the same at every run
     * @param places plane of the sessions' places, and their deviations
     * @param features of their recordings
     * @param groupBy of which groups sessions are not independent of one another
     * @param seed of all draws of the fit
     * @throws io.heimdall.pipeline.PipelineException if there are too few sessions, or they show no law
     */
    public static CatalogWorld fitted(
            List<Session> sessions, PlaneScale places, RecordingFeatures features, GroupBy groupBy, long seed) {
        check(sessions.size());
        PlaneScale scale = SetInput.scale(places);
        StationReports reports = StationReports.of(sessions, scale.plane());
        double carrierHz = Math.exp(sessions.stream()
                .mapToDouble(session -> Math.log(session.frequencyHz()))
                .average()
                .orElseThrow());
        SetParameters parameters = new SetParameters(
                features.parameters(),
                reports.stations(),
                scale.plane(),
                scale.metres().scaleEast(),
                0,
                1,
                carrierHz,
                reports.absentAreSilent());
        return fitted(
                parameters,
                sessions.stream().map(s -> new Observation(s.id(), s)).toList(),
                groupBy,
                (observation, report) -> features.of(report.measurement().orElseThrow()),
                seed);
    }

    /**
     * Fits a world.
     *
     * @param decibels the spectrogram of what a station recorded of an observation
     */
    static CatalogWorld fitted(
            SetParameters parameters,
            List<Observation> training,
            GroupBy groupBy,
            BiFunction<Observation, StationReport, float[]> decibels,
            long seed) {
        check(training.size());
        List<Observation> some = EvenSample.of(training, MOST_SESSIONS);
        StationReports reports = StationReports.of(parameters);
        List<List<StationReport>> reported = some.stream()
                .map(observation -> reports.of(observation.session()))
                .toList();
        List<String> heard = List.copyOf(new TreeSet<>(reported.stream()
                .flatMap(List::stream)
                .filter(StationReport::heard)
                .map(StationReport::station)
                .toList()));
        List<List<StationReport>> known = reported.stream()
                .map(row -> row.stream()
                        .filter(report -> heard.contains(report.station()))
                        .toList())
                .toList();
        // In their order, so that the world has the same bits at every run.
        List<RecordedSession> sessions = IntStream.range(0, some.size())
                .parallel()
                .mapToObj(s -> recorded(parameters, some.get(s), known.get(s), heard, decibels))
                .toList();
        FittedWorld world = WorldFit.fit(sessions, groups(some, groupBy), heard.size(), parameters.planeScaleM(), seed);
        return new CatalogWorld(
                world,
                heard,
                parameters.plane(),
                some.stream().map(Observation::session).toList(),
                known.stream().map(CatalogWorld::stations).toList());
    }

    /**
     * Checks what needs no features.
     *
     * @throws io.heimdall.pipeline.PipelineException if no world can be fitted to so few sessions
     */
    public static void check(int sessions) {
        WorldFit.check(sessions);
    }

    private static List<Station> stations(List<StationReport> reports) {
        return reports.stream()
                .map(report -> new Station(report.station(), report.place()))
                .toList();
    }

    /** Numbers the groups in the order in which the sessions meet them. */
    private static int[] groups(List<Observation> sessions, GroupBy groupBy) {
        Map<String, Integer> numbers = new HashMap<>();
        return sessions.stream()
                .mapToInt(o -> numbers.computeIfAbsent(groupBy.groupOf(o.session()), group -> numbers.size()))
                .toArray();
    }

    private static RecordedSession recorded(
            SetParameters parameters,
            Observation observation,
            List<StationReport> reports,
            List<String> heard,
            BiFunction<Observation, StationReport, float[]> decibels) {
        LocalPlane plane = parameters.plane();
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
