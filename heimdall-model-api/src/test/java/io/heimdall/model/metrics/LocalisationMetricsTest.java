package io.heimdall.model.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LocalisationMetricsTest {

    @Test
    void pointErrorsAreTheirDefinitions() {
        var metrics =
                LocalisationMetrics.of(errors(new double[] {3, -6, 0, 9, 30}, new double[] {4, 8, 0, -12, -40}, 5, 5));
        // Distances 5, 10, 0, 15, 50.
        assertThat(metrics.sessions()).isEqualTo(5);
        assertThat(metrics.error().p50()).isEqualTo(10);
        assertThat(metrics.error().p68()).isEqualTo(10 + 0.72 * 5, within(1e-12));
        assertThat(metrics.error().p90()).isEqualTo(15 + 0.6 * 35, within(1e-12));
        assertThat(metrics.error().p95()).isEqualTo(15 + 0.8 * 35, within(1e-12));
        assertThat(metrics.error().rmse()).isEqualTo(Math.sqrt(2850 / 5.0), within(1e-12));
        assertThat(metrics.biasEast()).isEqualTo(7.2, within(1e-12));
        assertThat(metrics.biasNorth()).isEqualTo(-8, within(1e-12));
        assertThat(metrics.sharpness()).isEqualTo(5, within(1e-12));
    }

    @Test
    void scoresOfOneForecastAreTheirDefinitions() {
        var metrics = LocalisationMetrics.of(errors(new double[] {2}, new double[] {0}, 2, 3));
        assertThat(metrics.nll())
                .isEqualTo((0.5 + Math.log(2) + Math.log(3)) / 2 + 0.5 * Math.log(2 * Math.PI), within(1e-12));
        // CRPS of a standard normal: 0.233695 at 0, 0.602441 at 1 (integrated numerically).
        assertThat(metrics.crps()).isEqualTo((2 * 0.602441 + 3 * 0.233695) / 2, within(1e-5));
        assertThat(metrics.ence()).isEqualTo(Math.abs(Math.sqrt(13) - 2) / Math.sqrt(13), within(1e-12));
    }

    @Test
    void crpsIsTheIntegralOverTheCumulative() {
        for (double z : new double[] {-9, -2.5, -0.3, 0, 1, 4}) {
            double sum = 0;
            double step = 1e-3;
            for (double x = -12 + step / 2; x < 12; x += step) {
                double d = Normal.cumulative(x) - (x >= z ? 1 : 0);
                sum += d * d * step;
            }
            assertThat(Normal.crps(z)).isEqualTo(sum, within(1e-3));
        }
        assertThat(Normal.cumulative(1.959963984540054)).isEqualTo(0.975, within(1e-14));
        assertThat(Normal.cumulative(-5)).isEqualTo(2.8665157187919391e-7, within(1e-15));
    }

    @Test
    void regionsOfAGaussianHoldWhatTheyPromise() {
        var metrics = LocalisationMetrics.of(gaussian(20_000, 1));
        assertThat(metrics.coverage().p50()).isEqualTo(0.50, within(0.015));
        assertThat(metrics.coverage().p68()).isEqualTo(0.68, within(0.015));
        assertThat(metrics.coverage().p90()).isEqualTo(0.90, within(0.01));
        assertThat(metrics.coverage().p95()).isEqualTo(0.95, within(0.01));
        assertThat(metrics.ence()).isLessThan(0.02);
        assertThat(LocalisationErrors.radius(0.68)).isEqualTo(1.5096, within(1e-4));
    }

    @Test
    void enceSeesSigmasThatAreWrongInPartsThoughRightOnTheWhole() {
        var right = gaussian(4000, 2);
        double overall = LocalisationMetrics.of(right).sharpness();
        var flat = errors(right.east(), right.north(), overall, overall);
        assertThat(LocalisationMetrics.of(flat).ence()).isLessThan(0.1);
        var wrong = new LocalisationErrors(
                right.east(),
                right.north(),
                Arrays.stream(right.sigmaEast()).map(s -> 5e4 / s).toArray(),
                Arrays.stream(right.sigmaNorth()).map(s -> 5e4 / s).toArray());
        assertThat(LocalisationMetrics.of(wrong).ence()).isGreaterThan(0.5);
    }

    @Test
    void theScaleMakesThe68PercentRegionHold68PercentOfPosteriorsThatAreNotGaussian() {
        for (int seed = 0; seed < 20; seed++) {
            var validation = heavyTailed(300, seed);
            var test = heavyTailed(3000, 1000 + seed);
            var scale = SigmaScale.fit(validation);
            double error = Math.sqrt(0.68 * 0.32 * (1 / 300.0 + 1 / 3000.0));
            assertThat(scale.apply(test).coverage(0.68)).isEqualTo(0.68, within(4 * error));
            assertThat(scale.sessions()).isEqualTo(300);
        }
    }

    @Test
    void theScaleIsTheRadiusOfTheConformalRank() {
        double[] east = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        // ceil(0.68 * 11) = 8.
        assertThat(SigmaScale.fit(errors(east, new double[10], 1, 1)).factor())
                .isEqualTo(8 / Math.sqrt(-2 * Math.log(0.32)), within(1e-12));
        assertThat(SigmaScale.fit(errors(new double[] {3}, new double[1], 2, 1)).factor())
                .isEqualTo(1.5 / Math.sqrt(-2 * Math.log(0.32)), within(1e-12));
        assertThat(SigmaScale.fit(errors(new double[1], new double[1], 2, 1)).factor())
                .isPositive();
    }

    @Test
    void whatCannotBeEvaluatedIsRefused() {
        var none = errors(new double[0], new double[0], 1, 1);
        assertThatThrownBy(() -> LocalisationMetrics.of(none)).hasMessageContaining("no sessions");
        assertThatThrownBy(() -> SigmaScale.fit(none)).hasMessageContaining("no validation sessions");
        assertThatThrownBy(() -> errors(new double[2], new double[1], 1, 1)).hasMessageContaining("2 and 1");
        assertThatThrownBy(() -> errors(new double[1], new double[1], 0, 1)).hasMessageContaining("sigma 0");
        assertThatThrownBy(() -> errors(new double[] {Double.NaN}, new double[1], 1, 1))
                .hasMessageContaining("error 0 is not finite");
        assertThatThrownBy(() -> Quantiles.of(new double[0], 0.5)).isInstanceOf(IllegalArgumentException.class);
    }

    private static LocalisationErrors errors(double[] east, double[] north, double sigmaEast, double sigmaNorth) {
        double[] e = new double[east.length];
        double[] n = new double[east.length];
        Arrays.fill(e, sigmaEast);
        Arrays.fill(n, sigmaNorth);
        return new LocalisationErrors(east, north, e, n);
    }

    private static LocalisationErrors gaussian(int count, long seed) {
        return drawn(count, seed, random -> 1);
    }

    private static LocalisationErrors heavyTailed(int count, long seed) {
        return drawn(count, seed, random -> random.nextInt(5) == 0 ? 4 : 0.6);
    }

    private static LocalisationErrors drawn(int count, long seed, java.util.function.ToDoubleFunction<Random> stretch) {
        var random = new Random(seed);
        double[][] v = new double[4][count];
        for (int i = 0; i < count; i++) {
            double factor = stretch.applyAsDouble(random);
            v[2][i] = 100 + 900 * random.nextDouble();
            v[3][i] = 50 + 200 * random.nextDouble();
            v[0][i] = factor * v[2][i] * random.nextGaussian();
            v[1][i] = factor * v[3][i] * random.nextGaussian();
        }
        return new LocalisationErrors(v[0], v[1], v[2], v[3]);
    }
}
