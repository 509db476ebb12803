package io.heimdall.pipeline.prediction;

import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.export.ModelDescription;
import io.heimdall.export.OnnxModel;
import io.heimdall.files.ObjectFiles;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.network.NetworkFamily;
import io.heimdall.model.network.NetworkSummary;
import io.heimdall.model.network.Networks;
import io.heimdall.pipeline.data.Ensemble;
import io.heimdall.pipeline.input.Assembler;
import io.heimdall.pipeline.input.Producers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * The size of a model: of one before it is trained, or of a model file.
 *
 * @param network of the model, or of each member of an ensemble
 * @param stations that the model knows
 * @param members of an ensemble; 1 for a single network
 * @param given tensors that a client gives to the model file
 * @param fileBytes of the model file; empty before there is one
 */
public record ModelSummary(
        NetworkSummary network, int stations, int members, List<TensorSpec> given, OptionalLong fileBytes) {
    /** No recording is read for a description. */
    private static final ObjectFiles NOTHING = key -> {
        throw new IOException("there are no recordings here");
    };

    /** Copies the list. */
    public ModelSummary {
        given = List.copyOf(given);
    }

    /**
     * Describes a network before it is trained.
     *
     * @param name of the network
     * @param stations that it knows, at least 1
     * @throws IllegalArgumentException if there is no such network, listing those there are
     */
    public static ModelSummary ofNetwork(String name, int stations) {
        NetworkFamily family = Networks.named(name);
        InputSpec input = Producers.named(family.producers().get(0)).example(stations);
        return new ModelSummary(
                NetworkSummary.of(family.network(input), stations), stations, 1, input.given(), OptionalLong.empty());
    }

    /**
     * Describes the network of a model file, made again from what the file says of it.
     *
     * @throws IOException if the file cannot be read
     * @throws io.heimdall.model.ModelException if it is not a model of Heimdall
     * @throws IllegalArgumentException if this program does not know its network or its input
     */
    public static ModelSummary ofFile(Path onnx) throws IOException {
        try (OnnxModel model = OnnxModel.open(onnx, 1)) {
            ModelDescription description = model.description();
            Assembler assembler = Producers.named(description.input().producer())
                    .restore(
                            description.input().parameters(),
                            features -> new RecordingFeatures(NOTHING, features, FeatureCache.none()));
            int stations = Math.max(1, assembler.stations().size());
            return new ModelSummary(
                    NetworkSummary.of(Networks.named(model.network()).network(assembler.input()), stations),
                    stations,
                    Ensemble.in(description)
                            .map(ensemble -> ensemble.rule().folds())
                            .orElse(1),
                    model.inputs(),
                    OptionalLong.of(Files.size(onnx)));
        }
    }

    /** Returns the parameters of all members, running statistics included. */
    public long parameters() {
        return members * network.parameters();
    }

    /** Returns the operations for one session, or one recording where each is a sample, of all members. */
    public long operations() {
        return members * network.operations();
    }
}
