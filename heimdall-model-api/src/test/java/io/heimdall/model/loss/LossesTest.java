package io.heimdall.model.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.model.output.IndependentNormalOutput;
import io.heimdall.model.output.NormalMixtureOutput;
import io.heimdall.model.output.NormalOutput;
import io.heimdall.model.output.OutputSpec;
import io.heimdall.model.train.TrainingPlan;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LossesTest {
    private static final OutputSpec OUTPUT = new IndependentNormalOutput();

    /** Rows of east, north, sigma east, sigma north. */
    private static final double[] NUMBERS = {0.5, -1, 0.5, 1, 2, 0.25, 2, 0.03125, 3, -7, 1.5, 0.75};

    private static final float[] TARGETS = {0.25f, 1.5f, 2, 0.375f, -4, -6.5f};

    @Test
    void gaussianIsItsDefinition() {
        double sum = 0;
        for (int i = 0; i < 6; i++) {
            double d = TARGETS[i] - position(NUMBERS, i);
            sum += d * d / (2.0 * sigma(NUMBERS, i) * sigma(NUMBERS, i)) + Math.log(sigma(NUMBERS, i));
        }
        assertThat(value(new GaussianNll())).isEqualTo(sum / 6, within(1e-12));
    }

    private static double position(double[] numbers, int i) {
        return numbers[i / 2 * 4 + i % 2];
    }

    private static double sigma(double[] numbers, int i) {
        return numbers[i / 2 * 4 + 2 + i % 2];
    }

    @Test
    void betaWeighsEachTermBySigmaToTwiceBeta() {
        assertThat(value(new BetaNll())).isEqualTo(weighted(NUMBERS), within(1e-12));
        assertThat(value(new BetaNll(0))).isEqualTo(value(new GaussianNll()), within(1e-12));
    }

    /** The value of {@link BetaNll} with the weights of {@link #NUMBERS}. */
    private static double weighted(double[] numbers) {
        double sum = 0;
        for (int i = 0; i < 6; i++) {
            double d = TARGETS[i] - position(numbers, i);
            double s = sigma(numbers, i);
            sum += sigma(NUMBERS, i) * (d * d / (2 * s * s) + Math.log(s));
        }
        return sum / 6;
    }

    @Test
    void betaOneTrainsThePositionAsSquaredErrorDoes() {
        double[] gradient = new double[12];
        new BetaNll(1).evaluate(OUTPUT, NUMBERS, TARGETS, gradient);
        for (int i = 0; i < 6; i++) {
            assertThat(position(gradient, i)).isEqualTo((position(NUMBERS, i) - TARGETS[i]) / 6, within(1e-12));
        }
    }

    @Test
    void huberIsGaussianForSmallAndLinearForLargeResiduals() {
        double[] one = {0, 0, 1, 1};
        assertThat(new Huber(1.5).evaluate(OUTPUT, one, new float[] {1.25f, 1.25f}, new double[4]))
                .isEqualTo(1.25 * 1.25 / 2, within(1e-12));
        assertThat(new Huber(1.5).evaluate(OUTPUT, one, new float[] {-10, 10}, new double[4]))
                .isEqualTo(1.5 * (10 - 0.75), within(1e-12));
        assertThat(value(new Huber(1e9))).isEqualTo(value(new GaussianNll()), within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gaussian-nll", "huber", "density-nll"})
    void gradientsAreTheDerivatives(String name) {
        Loss loss = Losses.named(name);
        checkGradients(loss, OUTPUT, NUMBERS, numbers -> loss.evaluate(OUTPUT, numbers, TARGETS, new double[12]));
    }

    @Test
    void betaGradientsAreTheDerivativesWithTheWeightsHeld() {
        checkGradients(new BetaNll(), OUTPUT, NUMBERS, LossesTest::weighted);
    }

    @Test
    void densityIsTheMeanOverTheBatchForAnyOutput() {
        OutputSpec mixture = new NormalMixtureOutput(2);
        double[] numbers = new double[36];
        double sum = 0;
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Math.sin(i);
        }
        for (int row = 0; row < 3; row++) {
            sum += mixture.likelihood(numbers, 12 * row).add(TARGETS[2 * row], TARGETS[2 * row + 1]);
        }
        Loss loss = new DensityNll();
        assertThat(loss.evaluate(mixture, numbers, TARGETS, new double[36])).isEqualTo(sum / 3, within(1e-12));
        checkGradients(loss, mixture, numbers, n -> loss.evaluate(mixture, n, TARGETS, new double[36]));
    }

    @Test
    void theLikelihoodOfIndependentAxesIsPerAxisAndWithoutItsConstant() {
        assertThat(Likelihood.of(OUTPUT)).isEqualTo(new GaussianNll());
        assertThat(Likelihood.of(new NormalOutput())).isEqualTo(new DensityNll());
        double constant = Math.log(2 * Math.PI);
        assertThat(value(new DensityNll())).isEqualTo(2 * value(new GaussianNll()) + constant, within(1e-12));
    }

    @Test
    void theLikelihoodIsTheUsualOneOfTheOutputAtHand() {
        assertThat(value(new Likelihood())).isEqualTo(value(new GaussianNll()));
        OutputSpec mixture = new NormalMixtureOutput(2);
        double[] numbers = new double[36];
        java.util.Arrays.setAll(numbers, i -> Math.cos(i));
        double[] gradient = new double[36];
        double[] expected = new double[36];
        assertThat(new Likelihood().evaluate(mixture, numbers, TARGETS, gradient))
                .isEqualTo(new DensityNll().evaluate(mixture, numbers, TARGETS, expected));
        assertThat(gradient).isEqualTo(expected);
    }

    @Test
    void aPlanDecidesItsLossByTheOutputAndKeepsOneThatWasChosen() {
        TrainingPlan plan = TrainingPlan.seeded(1);
        assertThat(plan.decidedFor(OUTPUT).loss()).isEqualTo(new GaussianNll());
        assertThat(plan.decidedFor(new NormalMixtureOutput(3)).loss()).isEqualTo(new DensityNll());
        assertThat(plan.withLoss(new Huber(1)).decidedFor(OUTPUT).loss()).isEqualTo(new Huber(1));
        TrainingPlan unfit = plan.withLoss(new GaussianNll());
        assertThatThrownBy(() -> unfit.decidedFor(new NormalMixtureOutput(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("loss 'gaussian-nll' does not fit the network's output, normal-mixture 3;"
                        + " there are likelihood, density-nll for it");
    }

    @Test
    void namesAreListedAndUnknownOnesRefused() {
        assertThat(Losses.names()).containsExactly("likelihood", "gaussian-nll", "beta-nll", "huber", "density-nll");
        assertThat(Losses.names())
                .allSatisfy(name -> assertThat(Losses.named(name).name()).isEqualTo(name));
        assertThatThrownBy(() -> Losses.named("mse"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "loss 'mse' is not known; there are likelihood, gaussian-nll, beta-nll, huber, density-nll");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gaussian-nll", "beta-nll", "huber"})
    void lossesOfIndependentAxesRefuseOtherOutputs(String name) {
        Loss loss = Losses.named(name);
        assertThat(loss.fits(OUTPUT)).isTrue();
        assertThat(loss.fits(new NormalOutput())).isFalse();
        assertThatThrownBy(() -> loss.evaluate(new NormalOutput(), new double[5], new float[2], new double[5]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("independent axes");
    }

    @Test
    void refusesParametersOutOfRangeAndArraysThatDisagree() {
        assertThatThrownBy(() -> new BetaNll(1.5)).hasMessageContaining("beta 1.5");
        assertThatThrownBy(() -> new Huber(0)).hasMessageContaining("delta 0.0");
        for (Loss loss : new Loss[] {new GaussianNll(), new DensityNll()}) {
            assertThatThrownBy(() -> loss.evaluate(OUTPUT, NUMBERS, new float[4], new double[12]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("4 targets");
        }
    }

    private static double value(Loss loss) {
        return loss.evaluate(OUTPUT, NUMBERS, TARGETS, new double[12]);
    }

    private static void checkGradients(
            Loss loss, OutputSpec output, double[] numbers, ToDoubleFunction<double[]> value) {
        double[] gradient = new double[numbers.length];
        loss.evaluate(output, numbers, TARGETS, gradient);
        for (int i = 0; i < numbers.length; i++) {
            double h = 1e-5;
            double[] moved = numbers.clone();
            moved[i] = numbers[i] + h;
            double up = value.applyAsDouble(moved);
            moved[i] = numbers[i] - h;
            double down = value.applyAsDouble(moved);
            assertThat(gradient[i])
                    .as("number %d", i)
                    .isEqualTo((up - down) / (2 * h), within(1e-6 + 1e-5 * Math.abs(gradient[i])));
        }
    }
}
