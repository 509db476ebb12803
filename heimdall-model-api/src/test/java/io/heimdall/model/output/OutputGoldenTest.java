package io.heimdall.model.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Holds the mixture output to two references: PyTorch in double precision (`golden.json`, outputs of the set network), and
 * arithmetic of 80 digits with gradients by central differences (`extremes.json`, numbers up to 2e8).
 */
class OutputGoldenTest {
    @Test
    void likelihoodAndMomentsAreThoseOfPytorch() throws IOException {
        int rows = 0;
        for (JsonNode golden : read("golden.json")) {
            var output = new NormalMixtureOutput(golden.get("components").asInt());
            for (JsonNode row : golden.get("rows")) {
                double[] numbers = numbers(row.get("numbers"));
                double[] target = numbers(row.get("target"));
                double nll = row.get("nll").asDouble();
                GaussianDistribution distribution = output.distribution(numbers, 0);
                assertRelative(output.likelihood(numbers, 0).add(target[0], target[1]), nll, 1e-9);
                assertRelative(-distribution.logDensity(target[0], target[1]), nll, 1e-9);
                PlanePoint mean = distribution.mean();
                Covariance covariance = distribution.covariance();
                assertRelative(mean.east(), row.at("/mean/0").asDouble(), 1e-9);
                assertRelative(mean.north(), row.at("/mean/1").asDouble(), 1e-9);
                assertRelative(covariance.eastEast(), row.at("/covariance/0/0").asDouble(), 1e-9);
                assertRelative(covariance.eastNorth(), row.at("/covariance/0/1").asDouble(), 1e-9);
                assertRelative(
                        covariance.northNorth(), row.at("/covariance/1/1").asDouble(), 1e-9);
                rows++;
            }
        }
        assertThat(rows).isEqualTo(13);
    }

    @Test
    void likelihoodAndGradientAreExactForExtremeNumbers() throws IOException {
        int rows = 0;
        for (JsonNode row : read("extremes.json")) {
            double[] numbers = numbers(row.get("numbers"));
            double[] target = numbers(row.get("target"));
            double[] expected = numbers(row.get("gradient"));
            double[] gradient = new double[numbers.length];
            var output = new NormalMixtureOutput(row.get("components").asInt());
            double nll = OutputSpecTest.nll(output, numbers, 0, target[0], target[1], gradient);
            assertRelative(nll, row.get("nll").asDouble(), 1e-12);
            for (int i = 0; i < expected.length; i++) {
                assertRelative(gradient[i], expected[i], 1e-11);
            }
            if (output.components() == 1) {
                assertNormalOutputGivesTheSame(numbers, target, nll, gradient);
            }
            rows++;
        }
        assertThat(rows).isEqualTo(32);
    }

    private static void assertNormalOutputGivesTheSame(
            double[] numbers, double[] target, double nll, double[] gradient) {
        double[] own = new double[6];
        assertThat(OutputSpecTest.nll(new NormalOutput(), numbers, 1, target[0], target[1], own))
                .isEqualTo(nll, within(1e-15 * Math.abs(nll) + 1e-15));
        assertThat(own).containsExactly(gradient);
    }

    /** Compares relatively, and numbers below 1e-4 as if they were that large: gradients of logits are differences of shares. */
    private static void assertRelative(double actual, double expected, double tolerance) {
        assertThat(actual).isEqualTo(expected, within(tolerance * Math.max(Math.abs(expected), 1e-4)));
    }

    private static Iterable<JsonNode> read(String name) throws IOException {
        try (var in = OutputGoldenTest.class.getResourceAsStream("/output/" + name)) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static double[] numbers(JsonNode array) {
        List<Double> values = new ArrayList<>();
        array.forEach(value -> values.add(value.asDouble()));
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
