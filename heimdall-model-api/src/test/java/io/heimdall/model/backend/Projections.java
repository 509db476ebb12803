package io.heimdall.model.backend;

import io.heimdall.model.input.Formula;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.input.NetworkTensor;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.network.Layer;
import io.heimdall.model.network.Layer.Branch;
import io.heimdall.model.network.Layer.Named;
import io.heimdall.model.network.Layer.Residual;
import io.heimdall.model.network.Layer.Sequence;
import io.heimdall.model.network.LocalizationNet;
import io.heimdall.model.network.NetworkFamily;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Networks;
import io.heimdall.model.network.Operation.BatchNorm;
import io.heimdall.model.network.Operation.Conv2d;
import io.heimdall.model.network.Operation.GlobalAveragePool;
import io.heimdall.model.network.Operation.Linear;
import io.heimdall.model.network.Operation.Relu;
import io.heimdall.model.network.Operation.Softplus;
import io.heimdall.model.output.IndependentNormalOutput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Networks whose convolutions have kernels of one pixel and few channels, as somebody may build them. */
final class Projections {
    private static final int CHANNELS = 7;

    private Projections() {}

    /** Returns two convolutions of one pixel, {@code reduce} and {@code project}, an average, and heads of one layer each. */
    static NetworkSpec plain(int channels, int height, int width, Conv2d reduce, Conv2d project) {
        return network(
                "plain",
                channels,
                height,
                width,
                List.of(named("reduce", reduce), named("project", project)),
                project.out());
    }

    /** Returns residual blocks of these widths, each with a projection that skips {@code stride} pixels at a time. */
    static NetworkSpec narrow(int stride, List<Integer> widths) {
        List<Named> blocks = new ArrayList<>();
        for (int i = 1; i < widths.size(); i++) {
            blocks.add(named("block" + i, block(widths.get(i - 1), widths.get(i), stride)));
        }
        return network(
                "narrow" + stride,
                widths.get(0),
                LocalizationNet.BANDS,
                LocalizationNet.FRAMES,
                blocks,
                widths.get(widths.size() - 1));
    }

    /** Returns some networks of channels that have no name, and every one that has; the large ones come last, with small inputs. */
    static List<NetworkSpec> all() {
        Stream<NetworkSpec> named = Networks.all().stream()
                .filter(family -> family.producers().contains("stations"))
                .sorted(Comparator.comparing(family -> family.name().startsWith("resnet")))
                .map(Projections::ofChannels);
        return Stream.concat(
                        Stream.of(narrow(2, List.of(2, 4, 6, 8, 12, 16)), narrow(3, List.of(1, 3, 5, 7, 15))), named)
                .toList();
    }

    private static NetworkSpec ofChannels(NetworkFamily family) {
        boolean large = family.name().startsWith("resnet");
        TensorSpec features = large
                ? TensorSpec.floats(LocalizationNet.FEATURES, CHANNELS, 32, 16)
                : TensorSpec.floats(LocalizationNet.FEATURES, CHANNELS, LocalizationNet.BANDS, LocalizationNet.FRAMES);
        return family.network(new InputSpec(
                "stations",
                Map.of(),
                List.of(features),
                List.of(new NetworkTensor(features, new Formula.Given(features.name())))));
    }

    private static Layer block(int in, int out, int stride) {
        Sequence body =
                new Sequence(List.of(named("conv", new Conv2d(in, out, 3, stride, 1)), named("bn", BatchNorm.of(out))));
        Sequence shortcut =
                new Sequence(List.of(named("0", new Conv2d(in, out, 1, stride, 0)), named("1", BatchNorm.of(out))));
        return new Sequence(List.of(
                named("", new Residual(body, Optional.of(named("downsample", shortcut)))), named("", new Relu())));
    }

    private static NetworkSpec network(
            String name, int channels, int height, int width, List<Named> backbone, int features) {
        Linear head = new Linear(features, 2);
        Sequence sigma = new Sequence(List.of(named("0", head), named("", new Softplus(LocalizationNet.SIGMA_MIN))));
        List<Named> layers = new ArrayList<>(backbone);
        layers.add(named("", new GlobalAveragePool()));
        layers.add(named(
                "",
                new Branch(List.of(
                        named("position_head", new Sequence(List.of(named("0", head)))),
                        named("uncertainty_head", sigma)))));
        return new NetworkSpec(
                name,
                List.of(TensorSpec.floats(LocalizationNet.FEATURES, channels, height, width)),
                new Sequence(layers),
                new IndependentNormalOutput(),
                Map.of());
    }

    private static Named named(String name, Layer layer) {
        return new Named(name, layer);
    }
}
