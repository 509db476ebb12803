package io.heimdall.pipeline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ErrorSummaryTest {

    @Test
    void interpolatesQuantilesAsNumpyDoes() {
        // numpy.quantile([1, 2, 3, 4, 10], [.5, .68, .9, .95])
        var summary = ErrorSummary.of(new double[] {10, 2, 4, 1, 3});
        assertThat(summary.p50()).isEqualTo(3);
        assertThat(summary.p68()).isCloseTo(3.72, within(1e-12));
        assertThat(summary.p90()).isCloseTo(7.6, within(1e-12));
        assertThat(summary.p95()).isCloseTo(8.8, within(1e-12));
        assertThat(summary.rmse()).isCloseTo(Math.sqrt(26), within(1e-12));
    }

    @Test
    void ofNothingIsNotANumber() {
        assertThat(ErrorSummary.of(new double[0]).p50()).isNaN();
    }
}
