package io.heimdall.model.backend;

import static io.heimdall.model.network.LocalizationNet.FEATURES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.loss.GaussianNll;
import io.heimdall.model.loss.Likelihood;
import io.heimdall.model.network.Layer;
import io.heimdall.model.network.Layer.Named;
import io.heimdall.model.network.Layer.Sequence;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Operation;
import io.heimdall.model.network.SetNet;
import io.heimdall.model.optimizer.OptimizerStep;
import io.heimdall.model.output.IndependentNormalOutput;
import io.heimdall.model.weights.Weights;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every backend must do with operations in networks that nobody has trained yet: compute them as they are defined, and their
 * gradients as the loss changes.
 */
public abstract class OperationContract {
    private static final String IMAGES = "images";
    private static final String COMPUTED = "computed";
    private static final String LOOKED_AT = "looked_at";
    private static final int ROWS = 3;
    private static final int ELEMENTS = 4;
    private static final int HEIGHT = 6;
    private static final int WIDTH = 5;
    private static final SessionOptions OPTIONS = new SessionOptions(11, 1, List.of(), Precision.FLOAT64);

    /** Returns the backend under test. */
    protected abstract TrainingBackend backend();

    private TrainingSession open(NetworkSpec network) {
        assertThat(backend().supports(network)).isEqualTo(Support.YES);
        TrainingSession session = backend().open(network, OPTIONS);
        session.load(SyntheticTensors.weights(network));
        return session;
    }

    private static OptimizerStep settings() {
        return new OptimizerStep(3, 1e-9, 0, 1e9);
    }

    private static NetworkSpec network(List<TensorSpec> inputs, Layer... layers) {
        return new NetworkSpec("operations", inputs, Sequence.of(layers), new IndependentNormalOutput(), Map.of());
    }

    private static NetworkSpec images(Layer... layers) {
        return network(List.of(TensorSpec.floats(FEATURES, 4, HEIGHT, WIDTH)), layers);
    }

    private static Named named(String name, Named... layers) {
        return new Named(name, new Sequence(List.of(layers)));
    }

    @Test
    void gradientsOfSetsWithImagesAndDropoutAreTheSlopesOfTheLoss() {
        Sequence body = new Sequence(List.of(
                new Named("backbone.conv", new Operation.Conv2d(1, 3, 5, 16, 2)),
                new Named("backbone.bn", Operation.BatchNorm.of(3)),
                new Named("", new Operation.Silu()),
                new Named("", new Operation.GlobalAveragePool()),
                new Named("", new Operation.Dropout(0.2)),
                new Named("backbone.fc", new Operation.Linear(3, 4))));
        var embedding = new SetNet.Embedding(4, body);
        NetworkSpec network = new SetNet(2, 8, 2, 2, 2, 0.3, Optional.of(embedding)).network("all");
        assertGradients(network, sets(network));
    }

    @Test
    void gradientsOfJoinedImagesAreTheSlopesOfTheLoss() {
        NetworkSpec network = images(
                new Layer.Branch(List.of(
                        new Named("a", new Operation.Conv2d(4, 4, 3, 1, 1)),
                        named(
                                "",
                                new Named("b", new Operation.Linear(WIDTH, 3)),
                                new Named("", new Operation.Silu())))),
                new Operation.GlobalAveragePool(),
                new Operation.Softplus(1e-3));
        assertGradients(network, batch(network));
    }

    /** Holds what the optimiser saw to central differences. */
    private void assertGradients(NetworkSpec network, Batch batch) {
        Weights start = SyntheticTensors.weights(network);
        try (TrainingSession session = open(network)) {
            session.step(batch, new CollectedMemory(Likelihood.of(network.output())), settings());
            session.optimizer().moments().forEach((name, moments) -> {
                int length = moments.first().length;
                for (int i = 0; i < length; i += Math.max(1, length / 3)) {
                    double gradient = 10 * moments.first()[i]; // AdamW's first moment is a tenth of it after one step
                    assertThat(gradient)
                            .as(name + " " + i)
                            .isCloseTo(slope(session, batch, start, name, i), within(1e-5 * (1 + Math.abs(gradient))));
                }
            });
        }
    }

    private static double slope(TrainingSession session, Batch batch, Weights start, String name, int index) {
        float value = start.tensors().get(name).values()[index];
        float more = value + 0x1p-13f;
        float less = value - 0x1p-13f;
        return (loss(session, batch, start, name, index, more) - loss(session, batch, start, name, index, less))
                / (more - less);
    }

    private static double loss(
            TrainingSession session, Batch batch, Weights start, String name, int index, float value) {
        Map<String, FloatTensor> moved = new LinkedHashMap<>(start.tensors());
        FloatTensor tensor = moved.get(name);
        float[] values = tensor.values().clone();
        values[index] = value;
        moved.put(name, FloatTensor.of(values, tensor.shape()));
        session.load(new Weights(moved));
        return session.step(batch, Likelihood.of(session.network().output()), settings())
                .loss();
    }

    /** Sets of which some elements are not looked at, some not computed, and one set has no computed element at all. */
    private static Batch sets(NetworkSpec network) {
        Map<String, FloatTensor> inputs = new LinkedHashMap<>();
        for (TensorSpec input : network.inputs()) {
            int[] shape = new int[1 + input.axes().size()];
            for (int axis = 2; axis < shape.length; axis++) {
                shape[axis] = input.length(axis - 1);
            }
            shape[0] = ROWS;
            shape[1] = ELEMENTS;
            float[] values = SyntheticTensors.uniform(input.name(), (int) FloatTensor.elements(shape));
            for (int i = 0; i < values.length; i++) {
                values[i] = switch (input.name()) {
                    case SetNet.IN_SERVICE, LOOKED_AT -> i % 4 == 2 ? 0 : 1;
                    case SetNet.HEARD, SetNet.RECORDED, COMPUTED -> i / ELEMENTS == 1 || i % 4 > 1 ? 0 : 1;
                    case SetNet.INDEX -> i % 3;
                    default -> values[i];
                };
            }
            inputs.put(input.name(), FloatTensor.of(values, shape));
        }
        float[] targets = SyntheticTensors.uniform("targets", 2 * ROWS);
        List<String> ids = Collections.nCopies(ROWS, "s");
        return new Batch(inputs, FloatTensor.of(targets, ROWS, 2), ids);
    }

    @Test
    void aFoldComputesEachImageAsOnItsOwn() {
        Batch sets = sets(folded());
        FloatTensor each;
        try (TrainingSession session = open(alone())) {
            each = session.predict(images(sets, false).inputs());
        }
        try (TrainingSession session = open(folded())) {
            FloatTensor pooled = session.predict(sets.inputs());
            for (int row = 0; row < ROWS; row++) {
                for (int i = 0; i < 2; i++) {
                    double[] seen = seen(sets, each, row, i);
                    double mean = Arrays.stream(seen).average().orElseThrow();
                    double largest = Arrays.stream(seen).max().orElseThrow();
                    assertThat((double) pooled.values()[4 * row + i]).isCloseTo(mean, within(1e-6));
                    assertThat((double) pooled.values()[4 * row + 2 + i]).isCloseTo(largest, within(1e-6));
                }
            }
        }
    }

    @Test
    void aBatchNormInAFoldCountsTheComputedImagesAlone() {
        Batch sets = sets(folded());
        try (TrainingSession session = open(folded());
                TrainingSession alone = open(alone())) {
            session.step(sets, new GaussianNll(), settings());
            alone.step(images(sets, true), new GaussianNll(), settings());
            for (String name : List.of("bn.running_mean", "bn.running_var")) {
                float[] expected = alone.weights().tensors().get(name).values();
                assertThat(session.weights().tensors().get(name).values()).containsExactly(expected, within(1e-6f));
            }
        }
    }

    private static NetworkSpec folded() {
        List<TensorSpec> inputs = List.of(
                SetNet.ofStations(IMAGES, HEIGHT, WIDTH),
                SetNet.ofStations(COMPUTED, 1),
                SetNet.ofStations(LOOKED_AT, 1));
        return network(inputs, new Layer.Fold(COMPUTED, HEIGHT, WIDTH, body()), new Operation.SetPool(LOOKED_AT));
    }

    /** Returns the network of one image, with its two numbers twice. */
    private static NetworkSpec alone() {
        Named same = new Named("", new Operation.Dropout(0));
        return network(
                List.of(TensorSpec.floats(FEATURES, 1, HEIGHT, WIDTH)), body(), new Layer.Branch(List.of(same, same)));
    }

    private static Sequence body() {
        return new Sequence(List.of(
                new Named("conv", new Operation.Conv2d(1, 3, 3, 2, 1)),
                new Named("bn", Operation.BatchNorm.of(3)),
                new Named("", new Operation.Relu()),
                new Named("", new Operation.GlobalAveragePool()),
                new Named("fc", new Operation.Linear(3, 2))));
    }

    /** Returns one number of each element that is looked at, 0 for those that are not computed. */
    private static double[] seen(Batch sets, FloatTensor each, int row, int number) {
        return IntStream.range(row * ELEMENTS, (row + 1) * ELEMENTS)
                .filter(element -> sets.inputs().get(LOOKED_AT).values()[element] > 0)
                .mapToDouble(
                        element -> sets.inputs().get(COMPUTED).values()[element] * each.values()[4 * element + number])
                .toArray();
    }

    private static Batch images(Batch sets, boolean onlyComputed) {
        float[] all = sets.inputs().get(IMAGES).values();
        int[] chosen = IntStream.range(0, ROWS * ELEMENTS)
                .filter(element -> !onlyComputed || sets.inputs().get(COMPUTED).values()[element] > 0)
                .toArray();
        FloatTensor images = FloatTensor.zeros(chosen.length, 1, HEIGHT, WIDTH);
        int area = HEIGHT * WIDTH;
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(all, chosen[i] * area, images.values(), i * area, area);
        }
        return new Batch(
                Map.of(FEATURES, images), FloatTensor.zeros(chosen.length, 2), Collections.nCopies(chosen.length, "s"));
    }

    /** The same session takes sets of any size; what is out of service changes nothing. */
    @Test
    void aSetIsPredictedAsWithoutWhatIsOutOfService() {
        NetworkSpec network = new SetNet(2, 8, 2, 2, 2, 0.3, Optional.empty()).network("set");
        Batch all = sets(network);
        try (TrainingSession session = open(network)) {
            float[] together = session.predict(all.inputs()).values();
            int width = together.length / ROWS;
            for (int row = 0; row < ROWS; row++) {
                float[] expected = Arrays.copyOfRange(together, row * width, (row + 1) * width);
                assertThat(session.predict(set(all, row, 0, 1, 3)).values()).containsExactly(expected, within(1e-6f));
                assertThat(session.predict(set(all, row, 2, 1)).values())
                        .containsExactly(session.predict(set(all, row, 1)).values(), within(1e-6f));
            }
        }
    }

    /** Returns some elements of a set; the third one is out of service. */
    private static Map<String, FloatTensor> set(Batch sets, int row, int... elements) {
        Map<String, FloatTensor> inputs = new LinkedHashMap<>();
        sets.inputs().forEach((name, tensor) -> {
            int width = tensor.values().length / (ROWS * ELEMENTS);
            FloatTensor some = FloatTensor.zeros(1, elements.length, width);
            for (int i = 0; i < elements.length; i++) {
                int from = (row * ELEMENTS + elements[i]) * width;
                System.arraycopy(tensor.values(), from, some.values(), i * width, width);
            }
            inputs.put(name, some);
        });
        return inputs;
    }

    @Test
    void imagesAreJoinedAlongTheirRows() {
        Named first = new Named("a", new Operation.Conv2d(4, 4, 1, 1, 0));
        Named second = new Named("b", new Operation.Conv2d(4, 4, 3, 1, 1));
        Operation average = new Operation.GlobalAveragePool();
        float[] a = predicted(images(new Sequence(List.of(first)), average));
        float[] b = predicted(images(new Sequence(List.of(second)), average));
        float[] joined = predicted(images(new Layer.Branch(List.of(first, second)), average));
        for (int i = 0; i < joined.length; i++) {
            assertThat(joined[i]).isCloseTo((a[i] + b[i]) / 2, within(1e-6f));
        }
    }

    @Test
    void linearLayersAreAlongTheLastAxisOfImages() {
        var linear = new Named("a", new Operation.Linear(WIDTH, 2));
        NetworkSpec network = images(new Sequence(List.of(linear)), new Operation.GlobalAveragePool());
        float[] pixels = batch(network).inputs().get(FEATURES).values();
        Map<String, FloatTensor> weights = SyntheticTensors.weights(network).tensors();
        float[] numbers = predicted(network);
        for (int i = 0; i < numbers.length; i++) {
            double mean = 0;
            for (int y = 0; y < HEIGHT; y++) {
                double[] line = new double[WIDTH];
                for (int x = 0; x < WIDTH; x++) {
                    line[x] = pixels[(i * HEIGHT + y) * WIDTH + x];
                }
                mean += Arrays.stream(linear(line, weights, "a")).sum() / (2 * HEIGHT);
            }
            assertThat((double) numbers[i]).isCloseTo(mean, within(1e-6));
        }
    }

    private float[] predicted(NetworkSpec network) {
        try (TrainingSession session = open(network)) {
            return session.predict(batch(network).inputs()).values();
        }
    }

    private static Batch batch(NetworkSpec network) {
        return SyntheticTensors.batch(network, ROWS, "operations.", 0);
    }

    /** One layer's mask by hand: the loss of a step follows from the pooled features, the factors and two linear layers. */
    @Test
    void dropoutDrawsTheMasksOfEveryEngine() {
        int channels = 8;
        double probability = 0.25;
        var head = new Operation.Linear(channels, 2);
        var network = new NetworkSpec(
                "dropout",
                List.of(TensorSpec.floats(FEATURES, channels, 3, 5)),
                Layer.Sequence.of(
                        new Operation.GlobalAveragePool(),
                        new Operation.Dropout(0), // counts, and does nothing
                        new Operation.Dropout(probability),
                        new Layer.Branch(List.of(
                                new Layer.Named("position_head", head),
                                new Layer.Named(
                                        "uncertainty_head",
                                        new Layer.Sequence(List.of(
                                                new Layer.Named("", head),
                                                new Layer.Named("", new Operation.Softplus(1e-3)))))))),
                new IndependentNormalOutput(),
                Map.of());
        Batch batch = SyntheticTensors.batch(network, ROWS, "dropout.", 0);
        try (TrainingSession session = backend().open(network, OPTIONS)) {
            Map<String, FloatTensor> weights = session.weights().tensors();
            double[] factors = DropoutMask.factors(OPTIONS.stepSeed(3), 1, ROWS * channels, probability);
            double[] position = linear(pooled(batch, factors), weights, "position_head");
            double[] sigma = linear(pooled(batch, factors), weights, "uncertainty_head");
            for (int i = 0; i < sigma.length; i++) {
                sigma[i] = Math.log1p(Math.exp(sigma[i])) + 1e-3;
            }
            double[] numbers = new double[4 * ROWS];
            for (int i = 0; i < numbers.length; i++) {
                int at = i / 4 * 2 + i % 2;
                numbers[i] = i % 4 < 2 ? position[at] : sigma[at];
            }
            double expected = new GaussianNll()
                    .evaluate(network.output(), numbers, batch.targets().values(), new double[numbers.length]);
            assertThat(session.step(batch, new GaussianNll(), settings()).loss())
                    .isCloseTo(expected, within(1e-9));
        }
    }

    private static double[] pooled(Batch batch, double[] factors) {
        float[] features = batch.inputs().get(FEATURES).values();
        int area = features.length / factors.length;
        double[] pooled = new double[factors.length];
        for (int i = 0; i < features.length; i++) {
            pooled[i / area] += factors[i / area] * features[i] / area;
        }
        return pooled;
    }

    private static double[] linear(double[] in, Map<String, FloatTensor> weights, String layer) {
        float[] weight = weights.get(layer + ".weight").values();
        float[] bias = weights.get(layer + ".bias").values();
        int width = weight.length / 2;
        double[] out = new double[2 * in.length / width];
        for (int i = 0; i < out.length; i++) {
            out[i] = bias[i % 2];
            for (int j = 0; j < width; j++) {
                out[i] += weight[i % 2 * width + j] * in[i / 2 * width + j];
            }
        }
        return out;
    }
}
