package io.heimdall.model.network;

import io.heimdall.model.input.Axis;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.network.Layer.Named;
import io.heimdall.model.network.Layer.Residual;
import io.heimdall.model.network.Layer.Sequence;
import io.heimdall.model.output.NormalMixtureOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network that reads a set of stations, any number of them in any order, and gives a mixture of normal distributions.
 *
 * <p>Each station becomes a token of its level statistics, its position and a vector of its own; tokens attend to each other,
 * and their mean and maximum lead to the mixture:
 * <pre>{@code
 * token  = Linear(SiLU(Linear([statistics, embedding, heard, recorded, octaves, waves(place), station])))
 * blocks : x += attention(norm(x));  x += Linear(SiLU(Linear(norm(x))))
 * head   = Linear(SiLU(Linear([mean(x), max(x)])))
 * }</pre>
 *
 * <p>Stations out of service have no influence. A station without training data has the number of the last vector,
 * which all unseen stations share.
 *
 * @param stations known ones; there is a vector more
 * @param width features of a token
 * @param blocks of attention
 * @param heads of each attention
 * @param components of the mixture
 * @param dropout on the output of each block's branches, and in the head; in [0, 1)
 * @param embedding of each recording's spectrogram; empty for the statistics alone
 * @see <a href="https://arxiv.org/abs/1810.00825">Lee et al., Set Transformer, 2019</a>
 */
public record SetNet(
        int stations, int width, int blocks, int heads, int components, double dropout, Optional<Embedding> embedding) {
    /** Name of the input (stations, {@value #STATISTICS_WIDTH}): level statistics, 0 where nothing was heard. */
    public static final String STATISTICS = "statistics";

    /** Name of the input (stations, 2): east and north in the network's units. */
    public static final String PLACE = "place";

    /** Name of the input (stations, 1): 1 for a station that heard the session. */
    public static final String HEARD = "heard";

    /** Name of the input (stations, 1): 1 for a station that heard the session and has a recording. */
    public static final String RECORDED = "recorded";

    /** Name of the input (stations, 1): 1 for a station that would have heard the session if the signal were strong enough. */
    public static final String IN_SERVICE = "in_service";

    /** Name of the input (stations, 1): the carrier, log2 of its ratio to the usual one. */
    public static final String OCTAVES = "octaves";

    /** Name of the input (stations, 1): the number of the station's vector. */
    public static final String INDEX = "station_index";

    /** Name of the input (stations, bands, frames), standardised, of networks with an {@link Embedding}. */
    public static final String SPECTROGRAM = "spectrogram";

    /** Numbers of {@link #STATISTICS}. */
    public static final int STATISTICS_WIDTH = 6;

    private static final int WAVES = 5;
    private static final int STATION_WIDTH = 16;

    /**
     * What a shared network makes of each recording's spectrogram.
     *
     * @param width features of one recording
     * @param body from images (recordings, 1, bands, frames) to (recordings, width), with the names of its weights
     */
    public record Embedding(int width, Sequence body) {

        /** Returns the backbone of {@link LocalizationNet#small(int)}. */
        static Embedding small() {
            return new Embedding(64, LocalizationNet.smallFeatures());
        }

        /** Returns the backbone of {@link LocalizationNet#resnet18(int)}. */
        static Embedding resnet18() {
            return new Embedding(512, LocalizationNet.resnet18Features());
        }
    }

    /** Returns the usual size: width 64, 3 blocks, 4 heads, 32 components, dropout 0.1. */
    public static SetNet of(int stations) {
        return new SetNet(stations, 64, 3, 4, 32, 0.1, Optional.empty());
    }

    /** Returns this network with an embedding. */
    public SetNet with(Embedding other) {
        return new SetNet(stations, width, blocks, heads, components, dropout, Optional.of(other));
    }

    /** Returns the network under a name. */
    public NetworkSpec network(String name) {
        List<Named> layers = new ArrayList<>();
        layers.add(new Named("", parts()));
        layers.add(new Named("token", token()));
        List<Named> body = new ArrayList<>();
        for (int i = 0; i < blocks; i++) {
            body.add(new Named(Integer.toString(i), block()));
        }
        layers.add(new Named("blocks", new Sequence(body)));
        layers.add(new Named("", new Operation.SetPool(IN_SERVICE)));
        layers.add(new Named("head", head()));
        Map<String, List<String>> named = embedding.isEmpty()
                ? Map.of(NetworkSpec.HEADS, List.of("head."))
                : Map.of(NetworkSpec.BACKBONE, List.of("backbone."), NetworkSpec.HEADS, List.of("head."));
        return new NetworkSpec(name, inputs(), new Sequence(layers), new NormalMixtureOutput(components), named);
    }

    private List<TensorSpec> inputs() {
        List<TensorSpec> inputs = new ArrayList<>(List.of(
                ofStations(STATISTICS, STATISTICS_WIDTH),
                ofStations(HEARD, 1),
                ofStations(RECORDED, 1),
                ofStations(IN_SERVICE, 1),
                ofStations(OCTAVES, 1),
                ofStations(PLACE, 2),
                ofStations(INDEX, 1)));
        if (embedding.isPresent()) {
            inputs.add(ofStations(SPECTROGRAM, LocalizationNet.BANDS, LocalizationNet.FRAMES));
        }
        return inputs;
    }

    /** Returns an input of a network on sets, (stations, lengths...). */
    public static TensorSpec ofStations(String name, int... lengths) {
        List<Axis> axes = new ArrayList<>(List.of(Axis.free("stations")));
        for (int length : lengths) {
            axes.add(Axis.of(length));
        }
        return new TensorSpec(name, TensorSpec.Type.FLOAT, axes);
    }

    private Layer parts() {
        List<Named> parts = new ArrayList<>();
        parts.add(new Named("", new Layer.Input(STATISTICS)));
        embedding.ifPresent(e -> parts.add(new Named(
                "",
                Sequence.of(
                        new Layer.Input(SPECTROGRAM),
                        new Layer.Fold(RECORDED, LocalizationNet.BANDS, LocalizationNet.FRAMES, e.body())))));
        for (String input : List.of(HEARD, RECORDED, OCTAVES)) {
            parts.add(new Named("", new Layer.Input(input)));
        }
        parts.add(new Named("", Sequence.of(new Layer.Input(PLACE), new Operation.Waves(WAVES))));
        parts.add(new Named(
                "station", Sequence.of(new Layer.Input(INDEX), new Operation.Embedding(stations + 1, STATION_WIDTH))));
        return new Layer.Branch(parts);
    }

    private Sequence token() {
        int read = STATISTICS_WIDTH + embedding.map(Embedding::width).orElse(0) + 3 + 2 + 4 * WAVES + STATION_WIDTH;
        return new Sequence(List.of(
                new Named("0", new Operation.Linear(read, width)),
                new Named("", new Operation.Silu()),
                new Named("2", new Operation.Linear(width, width))));
    }

    private Sequence block() {
        Sequence attention = new Sequence(List.of(
                new Named("norm1", Operation.LayerNorm.of(width)),
                new Named("attention", new Operation.Attention(width, heads, IN_SERVICE)),
                new Named("", new Operation.Dropout(dropout))));
        Sequence forward = new Sequence(List.of(
                new Named("norm2", Operation.LayerNorm.of(width)),
                new Named("widen", new Operation.Linear(width, 2 * width)),
                new Named("", new Operation.Silu()),
                new Named("", new Operation.Dropout(dropout)),
                new Named("narrow", new Operation.Linear(2 * width, width)),
                new Named("", new Operation.Dropout(dropout))));
        return Sequence.of(new Residual(attention, Optional.empty()), new Residual(forward, Optional.empty()));
    }

    private Sequence head() {
        return new Sequence(List.of(
                new Named("0", new Operation.Linear(2 * width, width)),
                new Named("", new Operation.Silu()),
                new Named("", new Operation.Dropout(dropout)),
                new Named("3", new Operation.Linear(width, new NormalMixtureOutput(components).width()))));
    }
}
