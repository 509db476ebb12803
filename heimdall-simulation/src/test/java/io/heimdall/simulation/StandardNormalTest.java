package io.heimdall.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardNormalTest {

    /** Values of scipy.stats.norm.cdf. */
    @ParameterizedTest
    @CsvSource({
        "0, 0.5",
        "1, 0.8413447460685429",
        "-1.5, 0.06680720126885807",
        "-4, 3.167124183311986e-05",
        "-7, 1.279812543885835e-12",
        "-7.5, 3.190891672910896e-14",
        "-20, 2.753624118606234e-89",
        "3, 0.9986501019683699"
    })
    void agreesWithScipy(double z, double probability) {
        assertThat(StandardNormal.below(z)).isCloseTo(probability, within(z < -6 ? 2e-8 * probability : 1e-14));
    }

    @Test
    void quantileIsTheInverse() {
        for (double z = -8; z <= 6; z += 0.01) {
            double p = StandardNormal.below(z);
            assertThat(StandardNormal.quantile(p)).isCloseTo(z, within(1e-7));
        }
    }

    @Test
    void endsAreFarButFinite() {
        assertThat(StandardNormal.quantile(0)).isEqualTo(-38);
        assertThat(StandardNormal.quantile(1)).isEqualTo(38);
        assertThat(StandardNormal.below(-50)).isZero();
        assertThat(StandardNormal.below(50)).isEqualTo(1);
    }
}
