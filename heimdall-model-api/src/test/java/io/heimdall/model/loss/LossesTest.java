package io.heimdall.model.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LossesTest {
    private static final float[] POSITION = {0.5f, -1, 2, 0.25f, 3, -7};
    private static final float[] SIGMA = {0.5f, 1, 2, 0.03125f, 1.5f, 0.75f};
    private static final float[] TARGET = {0.25f, 1.5f, 2, 0.375f, -4, -6.5f};

    @Test
    void gaussianIsItsDefinition() {
        double sum = 0;
        for (int i = 0; i < SIGMA.length; i++) {
            double d = TARGET[i] - POSITION[i];
            sum += d * d / (2.0 * SIGMA[i] * SIGMA[i]) + Math.log(SIGMA[i]);
        }
        assertThat(value(new GaussianNll())).isEqualTo(sum / 6, within(1e-12));
    }

    @Test
    void betaWeighsEachTermBySigmaToTwiceBeta() {
        double sum = 0;
        for (int i = 0; i < SIGMA.length; i++) {
            double d = TARGET[i] - POSITION[i];
            sum += SIGMA[i] * (d * d / (2.0 * SIGMA[i] * SIGMA[i]) + Math.log(SIGMA[i]));
        }
        assertThat(value(new BetaNll())).isEqualTo(sum / 6, within(1e-12));
        assertThat(value(new BetaNll(0))).isEqualTo(value(new GaussianNll()), within(1e-12));
    }

    @Test
    void betaOneTrainsThePositionAsSquaredErrorDoes() {
        float[] gradient = new float[6];
        new BetaNll(1).evaluate(POSITION, SIGMA, TARGET, gradient, new float[6]);
        for (int i = 0; i < 6; i++) {
            assertThat(gradient[i]).isEqualTo((POSITION[i] - TARGET[i]) / 6, within(1e-6f));
        }
    }

    @Test
    void huberIsGaussianForSmallAndLinearForLargeResiduals() {
        float[] one = {1};
        float[] zero = {0};
        assertThat(new Huber(1.5).evaluate(zero, one, new float[] {1.25f}, new float[1], new float[1]))
                .isEqualTo(1.25 * 1.25 / 2, within(1e-12));
        assertThat(new Huber(1.5).evaluate(zero, one, new float[] {-10}, new float[1], new float[1]))
                .isEqualTo(1.5 * (10 - 0.75), within(1e-12));
        assertThat(value(new Huber(1e9))).isEqualTo(value(new GaussianNll()), within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gaussian-nll", "huber"})
    void gradientsAreTheDerivatives(String name) {
        Loss loss = Losses.named(name);
        checkGradients(loss, (p, s) -> loss.evaluate(p, s, TARGET, new float[6], new float[6]));
    }

    @Test
    void betaGradientsAreTheDerivativesWithTheWeightsHeld() {
        checkGradients(new BetaNll(), (p, s) -> {
            double sum = 0;
            for (int i = 0; i < 6; i++) {
                double d = (double) TARGET[i] - p[i];
                sum += SIGMA[i] * (d * d / (2.0 * s[i] * s[i]) + Math.log(s[i]));
            }
            return sum / 6;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"gaussian-nll", "beta-nll", "huber"})
    void doublePrecisionGivesTheSame(String name) {
        Loss loss = Losses.named(name);
        Loss floatsOnly = new Loss() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public double evaluate(float[] p, float[] s, float[] t, float[] byPosition, float[] bySigma) {
                return loss.evaluate(p, s, t, byPosition, bySigma);
            }
        };
        float[] byPosition = new float[6];
        float[] bySigma = new float[6];
        double expected = loss.evaluate(POSITION, SIGMA, TARGET, byPosition, bySigma);
        for (Loss either : new Loss[] {loss, floatsOnly}) {
            double[] p = new double[6];
            double[] s = new double[6];
            assertThat(either.evaluate(doubles(POSITION), doubles(SIGMA), TARGET, p, s))
                    .isEqualTo(expected);
            for (int i = 0; i < 6; i++) {
                assertThat((float) p[i]).isEqualTo(byPosition[i]);
                assertThat((float) s[i]).isEqualTo(bySigma[i]);
            }
        }
        double[] third = doubles(POSITION);
        third[2] = 1 / 3d; // no float: a loss that rounds it is off by 1e-8
        double below = loss.evaluate(third, doubles(SIGMA), TARGET, new double[6], new double[6]);
        third[2] = Math.nextUp(1 / 3d);
        assertThat(loss.evaluate(third, doubles(SIGMA), TARGET, new double[6], new double[6]))
                .isEqualTo(below, within(1e-15));
        assertThat(below)
                .isNotEqualTo(floatsOnly.evaluate(
                        doubles(new float[] {0.5f, -1, 1 / 3f, 0.25f, 3, -7}),
                        doubles(SIGMA),
                        TARGET,
                        new double[6],
                        new double[6]));
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    @Test
    void namesAreListedAndUnknownOnesRefused() {
        assertThat(Losses.names()).containsExactly("gaussian-nll", "beta-nll", "huber");
        assertThat(Losses.names())
                .allSatisfy(name -> assertThat(Losses.named(name).name()).isEqualTo(name));
        assertThatThrownBy(() -> Losses.named("mse"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown loss 'mse'; there are gaussian-nll, beta-nll, huber");
    }

    @Test
    void refusesParametersOutOfRangeAndArraysThatDisagree() {
        assertThatThrownBy(() -> new BetaNll(1.5)).hasMessageContaining("beta 1.5");
        assertThatThrownBy(() -> new Huber(0)).hasMessageContaining("delta 0.0");
        assertThatThrownBy(() -> new GaussianNll().evaluate(POSITION, SIGMA, new float[4], new float[6], new float[6]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 targets");
    }

    private static double value(Loss loss) {
        return loss.evaluate(POSITION, SIGMA, TARGET, new float[6], new float[6]);
    }

    private static void checkGradients(Loss loss, ToDoubleBiFunction<float[], float[]> value) {
        float[] byPosition = new float[6];
        float[] bySigma = new float[6];
        loss.evaluate(POSITION, SIGMA, TARGET, byPosition, bySigma);
        for (int i = 0; i < 6; i++) {
            // A power of two: exact in float32.
            float h = 0x1p-12f;
            float[] p = POSITION.clone();
            p[i] = POSITION[i] + h;
            double up = value.applyAsDouble(p, SIGMA);
            p[i] = POSITION[i] - h;
            double down = value.applyAsDouble(p, SIGMA);
            assertThat((double) byPosition[i]).isEqualTo((up - down) / (2 * h), near(byPosition[i]));
            float[] s = SIGMA.clone();
            s[i] = SIGMA[i] + h;
            up = value.applyAsDouble(POSITION, s);
            s[i] = SIGMA[i] - h;
            down = value.applyAsDouble(POSITION, s);
            assertThat((double) bySigma[i]).isEqualTo((up - down) / (2 * h), near(bySigma[i]));
        }
    }

    private static org.assertj.core.data.Offset<Double> near(double value) {
        return within(1e-6 + 1e-3 * Math.abs(value));
    }
}
