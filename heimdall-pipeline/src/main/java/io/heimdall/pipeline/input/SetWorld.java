package io.heimdall.pipeline.input;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.model.LocalPlane;
import io.heimdall.pipeline.world.FittedWorld;
import io.heimdall.pipeline.world.MeanPowers;
import io.heimdall.pipeline.world.RecordedSession;
import io.heimdall.pipeline.world.StationSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Fits a world to recorded sets of stations.
 *
 * @param parameters of the sets
 * @param decibels the spectrogram of what a station recorded of an observation
 */
record SetWorld(SetParameters parameters, BiFunction<Observation, StationReport, float[]> decibels) {
    /** More sessions make the law no better than its own form is; their spectra would fill the memory. */
    private static final int MOST_SESSIONS = 2000;

    FittedWorld fitted(List<Observation> training, long seed) {
        Map<String, Integer> numbers = parameters.numbers();
        StationReports reports = new StationReports(parameters);
        // In their order, so that the world has the same bits at every run.
        List<RecordedSession> sessions = some(training).parallelStream()
                .map(observation -> recorded(observation, reports.of(observation.session()), numbers))
                .toList();
        return FittedWorld.of(sessions, numbers.size(), parameters.planeScaleM(), seed);
    }

    /** Returns all observations, or as many as are wanted, evenly spread over all. */
    private static List<Observation> some(List<Observation> all) {
        int count = Math.min(all.size(), MOST_SESSIONS);
        return IntStream.range(0, count)
                .mapToObj(i -> all.get((int) ((long) i * all.size() / count)))
                .toList();
    }

    private RecordedSession recorded(
            Observation observation, List<StationReport> reports, Map<String, Integer> numbers) {
        LocalPlane plane = parameters.plane();
        int count = reports.size();
        int[] known = new int[count];
        double[] east = new double[count];
        double[] north = new double[count];
        List<Optional<MeanPowers>> powers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StationReport report = reports.get(i);
            known[i] = numbers.get(report.station());
            east[i] = plane.east(report.place().longitude());
            north[i] = plane.north(report.place().latitude());
            powers.add(report.heard() ? Optional.of(powers(observation, report)) : Optional.empty());
        }
        GeoPoint source = observation.session().source().orElseThrow();
        return new RecordedSession(
                plane.east(source.longitude()),
                plane.north(source.latitude()),
                new StationSet(known, east, north, parameters.octaves(observation.session())),
                powers);
    }

    private MeanPowers powers(Observation observation, StationReport report) {
        return MeanPowers.of(
                decibels.apply(observation, report),
                parameters.features().mels(),
                parameters.features().frames());
    }
}
