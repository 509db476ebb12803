package io.heimdall.export;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.network.Layer;
import io.heimdall.model.network.Layer.Named;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Operation;
import io.heimdall.model.network.ParameterSpec;
import io.heimdall.model.output.IndependentNormalOutput;
import io.heimdall.model.weights.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A network that has every kind of layer, small enough to be computed naively. */
final class TinyNetwork {
    static final NetworkSpec SPEC = spec(2);

    private TinyNetwork() {}

    static NetworkSpec spec(int channels) {
        return spec("tiny", channels, List.of());
    }

    /** A network whose images get one row high (exchanged with the width), are pooled then, and go on. */
    static NetworkSpec deep() {
        return spec(
                "deep",
                2,
                List.of(
                        residual("layer3", 6, 2),
                        residual("layer4", 6, 2),
                        residual("layer5", 6, 1),
                        new Named("", new Operation.MaxPool(3, 2, 1)),
                        residual("layer6", 6, 1),
                        new Named("conv7", new Operation.Conv2d(6, 6, 3, 2, 1))));
    }

    private static NetworkSpec spec(String name, int channels, List<Named> more) {
        List<Named> backbone = new ArrayList<>(List.of(
                new Named("conv1", new Operation.Conv2d(channels, 4, 7, 2, 3)),
                new Named("bn1", Operation.BatchNorm.of(4)),
                new Named("", new Operation.Relu()),
                new Named("", new Operation.MaxPool(3, 2, 1)),
                residual("layer1", 4, 2),
                residual("layer2", 6, 1)));
        backbone.addAll(more);
        backbone.add(new Named("", new Operation.GlobalAveragePool()));
        return new NetworkSpec(
                name,
                List.of(TensorSpec.floats("features", channels, 128, 32)),
                sequence(
                        new Named("backbone", new Layer.Sequence(backbone)),
                        new Named(
                                "",
                                new Layer.Branch(List.of(
                                        new Named("position_head", head()),
                                        new Named(
                                                "uncertainty_head",
                                                sequence(
                                                        new Named("", head()),
                                                        new Named("", new Operation.Softplus(1e-2)))))))),
                new IndependentNormalOutput(),
                Map.of());
    }

    /** A block of six channels, with a shortcut of its own where the step is 2. */
    private static Named residual(String name, int in, int stride) {
        Layer.Sequence body = sequence(
                new Named("conv1", new Operation.Conv2d(in, 6, 3, stride, 1)),
                new Named("bn1", Operation.BatchNorm.of(6)),
                new Named("", new Operation.Relu()));
        Optional<Named> shortcut = stride == 1
                ? Optional.empty()
                : Optional.of(new Named(
                        "downsample",
                        sequence(
                                new Named("0", new Operation.Conv2d(in, 6, 1, stride, 0)),
                                new Named("1", Operation.BatchNorm.of(6)))));
        return new Named(name, new Layer.Residual(body, shortcut));
    }

    private static Layer.Sequence head() {
        return sequence(
                new Named("0", new Operation.Linear(6, 5)),
                new Named("1", Operation.BatchNorm.of(5)),
                new Named("2", new Operation.Relu()),
                new Named("3", new Operation.Dropout(0.3)),
                new Named("4", new Operation.Linear(5, 2)));
    }

    static Layer.Sequence sequence(Named... layers) {
        return new Layer.Sequence(List.of(layers));
    }

    static Weights weights(NetworkSpec network, long seed) {
        Random random = new Random(seed);
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        for (ParameterSpec parameter : network.parameters()) {
            FloatTensor tensor = FloatTensor.zeros(parameter.shape());
            float base = parameter.name().endsWith("running_var") ? 1.2f : 0;
            for (int i = 0; i < tensor.values().length; i++) {
                tensor.values()[i] = base + 0.9f * (2 * random.nextFloat() - 1);
            }
            tensors.put(parameter.name(), tensor);
        }
        return new Weights(tensors);
    }

    /** What a client gives: decibels between -100 and 0. */
    static Map<String, FloatTensor> decibels(int batch, int channels, long seed) {
        Random random = new Random(seed);
        FloatTensor tensor = FloatTensor.zeros(batch, channels, 128, 32);
        for (int i = 0; i < tensor.values().length; i++) {
            tensor.values()[i] = -100 * random.nextFloat();
        }
        return Map.of("mel_spectrogram", tensor);
    }
}
