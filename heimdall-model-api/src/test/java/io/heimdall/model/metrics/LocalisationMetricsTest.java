package io.heimdall.model.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.heimdall.model.output.Covariance;
import io.heimdall.model.output.NormalDistribution;
import io.heimdall.model.output.NormalMixture;
import io.heimdall.model.output.PlanePoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
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

    /** The formulas of a normal distribution with independent axes, as they stood before there were other distributions. */
    @Test
    void metricsOfIndependentNormalsAreThoseOfTheirErrorsAndSigmas() {
        var forecasts = heavyTailed(500, 7);
        double nll = 0;
        double crps = 0;
        double squares = 0;
        int inside = 0;
        List<Double> radii = new ArrayList<>();
        for (JudgedForecast forecast : forecasts.all()) {
            Covariance covariance = forecast.distribution().covariance();
            double[] sigma = {covariance.sigmaEast(), covariance.sigmaNorth()};
            double[] z = {forecast.errorEast() / sigma[0], forecast.errorNorth() / sigma[1]};
            for (int axis = 0; axis < 2; axis++) {
                nll += z[axis] * z[axis] / 2 + Math.log(sigma[axis] * Math.sqrt(2 * Math.PI));
                double density = Math.exp(-z[axis] * z[axis] / 2) / Math.sqrt(2 * Math.PI);
                double below = 0.5 + integral(z[axis]);
                crps += sigma[axis] * (z[axis] * (2 * below - 1) + 2 * density - 1 / Math.sqrt(Math.PI));
                squares += sigma[axis] * sigma[axis];
            }
            radii.add(Math.hypot(z[0], z[1]));
            inside += Math.hypot(z[0], z[1]) <= Math.sqrt(-2 * Math.log1p(-0.9)) ? 1 : 0;
        }
        var metrics = LocalisationMetrics.of(forecasts);
        assertThat(metrics.nll()).isCloseTo(nll / 1000, withinPercentage(1e-7));
        assertThat(metrics.nllDensity()).isCloseTo(nll / 500, withinPercentage(1e-7));
        assertThat(metrics.crps()).isCloseTo(crps / 1000, withinPercentage(1e-7));
        assertThat(metrics.sharpness()).isCloseTo(Math.sqrt(squares / 1000), withinPercentage(1e-7));
        assertThat(metrics.coverage().p90()).isEqualTo(inside / 500.0);
        Collections.sort(radii);
        assertThat(SigmaScale.covering(forecasts).factor())
                .isCloseTo(radii.get(340) / Math.sqrt(-2 * Math.log(0.32)), withinPercentage(1e-7)); // ceil(0.68 * 501)
    }

    /** Returns the integral of the standard normal density from 0 to z, by Gauss-Legendre panels of two points. */
    private static double integral(double z) {
        int panels = 2000;
        double half = z / panels / 2;
        double sum = 0;
        for (int i = 0; i < panels; i++) {
            for (int side = -1; side <= 1; side += 2) {
                double x = (2 * i + 1) * half + side * half / Math.sqrt(3);
                sum += half * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
            }
        }
        return sum;
    }

    @Test
    void farOutTruthsHaveFiniteScores() {
        var metrics = LocalisationMetrics.of(errors(new double[] {300}, new double[] {-400}, 1, 2));
        assertThat(metrics.nll())
                .isEqualTo((300 * 300 + 200 * 200) / 4.0 + Math.log(2) / 2 + 0.5 * Math.log(2 * Math.PI), within(1e-9));
        assertThat(SigmaScale.covering(errors(new double[] {300}, new double[] {-400}, 1, 2))
                        .factor())
                .isEqualTo(Math.hypot(300, 200) / Math.sqrt(-2 * Math.log(0.32)), within(1e-9));
    }

    @Test
    void metricsOfAMixtureGoByItsWholeDensity() {
        var west = new NormalDistribution(-100, 0, 10, 20, 0.5);
        var east = new NormalDistribution(100, 0, 10, 20, 0.5);
        var mixture =
                new NormalMixture(List.of(new NormalMixture.Component(3, west), new NormalMixture.Component(1, east)));
        var metrics = LocalisationMetrics.of(
                new JudgedForecasts(List.of(new JudgedForecast(mixture, new PlanePoint(-100, 0)))));
        assertThat(metrics.error().p50()).isEqualTo(50, within(1e-12));
        assertThat(metrics.biasEast()).isEqualTo(50, within(1e-12));
        double peak = 1 / (2 * Math.PI * 10 * 20 * Math.sqrt(0.75));
        assertThat(metrics.nllDensity()).isEqualTo(-Math.log(0.75 * peak), within(1e-9));
        double eastOnly = 0.75 / (10 * Math.sqrt(2 * Math.PI));
        double northOnly = 1 / (20 * Math.sqrt(2 * Math.PI));
        assertThat(metrics.nll()).isEqualTo(-(Math.log(eastOnly) + Math.log(northOnly)) / 2, within(1e-9));
        // Variances: 100 + 0.75 50^2 + 0.25 150^2, and 400.
        assertThat(metrics.sharpness()).isEqualTo(Math.sqrt((7600 + 400) / 2.0), within(1e-9));
        assertThat(metrics.coverage().p50()).isEqualTo(1);
    }

    /** Truths drawn from a mixture whose components are twice as wide, beside each other, as the forecast says. */
    @Test
    void theScaleWidensAMixtureThatIsTooSure() {
        var random = new Random(3);
        List<JudgedForecast> judged = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            var mixture = new NormalMixture(List.of(
                    new NormalMixture.Component(1, new NormalDistribution(0, 0, 10, 30, 0.2)),
                    new NormalMixture.Component(2, new NormalDistribution(500, 100, 20, 10, -0.4))));
            judged.add(new JudgedForecast(mixture, mixture.withSigmasTimes(2).sample(random)));
        }
        var forecasts = new JudgedForecasts(judged);
        var scale = SigmaScale.covering(forecasts);
        assertThat(scale.factor()).isEqualTo(2, within(0.2));
        assertThat(forecasts.coverage(0.68)).isLessThan(0.4);
        assertThat(forecasts.scaled(scale.factor()).coverage(0.68)).isEqualTo(0.68, within(0.06));
    }

    @Test
    void regionsOfAGaussianHoldWhatTheyPromise() {
        var metrics = LocalisationMetrics.of(gaussian(20_000, 1));
        assertThat(metrics.coverage().p50()).isEqualTo(0.50, within(0.015));
        assertThat(metrics.coverage().p68()).isEqualTo(0.68, within(0.015));
        assertThat(metrics.coverage().p90()).isEqualTo(0.90, within(0.01));
        assertThat(metrics.coverage().p95()).isEqualTo(0.95, within(0.01));
        assertThat(metrics.ence()).isLessThan(0.02);
    }

    @Test
    void enceSeesSigmasThatAreWrongInPartsThoughRightOnTheWhole() {
        var right = gaussian(4000, 2);
        double overall = LocalisationMetrics.of(right).sharpness();
        var flat = withSigmas(right, sigma -> overall);
        assertThat(LocalisationMetrics.of(flat).ence()).isLessThan(0.1);
        var wrong = withSigmas(right, sigma -> 5e4 / sigma);
        assertThat(LocalisationMetrics.of(wrong).ence()).isGreaterThan(0.5);
    }

    private static JudgedForecasts withSigmas(JudgedForecasts forecasts, DoubleUnaryOperator sigma) {
        return new JudgedForecasts(forecasts.all().stream()
                .map(f -> forecast(
                        f.errorEast(),
                        f.errorNorth(),
                        sigma.applyAsDouble(f.distribution().covariance().sigmaEast()),
                        sigma.applyAsDouble(f.distribution().covariance().sigmaNorth())))
                .toList());
    }

    @Test
    void theScaleMakesThe68PercentRegionHold68PercentOfPosteriorsThatAreNotGaussian() {
        for (int seed = 0; seed < 20; seed++) {
            var validation = heavyTailed(300, seed);
            var test = heavyTailed(3000, 1000 + seed);
            var scale = SigmaScale.covering(validation);
            double error = Math.sqrt(0.68 * 0.32 * (1 / 300.0 + 1 / 3000.0));
            assertThat(test.scaled(scale.factor()).coverage(0.68)).isEqualTo(0.68, within(4 * error));
            assertThat(scale.sessions()).isEqualTo(300);
        }
    }

    @Test
    void theScaleIsTheRadiusOfTheConformalRank() {
        double[] east = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        // ceil(0.68 * 11) = 8.
        assertThat(SigmaScale.covering(errors(east, new double[10], 1, 1)).factor())
                .isEqualTo(8 / Math.sqrt(-2 * Math.log(0.32)), within(1e-12));
        assertThat(SigmaScale.covering(errors(new double[] {3}, new double[1], 2, 1))
                        .factor())
                .isEqualTo(1.5 / Math.sqrt(-2 * Math.log(0.32)), within(1e-12));
        assertThat(SigmaScale.covering(errors(new double[1], new double[1], 2, 1))
                        .factor())
                .isPositive();
    }

    /** The place is at a component that the mixture does not have, 1000 sigmas from the one that it has. */
    @Test
    void aComponentOfWeightZeroDoesNotMatterForTheLikeliestScale() {
        NormalMixture forecast = new NormalMixture(List.of(
                new NormalMixture.Component(1, new NormalDistribution(1000, 0, 1, 1, 0)),
                new NormalMixture.Component(0, new NormalDistribution(0, 0, 1, 1, 0))));

        SigmaScale scale =
                SigmaScale.likeliest(new JudgedForecasts(List.of(new JudgedForecast(forecast, new PlanePoint(0, 0)))));

        assertThat(scale.factor()).isCloseTo(1000 / Math.sqrt(2), withinPercentage(0.1));
    }

    /** Two components far apart, and truths of sigmas 1.7 times as large: the region of the scaled mixtures holds its share. */
    @Test
    void sigmasOfMixturesAreScaledUntilTheRegionHoldsItsShare() {
        Random random = new Random(11);
        List<JudgedForecast> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            NormalMixture forecast = new NormalMixture(List.of(
                    new NormalMixture.Component(0.7, new NormalDistribution(0, 0, 1 + random.nextDouble(), 1, 0.3)),
                    new NormalMixture.Component(0.3, new NormalDistribution(8, 5 * random.nextDouble(), 2, 0.5, 0))));
            all.add(new JudgedForecast(forecast, forecast.withSigmasTimes(1.7).sample(random)));
        }
        JudgedForecasts forecasts = new JudgedForecasts(all);

        SigmaScale scale = SigmaScale.covering(forecasts);

        assertThat(scale.factor()).isEqualTo(1.7, within(0.2));
        double share = Math.ceil(0.68 * 201) / 200;
        assertThat(forecasts.scaled(scale.factor()).coverage(0.68)).isEqualTo(share, within(0.0051));
        assertThat(forecasts.coverage(0.68)).isLessThan(0.5);
    }

    /** The likelihood of one normal distribution is highest at the root mean square of its standardised errors. */
    @Test
    void theLikeliestScaleOfNormalsIsTheRootMeanSquareOfTheirErrors() {
        double[] east = {1, -2, 3, 4};
        double[] north = {2, 0, -1, 5};
        // (1 + 4 + 9 + 16 + 4 + 0 + 1 + 25) / 8, in sigmas of 2.
        assertThat(SigmaScale.likeliest(errors(east, north, 2, 1)).factor())
                .isEqualTo(Math.sqrt((1 + 4 + 9 + 16) / 4.0 / 8 + (4 + 0 + 1 + 25) / 8.0), within(1e-3));
    }

    /** Neither a smaller nor a larger factor gives the places of mixtures a higher density, whatever the components are. */
    @Test
    void noOtherScaleOfMixturesIsLikelier() {
        for (int seed = 0; seed < 8; seed++) {
            Random random = new Random(seed);
            double truth = 0.6 + 1.4 * random.nextDouble();
            List<JudgedForecast> all = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                NormalMixture forecast = new NormalMixture(IntStream.range(0, 5)
                        .mapToObj(k -> new NormalMixture.Component(
                                0.1 + random.nextDouble(),
                                new NormalDistribution(
                                        20 * random.nextGaussian(),
                                        20 * random.nextGaussian(),
                                        2 + 5 * random.nextDouble(),
                                        2 + 5 * random.nextDouble(),
                                        random.nextDouble() - 0.5)))
                        .toList());
                all.add(new JudgedForecast(
                        forecast, forecast.withSigmasTimes(truth).sample(random)));
            }
            JudgedForecasts forecasts = new JudgedForecasts(all);
            double factor = SigmaScale.likeliest(forecasts).factor();
            double best = nll(forecasts, factor);
            assertThat(factor).isEqualTo(truth, within(0.25 * truth));
            for (double other : new double[] {0.5, 0.9, 0.98, 1.02, 1.1, 2}) {
                assertThat(nll(forecasts, factor * other)).isGreaterThan(best);
            }
        }
    }

    private static double nll(JudgedForecasts forecasts, double factor) {
        return LocalisationMetrics.of(forecasts.scaled(factor)).nllDensity();
    }

    @Test
    void whatCannotBeEvaluatedIsRefused() {
        var none = errors(new double[0], new double[0], 1, 1);
        assertThatThrownBy(() -> LocalisationMetrics.of(none)).hasMessageContaining("no sessions");
        assertThatThrownBy(() -> SigmaScale.covering(none)).hasMessageContaining("no validation sessions");
        assertThatThrownBy(() -> SigmaScale.likeliest(none)).hasMessageContaining("no validation sessions");
        assertThatThrownBy(() -> errors(new double[1], new double[1], 0, 1)).hasMessageContaining("sigma 0");
        assertThatThrownBy(() -> errors(new double[] {Double.NaN}, new double[1], 1, 1))
                .hasMessageContaining("mean NaN, 0.0 is not finite");
        assertThatThrownBy(() -> new JudgedForecast(
                        new NormalDistribution(0, 0, 1, 1, 0), new PlanePoint(0, Double.POSITIVE_INFINITY)))
                .hasMessageContaining("truth 0.0, Infinity is not finite");
        assertThatThrownBy(() -> Quantiles.of(new double[0], 0.5)).isInstanceOf(IllegalArgumentException.class);
    }

    private static JudgedForecast forecast(double east, double north, double sigmaEast, double sigmaNorth) {
        return new JudgedForecast(new NormalDistribution(east, north, sigmaEast, sigmaNorth, 0), new PlanePoint(0, 0));
    }

    private static JudgedForecasts errors(double[] east, double[] north, double sigmaEast, double sigmaNorth) {
        return new JudgedForecasts(IntStream.range(0, east.length)
                .mapToObj(i -> forecast(east[i], north[i], sigmaEast, sigmaNorth))
                .toList());
    }

    private static JudgedForecasts gaussian(int count, long seed) {
        return drawn(count, seed, random -> 1);
    }

    private static JudgedForecasts heavyTailed(int count, long seed) {
        return drawn(count, seed, random -> random.nextInt(5) == 0 ? 4 : 0.6);
    }

    private static JudgedForecasts drawn(int count, long seed, ToDoubleFunction<Random> stretch) {
        var random = new Random(seed);
        List<JudgedForecast> drawn = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double factor = stretch.applyAsDouble(random);
            double sigmaEast = 100 + 900 * random.nextDouble();
            double sigmaNorth = 50 + 200 * random.nextDouble();
            drawn.add(forecast(
                    factor * sigmaEast * random.nextGaussian(),
                    factor * sigmaNorth * random.nextGaussian(),
                    sigmaEast,
                    sigmaNorth));
        }
        return new JudgedForecasts(drawn);
    }
}
