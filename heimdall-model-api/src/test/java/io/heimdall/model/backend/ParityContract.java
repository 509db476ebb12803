package io.heimdall.model.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.Prediction;
import io.heimdall.model.loss.GaussianNll;
import io.heimdall.model.network.LocalizationNet;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.optimizer.OptimizerStep;
import io.heimdall.model.weights.Weights;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds a backend against PyTorch: evaluation, loss, gradient norm, AdamW, clipping and freezing.
 *
 * <p>The golden values were computed in float64. A float32 engine may be 5 times as far from them as PyTorch's own
 * float32 run is, plus 1e-5.
 */
public abstract class ParityContract {
    private static final double LEARNING_RATE = 1e-4;
    private static final double WEIGHT_DECAY = 1e-4;

    /** Returns the backend under test. */
    protected abstract TrainingBackend backend();

    static List<String> cases() {
        return Stream.of(ParityCases.golden().get("cases").properties())
                .flatMap(cases -> cases.stream().map(Map.Entry::getKey))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void trainsAsPyTorchDoes(String name) {
        JsonNode golden = ParityCases.golden().get("cases").get(name);
        NetworkSpec network = LocalizationNet.resnet18(golden.get("channels").asInt(), 0, 0);
        boolean frozen = golden.get("freeze_backbone").asBoolean();
        var options = new SessionOptions(0, 1, frozen ? List.of("backbone.") : List.of());
        Weights start = SyntheticTensors.weights(network);
        Batch first = batch(golden, network, 0);
        try (TrainingSession session = backend().open(network, options)) {
            session.load(start);
            assertPrediction(golden, "eval", session.predict(first.features()));
            assertEvaluationLoss(golden, session.predict(first.features()), first);
            assertSteps(golden, network, session);
            assertState(golden, session.weights());
            assertPrediction(golden, "after", session.predict(first.features()));
            if (frozen) {
                assertBackboneKept(network, start, session.weights());
            }
        }
    }

    private static Batch batch(JsonNode golden, NetworkSpec network, int step) {
        return SyntheticTensors.batch(
                network, golden.get("batch").asInt(), golden.get("prefix").asText(), step);
    }

    private static double tolerance(JsonNode golden, String quantity) {
        return 5 * golden.get("float32_deviation").get(quantity).asDouble() + 1e-5;
    }

    private static void assertPrediction(JsonNode golden, String when, Prediction prediction) {
        assertTensor(prediction.position(), golden.get(when).get("position"), tolerance(golden, when + "_position"));
        assertTensor(prediction.sigma(), golden.get(when).get("uncertainty"), tolerance(golden, when + "_uncertainty"));
    }

    private static void assertTensor(FloatTensor tensor, JsonNode rows, double tolerance) {
        assertThat(tensor.shape()).containsExactly(rows.size(), 2);
        for (int i = 0; i < tensor.values().length; i++) {
            double expected = rows.get(i / 2).get(i % 2).asDouble();
            assertThat((double) tensor.values()[i]).isCloseTo(expected, within(tolerance));
        }
    }

    private static void assertEvaluationLoss(JsonNode golden, Prediction prediction, Batch batch) {
        float[] scratch = new float[batch.targets().values().length];
        double loss = new GaussianNll()
                .evaluate(
                        prediction.position().values(),
                        prediction.sigma().values(),
                        batch.targets().values(),
                        scratch,
                        scratch.clone());
        double tolerance = tolerance(golden, "eval_position") + tolerance(golden, "eval_uncertainty");
        assertThat(loss).isCloseTo(golden.get("eval").get("loss").asDouble(), within(tolerance));
    }

    private static void assertSteps(JsonNode golden, NetworkSpec network, TrainingSession session) {
        JsonNode losses = golden.get("train").get("loss");
        JsonNode norms = golden.get("train").get("grad_norm");
        double clip = golden.get("clip_norm").asDouble(Double.POSITIVE_INFINITY);
        for (int step = 0; step < losses.size(); step++) {
            StepResult result = session.step(
                    batch(golden, network, step),
                    new GaussianNll(),
                    new OptimizerStep(step + 1, LEARNING_RATE, WEIGHT_DECAY, clip));
            double norm = norms.get(step).asDouble();
            assertThat(result.loss())
                    .as("loss of step %d", step)
                    .isCloseTo(losses.get(step).asDouble(), within(tolerance(golden, "train_loss")));
            assertThat(result.gradientNorm())
                    .as("gradient norm of step %d", step)
                    .isCloseTo(norm, within(norm * tolerance(golden, "grad_norm_relative")));
        }
        assertThat(session.optimizer().step()).isEqualTo(losses.size());
    }

    private static void assertState(JsonNode golden, Weights weights) {
        golden.get("train").get("state_after").properties().forEach(tensor -> {
            double expected = tensor.getValue().get("l2").asDouble();
            double squares = 0;
            for (float value : weights.tensors().get(tensor.getKey()).values()) {
                squares += (double) value * value;
            }
            double tolerance = Math.max(expected, 1e-3) * tolerance(golden, "state_l2_relative");
            assertThat(Math.sqrt(squares)).as(tensor.getKey()).isCloseTo(expected, within(tolerance));
        });
    }

    private static void assertBackboneKept(NetworkSpec network, Weights before, Weights after) {
        network.parameters().stream()
                .filter(p -> p.name().startsWith("backbone."))
                .forEach(p -> {
                    FloatTensor old = before.tensors().get(p.name());
                    boolean kept = old.equals(after.tensors().get(p.name()));
                    assertThat(kept).as(p.name()).isEqualTo(p.kind().trained());
                });
    }
}
