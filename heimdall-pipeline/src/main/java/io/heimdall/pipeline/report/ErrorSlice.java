package io.heimdall.pipeline.report;

import io.heimdall.model.metrics.Quantiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The errors on a part of the sessions, by method, the network first.
 *
 * @param name of the part
 * @param sessions that it has
 * @param p50Metres median errors
 * @param rmsMetres root mean square errors
 * @param nearest in how many of the sessions each method came nearest
 */
record ErrorSlice(String name, int sessions, List<Double> p50Metres, List<Double> rmsMetres, List<Integer> nearest) {
    /** Ratios of signal to noise are told apart by so many decibels. */
    private static final int SNR_STEP_DB = 10;

    private static final int LEAST_SNR_DB = -10;
    private static final int GREATEST_SNR_DB = 60;

    /** Returns the errors of some sessions, at least one. */
    static ErrorSlice of(String name, List<JudgedSession> sessions) {
        int methods = sessions.get(0).errorsMetres().size();
        List<Double> p50 = new ArrayList<>();
        List<Double> rms = new ArrayList<>();
        List<Integer> nearest = new ArrayList<>();
        for (int m = 0; m < methods; m++) {
            int method = m;
            double[] errors = sessions.stream()
                    .mapToDouble(s -> s.errorsMetres().get(method))
                    .toArray();
            p50.add(Quantiles.of(errors, 0.5));
            rms.add(Math.sqrt(IntStream.range(0, errors.length)
                    .mapToDouble(i -> errors[i] * errors[i])
                    .average()
                    .orElseThrow()));
            nearest.add(
                    (int) sessions.stream().filter(s -> s.nearest() == method).count());
        }
        return new ErrorSlice(name, sessions.size(), p50, rms, nearest);
    }

    /** Returns a slice for each number of stations that heard. */
    static List<ErrorSlice> byStations(List<JudgedSession> sessions) {
        return by(sessions, s -> OptionalInt.of(s.heard().size()), number -> Integer.toString(number));
    }

    /** Returns a slice for each 10 dB of signal-to-noise ratio; sessions of which it is not known are in none. */
    static List<ErrorSlice> bySnr(List<JudgedSession> sessions) {
        return by(
                sessions,
                s -> Double.isNaN(s.snrDb())
                        ? OptionalInt.empty()
                        : OptionalInt.of((int) Math.max(
                                LEAST_SNR_DB,
                                Math.min(GREATEST_SNR_DB, SNR_STEP_DB * Math.floor(s.snrDb() / SNR_STEP_DB)))),
                from -> from + "…" + (from + SNR_STEP_DB));
    }

    private static List<ErrorSlice> by(
            List<JudgedSession> sessions, Function<JudgedSession, OptionalInt> key, Function<Integer, String> name) {
        Map<Integer, List<JudgedSession>> parts = sessions.stream()
                .filter(session -> key.apply(session).isPresent())
                .collect(Collectors.groupingBy(s -> key.apply(s).getAsInt(), TreeMap::new, Collectors.toList()));
        return parts.entrySet().stream()
                .map(part -> of(name.apply(part.getKey()), part.getValue()))
                .toList();
    }
}
