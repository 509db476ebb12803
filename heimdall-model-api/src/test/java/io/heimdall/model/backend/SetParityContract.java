package io.heimdall.model.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.loss.DensityNll;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.optimizer.OptimizerStep;
import io.heimdall.model.output.GaussianDistribution;
import io.heimdall.model.weights.Weights;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds a backend against PyTorch on the network of sets: evaluation, loss, gradient norm, steps.
 *
 * <p>As in {@link ParityContract}, sessions of double precision are held to rounding, those of single precision to five times
 * PyTorch's own deviation.
 */
public abstract class SetParityContract extends ParityContract {

    static Set<String> sets() {
        return SetCases.cases().keySet();
    }

    @ParameterizedTest
    @MethodSource("sets")
    void trainsSetsAsPyTorchDoes(String name) {
        JsonNode golden = SetCases.cases().get(name);
        JsonNode own = golden.get("float32_deviation");
        train(
                golden,
                Precision.FLOAT32,
                Math.max(1e-5, 5 * own.get("eval_out").asDouble()),
                Math.max(1e-4, 5 * own.get("train_loss").asDouble()),
                Math.max(1e-4, 5 * own.get("state_l2_relative").asDouble()));
    }

    @ParameterizedTest
    @MethodSource("sets")
    void trainsSetsInDoublePrecisionExactlyAsPyTorchDoes(String name) {
        train(SetCases.cases().get(name), Precision.FLOAT64, 1e-6, 1e-6, 1e-6);
    }

    private void train(JsonNode golden, Precision precision, double atOutput, double atLoss, double atState) {
        NetworkSpec network = SetCases.network(golden);
        var options = new SessionOptions(0, 1, List.of(), precision);
        try (TrainingSession session = backend().open(network, options)) {
            session.load(SyntheticTensors.weights(network));
            Batch first = SetCases.batch(golden, 0);
            FloatTensor out = session.predict(first.inputs());
            assertOutputs(golden.get("eval"), network, first, out, atOutput);
            JsonNode losses = golden.get("train").get("loss");
            for (int step = 0; step < losses.size(); step++) {
                StepResult result = session.step(
                        SetCases.batch(golden, step), new DensityNll(), new OptimizerStep(step + 1, 1e-3, 1e-2, 1.0));
                assertThat(result.loss())
                        .as("loss of step %d", step)
                        .isCloseTo(losses.get(step).asDouble(), within(atLoss));
                double norm = golden.get("train").get("grad_norm").get(step).asDouble();
                assertThat(result.gradientNorm())
                        .as("gradient norm of step %d", step)
                        .isCloseTo(norm, within(1e2 * atState * norm));
            }
            assertState(golden, session.weights(), atState);
        }
    }

    private static void assertOutputs(
            JsonNode golden, NetworkSpec network, Batch batch, FloatTensor out, double tolerance) {
        int width = network.output().width();
        for (int row = 0; row < batch.size(); row++) {
            double[] numbers = new double[width];
            for (int i = 0; i < width; i++) {
                numbers[i] = out.values()[row * width + i];
                assertThat(numbers[i])
                        .isCloseTo(golden.get("out").get(row).get(i).asDouble(), within(tolerance));
            }
            GaussianDistribution density = network.output().distribution(numbers, 0);
            JsonNode mean = golden.get("mean").get(row);
            assertThat(density.mean().east()).isCloseTo(mean.get(0).asDouble(), within(10 * tolerance));
            assertThat(density.mean().north()).isCloseTo(mean.get(1).asDouble(), within(10 * tolerance));
            JsonNode covariance = golden.get("covariance").get(row);
            assertThat(density.covariance().eastNorth())
                    .isCloseTo(covariance.get(0).get(1).asDouble(), within(10 * tolerance));
        }
    }

    private static void assertState(JsonNode golden, Weights weights, double tolerance) {
        golden.get("train").get("state_after").properties().forEach(tensor -> {
            double expected = tensor.getValue().get("l2").asDouble();
            double squares = 0;
            for (float value : weights.tensors().get(tensor.getKey()).values()) {
                squares += (double) value * value;
            }
            assertThat(Math.sqrt(squares))
                    .as(tensor.getKey())
                    .isCloseTo(expected, within(Math.max(expected, 1e-3) * tolerance));
        });
    }
}
