package io.heimdall.pipeline.report;

import io.heimdall.dataset.Session;
import io.heimdall.pipeline.EvenSample;
import io.heimdall.pipeline.evaluation.Belief;
import io.heimdall.pipeline.evaluation.Evaluation;
import io.heimdall.pipeline.evaluation.FusedSession;
import io.heimdall.pipeline.evaluation.MethodResult;
import io.heimdall.pipeline.prediction.Estimate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Where a model errs, where its rivals do better, and what it says of single sessions.
 *
 * @param methods names, the network first; those that answered for every sample
 * @param sessions in the order of the evaluation
 * @param byStations errors by the number of stations that heard
 * @param bySnr errors by the signal-to-noise ratio of the clearest recording
 * @param cells errors by the place of the transmitter
 * @param coverage of the regions of each method that has a posterior
 * @param regions of some sessions, the worst first: of all where there are few, else spread evenly over the errors
 * @param products of those among them that have delays or bearings
 * @param stations over the sessions
 */
record ReportDetails(
        List<String> methods,
        List<JudgedSession> sessions,
        List<ErrorSlice> byStations,
        List<ErrorSlice> bySnr,
        List<ErrorCell> cells,
        List<Coverage> coverage,
        List<SessionRegions> regions,
        List<SessionProduct> products,
        List<StationSummary> stations) {
    /** Nothing to show. */
    static final ReportDetails NONE = new ReportDetails(
            List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    /** The regions of more sessions would make the page slow to load. */
    private static final int MOST_REGIONS = 300;

    /**
     * How much the regions of a method hold.
     *
     * @param method its name
     * @param observed share of the truths in the regions of 5, 10, ..., 95 %
     */
    record Coverage(String method, List<Double> observed) {}

    static ReportDetails of(Evaluation evaluation) {
        List<MethodResult> methods = new ArrayList<>(List.of(evaluation.network()));
        int samples = evaluation.estimates().size();
        evaluation.baselines().stream()
                .filter(method -> method.answers().size() == samples)
                .forEach(methods::add);
        List<JudgedSession> sessions = IntStream.range(0, samples)
                .mapToObj(i -> session(evaluation, methods, i))
                .toList();
        List<SessionRegions> regions = regions(evaluation.estimates(), sessions);
        return new ReportDetails(
                methods.stream().map(MethodResult::title).toList(),
                sessions,
                ErrorSlice.byStations(sessions),
                ErrorSlice.bySnr(sessions),
                ErrorCell.of(sessions),
                methods.stream()
                        .filter(method -> !method.beliefs().isEmpty())
                        .map(ReportDetails::coverage)
                        .toList(),
                regions,
                products(evaluation, regions),
                StationSummary.of(evaluation.sessions().stream().distinct().toList()));
    }

    private static List<SessionProduct> products(Evaluation evaluation, List<SessionRegions> shown) {
        Map<String, FusedSession> products = evaluation.byEvidence().products();
        return shown.stream()
                .map(SessionRegions::session)
                .filter(i -> products.containsKey(evaluation.estimates().get(i).sessionId()))
                .map(i -> SessionProduct.of(
                        i, products.get(evaluation.estimates().get(i).sessionId())))
                .toList();
    }

    private static JudgedSession session(Evaluation evaluation, List<MethodResult> methods, int i) {
        Estimate estimate = evaluation.estimates().get(i);
        return new JudgedSession(
                estimate.id(),
                estimate.truth().orElseThrow().latitude(),
                estimate.truth().orElseThrow().longitude(),
                estimate.location().latitude(),
                estimate.location().longitude(),
                estimate.heard().stream().map(station -> station.name()).toList(),
                evaluation.signalToNoiseDb(i).orElse(Double.NaN),
                methods.stream()
                        .map(method -> method.answers().get(i).distance())
                        .toList(),
                evaluation.sessions().isEmpty()
                        ? Map.of()
                        : levels(evaluation.sessions().get(i)));
    }

    private static Map<String, Double> levels(Session session) {
        Map<String, Double> levels = new LinkedHashMap<>();
        session.measurements()
                .forEach(measurement -> measurement
                        .levelDb()
                        .ifPresent(level -> levels.put(measurement.station().name(), Math.rint(10 * level) / 10)));
        return levels;
    }

    private static Coverage coverage(MethodResult method) {
        double[] levels =
                method.beliefs().stream().mapToDouble(Belief::credibleLevel).toArray();
        return new Coverage(
                method.title(),
                IntStream.rangeClosed(1, 19)
                        .mapToObj(k -> IntStream.range(0, levels.length)
                                        .filter(i -> levels[i] <= k / 20.0)
                                        .count()
                                / (double) levels.length)
                        .toList());
    }

    private static List<SessionRegions> regions(List<Estimate> estimates, List<JudgedSession> sessions) {
        List<Integer> worstFirst = IntStream.range(0, sessions.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -sessions.get(i).errorMetres()))
                .toList();
        return EvenSample.of(worstFirst, MOST_REGIONS).parallelStream()
                .map(i -> SessionRegions.of(i, estimates.get(i)))
                .toList();
    }
}
