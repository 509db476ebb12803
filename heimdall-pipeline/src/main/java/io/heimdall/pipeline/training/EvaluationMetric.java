package io.heimdall.pipeline.training;

import io.heimdall.pipeline.evaluation.Evaluation;
import java.util.function.ToDoubleFunction;

/** The table of the numbers that the record of a run has of the evaluation on the test split. */
public enum EvaluationMetric {
    /** Median error in metres. */
    ERROR_P50("test/error_p50_m", e -> e.metrics().error().p50()),
    /** 90 % quantile of the error in metres. */
    ERROR_P90("test/error_p90_m", e -> e.metrics().error().p90()),
    /** Root mean square error in metres. */
    ERROR_RMSE("test/error_rmse_m", e -> e.metrics().error().rmse()),
    /** Mean negative log-likelihood per axis, in standardised units. */
    NLL("test/nll", e -> e.metrics().nll()),
    /** Mean negative log-likelihood of the density over the plane. */
    NLL_DENSITY("test/nll_density", e -> e.metrics().nllDensity()),
    /** Continuous ranked probability score in metres. */
    CRPS("test/crps_m", e -> e.metrics().crps()),
    /** Share of the true places in the 68 % regions. */
    COVERAGE_68("test/coverage_68", e -> e.metrics().coverage().p68()),
    /** Expected normalised calibration error. */
    ENCE("test/ence", e -> e.metrics().ence()),
    /** What the sigmas are multiplied by. */
    SIGMA_SCALE("sigma_scale", Evaluation::sigmaScale),
    /** Median area of the 68 % regions in km^2. */
    AREA_68("test/area_68_km2", e -> e.network().medianAreaKm2(0.68));

    private final String series;
    private final ToDoubleFunction<Evaluation> value;

    EvaluationMetric(String series, ToDoubleFunction<Evaluation> value) {
        this.series = series;
        this.value = value;
    }

    /** Returns the name in the record of a run. */
    public String series() {
        return series;
    }

    /** Returns the number of an evaluation. */
    double of(Evaluation evaluation) {
        return value.applyAsDouble(evaluation);
    }

    /** Returns the name in the record of a run of a further number of the evaluation. */
    static String series(String name) {
        return "test/" + name;
    }
}
