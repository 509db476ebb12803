package io.heimdall.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AbsentStationsTest {

    @Test
    void oneStationIsExact() {
        AbsentStations absent = new AbsentStations(new double[][] {{6}}, new double[] {-126}, 0.05);
        double below = StandardNormal.below((-126 + 120) / 6.0);
        assertThat(absent.probability(new double[] {-120})).isCloseTo(0.05 + 0.95 * below, within(1e-15));
    }

    @Test
    void noStationIsCertain() {
        assertThat(new AbsentStations(new double[0][0], new double[0], 0.05).probability(new double[0]))
                .isEqualTo(1);
    }

    @Test
    void stationsThatKnowNothingOfEachOtherMultiply() {
        double[][] lower = {{6, 0, 0}, {0, 5, 0}, {0, 0, 4}};
        double[] thresholds = {-126, -127, -128};
        double[] means = {-120, -128, -126};
        double product = 1;
        for (int i = 0; i < 3; i++) {
            product *= 0.1 + 0.9 * StandardNormal.below((thresholds[i] - means[i]) / lower[i][i]);
        }
        assertThat(new AbsentStations(lower, thresholds, 0.1).probability(means))
                .isCloseTo(product, within(1e-14));
    }

    @ParameterizedTest
    @CsvSource({"2, 0.05", "2, 0", "3, 0.05", "4, 0.05", "6, 0.05", "4, 0", "3, 0.9"})
    void agreesWithCountingDraws(int stations, double off) {
        double[][] covariance = new double[stations][stations];
        double[] means = new double[stations];
        double[] thresholds = new double[stations];
        for (int i = 0; i < stations; i++) {
            means[i] = -122 - 3 * i;
            thresholds[i] = -126 + i;
            for (int j = 0; j < stations; j++) {
                covariance[i][j] = 36 * Math.exp(-Math.abs(i - j) / 1.5) + 9;
            }
        }
        double[][] lower = Cholesky.factor(covariance);
        SplittableRandom random = new SplittableRandom(5);
        int draws = 400_000;
        int count = 0;
        double[] normal = new double[stations];
        for (int n = 0; n < draws; n++) {
            boolean all = true;
            for (int i = 0; i < stations; i++) {
                normal[i] = random.nextGaussian();
                double received = means[i];
                for (int j = 0; j <= i; j++) {
                    received += lower[i][j] * normal[j];
                }
                all &= random.nextDouble() < off || received < thresholds[i];
            }
            count += all ? 1 : 0;
        }
        double share = count / (double) draws;
        double error = 4 * Math.sqrt(share * (1 - share) / draws);
        assertThat(new AbsentStations(lower, thresholds, off).probability(means))
                .isCloseTo(share, within(error + 0.012 * share));
    }

    @Test
    void factorsOnlyWhatIsPositiveDefinite() {
        double[][] lower = Cholesky.factor(new double[][] {{4, 2}, {2, 5}});
        assertThat(lower).isDeepEqualTo(new double[][] {{2, 0}, {1, 2}});
        double[] x = {6, 11};
        Cholesky.solve(lower, x);
        assertThat(x).containsExactly(3, 4);
        assertThatThrownBy(() -> Cholesky.factor(new double[][] {{1, 1}, {1, 1}}))
                .hasMessageContaining("row 1");
    }
}
