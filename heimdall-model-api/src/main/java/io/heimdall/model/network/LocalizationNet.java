package io.heimdall.model.network;

import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.network.Layer.Named;
import io.heimdall.model.output.IndependentNormalOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The networks that turn mel spectrograms of 128 bands and 32 frames into a position and its uncertainty.
 *
 * <p>All have a {@code backbone}, a global average and two heads, {@code position_head} and {@code uncertainty_head}:
 * <pre>{@code
 * head = Linear, BatchNorm, ReLU, Dropout(first), Linear, BatchNorm, ReLU, Dropout(second), Linear to 2
 * sigma = log(1 + exp(uncertainty_head)) + 0.001
 * }</pre>
 *
 * @see <a href="https://doi.org/10.1109/CVPR.2016.90">He et al., Deep Residual Learning for Image Recognition, 2016</a>
 */
public final class LocalizationNet {
    /** Mel bands of an input. */
    public static final int BANDS = 128;

    /** Time frames of an input. */
    public static final int FRAMES = 32;

    /** Smallest standard deviation that the network can predict, in standardised units. */
    public static final double SIGMA_MIN = 1e-3;

    /** Name of the input, shape (channels, {@value #BANDS}, {@value #FRAMES}), standardised. */
    public static final String FEATURES = "features";

    private static final double FIRST_DROPOUT = 0.3;
    private static final double SECOND_DROPOUT = 0.2;

    private LocalizationNet() {}

    /** Returns torchvision's ResNet-18 without its last layer and heads 512-128-64-2, dropout 0.3 and 0.2. */
    public static NetworkSpec resnet18(int channels) {
        return resnet18(channels, FIRST_DROPOUT, SECOND_DROPOUT);
    }

    /**
     * Returns {@link #resnet18(int)} with other dropout.
     *
     * @param channels of one input, at least 1
     * @param firstDropout probability behind the first layer of each head, in [0, 1)
     * @param secondDropout probability behind the second layer of each head, in [0, 1)
     */
    public static NetworkSpec resnet18(int channels, double firstDropout, double secondDropout) {
        return resnet("resnet18", channels, List.of(2, 2, 2, 2), firstDropout, secondDropout);
    }

    /** Returns torchvision's ResNet-34 without its last layer and the heads of {@link #resnet18(int)}. */
    public static NetworkSpec resnet34(int channels) {
        return resnet34(channels, FIRST_DROPOUT, SECOND_DROPOUT);
    }

    /** Returns {@link #resnet34(int)} with other dropout, each in [0, 1). */
    public static NetworkSpec resnet34(int channels, double firstDropout, double secondDropout) {
        return resnet("resnet34", channels, List.of(3, 4, 6, 3), firstDropout, secondDropout);
    }

    private static NetworkSpec resnet(
            String name, int channels, List<Integer> blocks, double firstDropout, double secondDropout) {
        return network(name, channels, resnetBackbone(channels, blocks), 512, 128, 64, firstDropout, secondDropout);
    }

    private static List<Named> resnetBackbone(int channels, List<Integer> blocks) {
        var backbone = new ArrayList<>(stem(channels, 64, 7));
        int[] widths = {64, 64, 128, 256, 512};
        for (int stage = 1; stage < widths.length; stage++) {
            int out = widths[stage];
            var layers = new ArrayList<Named>();
            layers.add(named("0", block(widths[stage - 1], out, stage == 1 ? 1 : 2)));
            for (int i = 1; i < blocks.get(stage - 1); i++) {
                layers.add(named(Integer.toString(i), block(out, out, 1)));
            }
            backbone.add(named("layer" + stage, new Layer.Sequence(layers)));
        }
        return backbone;
    }

    /** Returns the backbone of {@link #resnet18(int)} for single spectrograms, with its average: 512 features. */
    static Layer.Sequence resnet18Features() {
        return averaged(resnetBackbone(1, List.of(2, 2, 2, 2)));
    }

    /** Returns the backbone of {@link #small(int)} for single spectrograms, with its average: 64 features. */
    static Layer.Sequence smallFeatures() {
        return averaged(smallBackbone(1));
    }

    private static Layer.Sequence averaged(List<Named> backbone) {
        return sequence(named("backbone", new Layer.Sequence(backbone)), named("", new Operation.GlobalAveragePool()));
    }

    /** Returns a network of the same build, 150 times lighter, with one block in each of three stages. */
    public static NetworkSpec small(int channels) {
        return small(channels, FIRST_DROPOUT, SECOND_DROPOUT);
    }

    /** Returns {@link #small(int)} with other dropout, each in [0, 1). */
    public static NetworkSpec small(int channels, double firstDropout, double secondDropout) {
        return network("small", channels, smallBackbone(channels), 64, 32, 16, firstDropout, secondDropout);
    }

    private static List<Named> smallBackbone(int channels) {
        var backbone = new ArrayList<>(stem(channels, 8, 5));
        int[] widths = {8, 16, 32, 64};
        for (int stage = 1; stage < widths.length; stage++) {
            backbone.add(named("layer" + stage, sequence(named("0", block(widths[stage - 1], widths[stage], 2)))));
        }
        return backbone;
    }

    private static List<Named> stem(int channels, int width, int kernel) {
        if (channels < 1) {
            throw new IllegalArgumentException("channels " + channels + " is not at least 1");
        }
        return List.of(
                named("conv1", new Operation.Conv2d(channels, width, kernel, 2, kernel / 2)),
                named("bn1", Operation.BatchNorm.of(width)),
                named("", new Operation.Relu()),
                named("", new Operation.MaxPool(3, 2, 1)));
    }

    private static Layer block(int in, int out, int stride) {
        Layer.Sequence body = sequence(
                named("conv1", new Operation.Conv2d(in, out, 3, stride, 1)),
                named("bn1", Operation.BatchNorm.of(out)),
                named("", new Operation.Relu()),
                named("conv2", new Operation.Conv2d(out, out, 3, 1, 1)),
                named("bn2", Operation.BatchNorm.of(out)));
        boolean sameShape = stride == 1 && in == out;
        Layer.Sequence projection = sequence(
                named("0", new Operation.Conv2d(in, out, 1, stride, 0)), named("1", Operation.BatchNorm.of(out)));
        var shortcut = sameShape ? Optional.<Named>empty() : Optional.of(named("downsample", projection));
        return sequence(named("", new Layer.Residual(body, shortcut)), named("", new Operation.Relu()));
    }

    private static NetworkSpec network(
            String name,
            int channels,
            List<Named> backbone,
            int features,
            int first,
            int second,
            double firstDropout,
            double secondDropout) {
        Layer.Sequence head = sequence(
                named("0", new Operation.Linear(features, first)),
                named("1", Operation.BatchNorm.of(first)),
                named("2", new Operation.Relu()),
                named("3", new Operation.Dropout(checkedDropout(firstDropout))),
                named("4", new Operation.Linear(first, second)),
                named("5", Operation.BatchNorm.of(second)),
                named("6", new Operation.Relu()),
                named("7", new Operation.Dropout(checkedDropout(secondDropout))),
                named("8", new Operation.Linear(second, 2)));
        Layer.Sequence sigmaHead = sequence(named("", head), named("", new Operation.Softplus(SIGMA_MIN)));
        Layer.Branch heads =
                new Layer.Branch(List.of(named("position_head", head), named("uncertainty_head", sigmaHead)));
        Layer.Sequence layers = sequence(
                named("backbone", new Layer.Sequence(backbone)),
                named("", new Operation.GlobalAveragePool()),
                named("", heads));
        return new NetworkSpec(
                name,
                List.of(TensorSpec.floats(FEATURES, channels, BANDS, FRAMES)),
                layers,
                new IndependentNormalOutput(),
                Map.of(
                        NetworkSpec.BACKBONE,
                        List.of("backbone."),
                        NetworkSpec.HEADS,
                        List.of("position_head.", "uncertainty_head.")));
    }

    private static double checkedDropout(double probability) {
        if (!(probability >= 0 && probability < 1)) {
            throw new IllegalArgumentException("dropout " + probability + " is not in [0, 1)");
        }
        return probability;
    }

    private static Named named(String name, Layer layer) {
        return new Named(name, layer);
    }

    private static Layer.Sequence sequence(Named... layers) {
        return new Layer.Sequence(List.of(layers));
    }
}
