package io.heimdall.pipeline.report;

import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Recorded;
import io.heimdall.dataset.Session;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.DoubleStream;

/**
 * A station over the judged sessions.
 *
 * @param name of the station
 * @param heard number of sessions that it heard
 * @param inService number of sessions that it was in service for
 * @param medianLevelDb of what it heard, NaN without
 * @param gainDb how much louder it hears than the mean station at the same distance; NaN where that cannot be told
 * @param driftDb its gain in the last third of its sessions less that in the first third; NaN where times or sessions are missing
 * @param levels number of levels by decibels, in steps of {@link #STEP_DB}, each by its lower edge
 * @param ratios number of signal-to-noise ratios by decibels, likewise, as far as the quality of recordings was measured
 */
record StationSummary(
        String name,
        int heard,
        int inService,
        double medianLevelDb,
        double gainDb,
        double driftDb,
        Map<Integer, Integer> levels,
        Map<Integer, Integer> ratios) {
    /** Width of a column of the histograms, decibels. */
    static final int STEP_DB = 5;

    /** Returns the stations of sessions by their names. */
    static List<StationSummary> of(List<Session> sessions) {
        TreeSet<String> names = new TreeSet<>();
        sessions.forEach(session ->
                session.measurements().forEach(m -> names.add(m.station().name())));
        StationGains gains = StationGains.of(sessions);
        return names.stream().map(name -> of(name, sessions, gains)).toList();
    }

    private static StationSummary of(String name, List<Session> sessions, StationGains gains) {
        List<Measurement> own = sessions.stream()
                .flatMap(session -> session.measurements().stream())
                .filter(measurement -> measurement.station().name().equals(name))
                .toList();
        double[] levels = own.stream()
                .flatMapToDouble(measurement -> measurement.levelDb().stream())
                .sorted()
                .toArray();
        DoubleStream ratios = own.stream()
                .flatMap(measurement -> measurement.recorded().stream())
                .flatMapToDouble(StationSummary::ratio);
        return new StationSummary(
                name,
                (int) own.stream().filter(m -> !m.isSilence()).count(),
                own.size(),
                levels.length == 0 ? Double.NaN : levels[levels.length / 2],
                gains.gainDb(name),
                gains.driftDb(name),
                counts(Arrays.stream(levels)),
                counts(ratios));
    }

    private static DoubleStream ratio(Recorded recorded) {
        return recorded.quality().stream().flatMapToDouble(quality -> quality.snrDb().stream());
    }

    private static Map<Integer, Integer> counts(DoubleStream decibels) {
        Map<Integer, Integer> counts = new TreeMap<>();
        decibels.forEach(value -> counts.merge((int) Math.floor(value / STEP_DB) * STEP_DB, 1, Integer::sum));
        return new LinkedHashMap<>(counts);
    }
}
