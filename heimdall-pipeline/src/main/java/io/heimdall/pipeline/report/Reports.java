package io.heimdall.pipeline.report;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Station;
import io.heimdall.export.Location;
import io.heimdall.model.metrics.JudgedForecasts;
import io.heimdall.model.train.EpochMetrics;
import io.heimdall.pipeline.evaluation.Comparison;
import io.heimdall.pipeline.evaluation.Evaluation;
import io.heimdall.pipeline.evaluation.MethodResult;
import io.heimdall.pipeline.prediction.Estimate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes reports of evaluations. */
public final class Reports {
    private Reports() {}

    /**
     * Returns the report of an evaluation.
     *
     * @param title of the page
     * @param warnings shown above everything else
     * @param facts shown at the end, in this order
     * @param history learning curves; empty where the model was not trained here
     * @param stations the receivers
     */
    public static Report of(
            String title,
            Evaluation evaluation,
            List<String> warnings,
            Map<String, String> facts,
            List<EpochMetrics> history,
            Collection<Station> stations) {
        return new Report(
                title,
                warnings,
                facts,
                history.stream().map(Reports::epoch).toList(),
                methods(evaluation),
                reliability(evaluation),
                map(evaluation),
                stations.stream()
                        .map(s -> new Report.Place(
                                s.name(), s.position().latitude(), s.position().longitude()))
                        .toList(),
                ReportDetails.of(evaluation));
    }

    private static Report.Epoch epoch(EpochMetrics epoch) {
        return new Report.Epoch(
                epoch.epoch(), epoch.trainingLoss(), epoch.validationNll().orElse(Double.NaN), epoch.learningRate());
    }

    private static List<Report.Method> methods(Evaluation evaluation) {
        List<MethodResult> methods = new ArrayList<>(List.of(evaluation.network()));
        methods.addAll(evaluation.baselines());
        Stream<Report.Method> byEvidence = evaluation.byEvidence().results().stream()
                .map(one -> new Report.Method(
                        one.result().title(), one.result().distances(), sureness(one.result(), one.comparison())));
        return Stream.concat(
                        methods.stream()
                                .map(method -> new Report.Method(
                                        method.title(), method.distances(), sureness(method, evaluation.comparison()))),
                        byEvidence)
                .toList();
    }

    private static Report.Sureness sureness(MethodResult method, Comparison comparison) {
        Report.Sureness unknown = Report.Sureness.UNKNOWN;
        return new Report.Sureness(
                comparison.interval(method.id(), "p50").orElse(unknown.p50()),
                comparison.interval(method.id(), "rmse").orElse(unknown.rms()),
                comparison.betterThan(method.id()).orElse(Double.NaN),
                method.beliefs().isEmpty() ? Double.NaN : method.nllDensity());
    }

    private static List<Report.Reliability> reliability(Evaluation evaluation) {
        JudgedForecasts after = evaluation.forecasts();
        JudgedForecasts before = evaluation.unscaled();
        return IntStream.rangeClosed(1, 19)
                .mapToObj(i -> i / 20.0)
                .map(p -> new Report.Reliability(p, before.coverage(p), after.coverage(p)))
                .toList();
    }

    private static List<Report.Located> map(Evaluation evaluation) {
        double[] distances = evaluation.forecasts().distances();
        List<Report.Located> located = new ArrayList<>();
        for (int i = 0; i < distances.length; i++) {
            Estimate estimate = evaluation.estimates().get(i);
            GeoPoint truth = estimate.truth().orElseThrow();
            Location found = estimate.location();
            located.add(new Report.Located(
                    estimate.id(),
                    truth.latitude(),
                    truth.longitude(),
                    found.latitude(),
                    found.longitude(),
                    found.sigmaLatitude(),
                    found.sigmaLongitude(),
                    distances[i]));
        }
        return located;
    }
}
