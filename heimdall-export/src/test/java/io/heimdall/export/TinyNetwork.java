package io.heimdall.export;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.network.Layer;
import io.heimdall.model.network.Layer.Named;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.ParameterSpec;
import io.heimdall.model.weights.Weights;
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
        return new NetworkSpec(
                "tiny",
                channels,
                128,
                32,
                sequence(
                        new Named(
                                "backbone",
                                sequence(
                                        new Named("conv1", new Layer.Conv2d(channels, 4, 7, 2, 3)),
                                        new Named("bn1", Layer.BatchNorm.of(4)),
                                        new Named("", new Layer.Relu()),
                                        new Named("", new Layer.MaxPool(3, 2, 1)),
                                        new Named(
                                                "layer1",
                                                new Layer.Residual(
                                                        sequence(
                                                                new Named("conv1", new Layer.Conv2d(4, 6, 3, 2, 1)),
                                                                new Named("bn1", Layer.BatchNorm.of(6))),
                                                        Optional.of(new Named(
                                                                "downsample",
                                                                sequence(
                                                                        new Named("0", new Layer.Conv2d(4, 6, 1, 2, 0)),
                                                                        new Named("1", Layer.BatchNorm.of(6))))))),
                                        new Named(
                                                "layer2",
                                                new Layer.Residual(
                                                        sequence(
                                                                new Named("conv1", new Layer.Conv2d(6, 6, 3, 1, 1)),
                                                                new Named("", new Layer.Relu())),
                                                        Optional.empty())),
                                        new Named("", new Layer.GlobalAveragePool()))),
                        new Named(
                                "",
                                new Layer.Branch(List.of(
                                        new Named("position_head", head()),
                                        new Named(
                                                "uncertainty_head",
                                                sequence(
                                                        new Named("", head()),
                                                        new Named("", new Layer.Softplus(1e-2)))))))));
    }

    private static Layer.Sequence head() {
        return sequence(
                new Named("0", new Layer.Linear(6, 5)),
                new Named("1", Layer.BatchNorm.of(5)),
                new Named("2", new Layer.Relu()),
                new Named("3", new Layer.Dropout(0.3)),
                new Named("4", new Layer.Linear(5, 2)));
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

    /** Decibels between -100 and 0. */
    static FloatTensor decibels(int batch, int channels, long seed) {
        Random random = new Random(seed);
        FloatTensor tensor = FloatTensor.zeros(batch, channels, 128, 32);
        for (int i = 0; i < tensor.values().length; i++) {
            tensor.values()[i] = -100 * random.nextFloat();
        }
        return tensor;
    }
}
