package io.heimdall.model.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputSpecTest {

    static Stream<OutputSpec> outputs() {
        return Stream.of(
                new IndependentNormalOutput(),
                new NormalOutput(),
                new NormalMixtureOutput(1),
                new NormalMixtureOutput(3),
                new NormalMixtureOutput(8));
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void textIsReadBack(OutputSpec output) {
        assertThat(OutputSpec.parse(output.text())).isEqualTo(output);
    }

    @Test
    void textsAreThoseThatUsersType() {
        assertThat(outputs().map(OutputSpec::text))
                .containsExactly(
                        "independent-normal", "normal", "normal-mixture 1", "normal-mixture 3", "normal-mixture 8");
        assertThat(OutputSpec.parse("  normal-mixture   12 ")).isEqualTo(new NormalMixtureOutput(12));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "gauss",
                "Normal",
                "normal 2",
                "normal-mixture",
                "normal-mixture x",
                "normal-mixture -3",
                "normal-mixture 8 9"
            })
    void unknownTextSaysWhatThereIs(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OutputSpec.parse(text))
                .withMessage("output \"" + text + "\" is not known: there are independent-normal, normal and "
                        + "normal-mixture K, with K components of 1..1024");
    }

    @ParameterizedTest
    @ValueSource(strings = {"normal-mixture 0", "normal-mixture 1025"})
    void numberOfComponentsOutOfRangeIsNamed(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OutputSpec.parse(text))
                .withMessage("a mixture of " + text.split(" ")[1] + " components: 1..1024 are possible");
    }

    @Test
    void widthIsTheNumbersOfARow() {
        assertThat(outputs().map(OutputSpec::width)).containsExactly(4, 5, 6, 18, 48);
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void gradientIsTheDerivativeOfTheLikelihood(OutputSpec output) {
        var random = new SplittableRandom(3);
        for (int trial = 0; trial < 200; trial++) {
            double[] numbers = row(output, random, 1 + trial % 4);
            double east = random.nextGaussian();
            double north = random.nextGaussian();
            double[] gradient = new double[output.width()];
            nll(output, numbers, 0, east, north, gradient);
            for (int i = 0; i < gradient.length; i++) {
                double h = 1e-5;
                double[] up = numbers.clone();
                double[] down = numbers.clone();
                up[i] += h;
                down[i] -= h;
                double above = output.likelihood(up, 0).add(east, north);
                double below = output.likelihood(down, 0).add(east, north);
                double difference = (above - below) / (2 * h);
                double rounding = 1e-15 * (Math.abs(above) + Math.abs(below)) / h;
                assertThat(gradient[i]).isEqualTo(difference, within(1e-4 * Math.abs(gradient[i]) + 1e-6 + rounding));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void likelihoodIsThatOfTheDistribution(OutputSpec output) {
        var random = new SplittableRandom(4);
        for (int trial = 0; trial < 100; trial++) {
            double[] numbers = row(output, random, 1 + trial % 4);
            double nll = output.likelihood(numbers, 0).add(0.3, -0.7);
            assertThat(-output.distribution(numbers, 0).logDensity(0.3, -0.7))
                    .isEqualTo(nll, within(1e-11 * Math.max(1, Math.abs(nll))));
        }
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void rowsAreReadAndWrittenAtTheirOffset(OutputSpec output) {
        int width = output.width();
        double[] row = row(output, new SplittableRandom(5), 1);
        double[] many = new double[3 * width];
        System.arraycopy(row, 0, many, width, width);
        double[] alone = new double[width];
        double[] gradient = new double[3 * width];
        double nll = nll(output, row, 0, 1, 2, alone);
        assertThat(nll(output, many, width, 1, 2, gradient)).isEqualTo(nll);
        assertThat(Arrays.copyOfRange(gradient, width, 2 * width)).containsExactly(alone);
        assertThat(Arrays.copyOf(gradient, width)).containsOnly(0);
        assertThat(Arrays.copyOfRange(gradient, 2 * width, 3 * width)).containsOnly(0);
        assertThat(output.distribution(many, width)).isEqualTo(output.distribution(row, 0));
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void rowThatDoesNotFitIsRefused(OutputSpec output) {
        double[] row = row(output, new SplittableRandom(6), 1);
        assertThatThrownBy(() -> output.distribution(row, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> output.likelihood(row, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> output.likelihood(row, 0).write(1, new double[row.length - 1], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void numbersThatAreNoneMakeNoDistributionAndALikelihoodThatIsNone(OutputSpec output) {
        for (int i = 0; i < output.width(); i++) {
            double[] numbers = row(output, new SplittableRandom(7), 1);
            numbers[i] = Double.NaN;
            assertThat(output.likelihood(numbers, 0).add(0, 0)).isNaN();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> output.distribution(numbers, 0))
                    .withMessageContaining("NaN");
        }
    }

    @Test
    void independentAxesAreThoseOfTheNumbers() {
        assertThat(new IndependentNormalOutput().distribution(new double[] {9, 1, 2, 3, 4}, 1))
                .isEqualTo(new NormalDistribution(1, 2, 3, 4, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IndependentNormalOutput().distribution(new double[] {1, 2, 0, 4}, 0))
                .withMessage("sigma 0.0, 4.0: both must be above 0 and finite");
    }

    @Test
    void mixtureKeepsTheOrderOfItsComponents() {
        double[] numbers = {0, Math.log(3), 1, 2, 3, 4, -1e3, 5, 6, 1e3, 0, 1e3};
        NormalMixture mixture = new NormalMixtureOutput(2).distribution(numbers, 0);
        NormalMixture.Component first = mixture.components().get(0);
        NormalMixture.Component second = mixture.components().get(1);
        assertThat(first.weight()).isEqualTo(0.25, within(1e-15));
        assertThat(second.weight()).isEqualTo(0.75, within(1e-15));
        assertThat(first.normal())
                .isEqualTo(new NormalDistribution(1, 3, 0.001, 6 + Math.log1p(Math.exp(-6)) + 0.001, 0));
        assertThat(second.normal())
                .isEqualTo(new NormalDistribution(2, 4, 5 + Math.log1p(Math.exp(-5)) + 0.001, 1000.001, 0.999));
    }

    private static double[] row(OutputSpec output, SplittableRandom random, double scale) {
        double[] numbers =
                random.doubles(output.width()).map(u -> scale * 4 * (u - 0.5)).toArray();
        if (output instanceof IndependentNormalOutput) {
            numbers[2] = Math.exp(numbers[2] / 2);
            numbers[3] = Math.exp(numbers[3] / 2);
        }
        return numbers;
    }

    /** Derivatives of one place or of many, weighted by one over their number, are the mean of those of each alone. */
    @ParameterizedTest
    @MethodSource("outputs")
    void manyPlacesAreTheMeanOfEach(OutputSpec output) {
        var random = new SplittableRandom(8);
        for (int places : new int[] {1, 2, 3, 32, 33}) {
            double[] numbers = row(output, random, 3);
            double[] mean = new double[output.width()];
            double sum = 0;
            RowLikelihood all = output.likelihood(numbers, 0);
            double together = 0;
            for (int i = 0; i < places; i++) {
                double east = 3 * random.nextGaussian();
                double north = 3 * random.nextGaussian();
                double[] alone = new double[output.width()];
                sum += nll(output, numbers, 0, east, north, alone);
                together += all.add(east, north);
                for (int k = 0; k < mean.length; k++) {
                    mean[k] += alone[k] / places;
                }
            }
            double[] gradient = new double[output.width()];
            all.write(1.0 / places, gradient, 0);
            assertThat(together).isEqualTo(sum);
            for (int k = 0; k < mean.length; k++) {
                assertThat(gradient[k]).isEqualTo(mean[k], within(1e-10 * Math.max(1, Math.abs(mean[k]))));
            }
        }
    }

    /** Returns the likelihood of one place, and writes its derivatives. */
    static double nll(OutputSpec output, double[] numbers, int offset, double east, double north, double[] gradient) {
        RowLikelihood likelihood = output.likelihood(numbers, offset);
        double nll = likelihood.add(east, north);
        likelihood.write(1, gradient, offset);
        return nll;
    }
}
