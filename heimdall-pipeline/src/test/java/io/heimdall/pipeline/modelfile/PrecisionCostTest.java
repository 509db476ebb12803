package io.heimdall.pipeline.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.export.Precision;
import io.heimdall.model.metrics.LocalisationMetrics.Coverage;
import org.junit.jupiter.api.Test;

class PrecisionCostTest {
    private static final FileQuality BEFORE =
            new FileQuality(45_000_000, 12, 1000, new Coverage(0.50, 0.68, 0.90, 0.95));

    private static PrecisionCost after(double errorM, Coverage coverage) {
        return new PrecisionCost(Precision.INT8, 200, BEFORE, new FileQuality(12_000_000, 4, errorM, coverage));
    }

    @Test
    void onePercentOfErrorAndOnePointOfCoverageAreAllowed() {
        assertThat(after(1010, BEFORE.coverage()).isAcceptable()).isTrue();
        assertThat(after(900, BEFORE.coverage()).isAcceptable()).isTrue();
        assertThat(after(1010.1, BEFORE.coverage()).isAcceptable()).isFalse();
        assertThat(after(1000, new Coverage(0.51, 0.67, 0.90, 0.95)).isAcceptable())
                .isTrue();
        for (Coverage moved : new Coverage[] {
            new Coverage(0.515, 0.68, 0.90, 0.95),
            new Coverage(0.50, 0.665, 0.90, 0.95),
            new Coverage(0.50, 0.68, 0.915, 0.95),
            new Coverage(0.50, 0.68, 0.90, 0.935)
        }) {
            assertThat(after(1000, moved).isAcceptable()).isFalse();
            assertThat(after(1000, moved).coverageMove()).isBetween(0.0149, 0.0151);
        }
    }

    @Test
    void theMessageSaysWhatItCosts() {
        PrecisionCost cost = after(1005, new Coverage(0.50, 0.68, 0.905, 0.95));

        assertThat(cost.text())
                .isEqualTo(
                        "12.00 MB (float32: 45.00 MB), 4.00 ms a sample (float32: 12.00 ms); on 200 validation samples"
                                + " median error 1005.0 m (float32: 1000.0 m, +0.50 %), coverage in percent of the regions"
                                + " of 50 %: 50.0 to 50.0, 68 %: 68.0 to 68.0, 90 %: 90.0 to 90.5, 95 %: 95.0 to 95.0");
        assertThat(cost.refusal())
                .startsWith("int8 was not written: allowed are 1 % more")
                .doesNotContain("one sample is");
        assertThat(new PrecisionCost(Precision.FP16, 40, BEFORE, BEFORE).refusal())
                .contains("one sample is 2.5 points here: with 100 validation samples");
        assertThat(cost.json())
                .containsEntry("precision", "int8")
                .containsEntry("bytes", 12_000_000L)
                .containsEntry("samples", 200)
                .containsKeys("float32", "coverage", "error_growth", "coverage_move", "milliseconds");
    }
}
