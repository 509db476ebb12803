package io.heimdall.pipeline.training;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heimdall.export.ModelDescription;
import io.heimdall.files.WholeFile;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.pipeline.PipelineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The description that belongs to weights: their network, its input and the meaning of its output.
 *
 * <p>It is saved beside the checkpoints as {@code model.json}, so that a checkpoint can be exported at any time.
 *
 * @param network as it was built
 * @param description of input and output
 * @param pretrained whether the weights that the training kept are those of its pretraining
 */
public record TrainedModel(NetworkSpec network, ModelDescription description, boolean pretrained) {
    static final String FILE = "model.json";
    private static final JsonMapper JSON = new JsonMapper();

    /** Returns the same model with another description. */
    TrainedModel described(ModelDescription other) {
        return new TrainedModel(network, other, pretrained);
    }

    /** Returns the same model, of other weights. */
    TrainedModel pretrained(boolean keeps) {
        return new TrainedModel(network, description, keeps);
    }

    void write(Path folder) throws IOException {
        ObjectNode node = TrainedModelJson.write(this);
        WholeFile.write(
                folder.resolve(FILE), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(node));
    }

    /**
     * Reads the model of a training's folder.
     *
     * @throws PipelineException if it is damaged or of another release
     */
    static TrainedModel read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        byte[] bytes = Files.readAllBytes(file);
        try {
            return TrainedModelJson.read(JSON.readTree(bytes));
        } catch (IOException | IllegalArgumentException e) { // the bytes are read: what is wrong with them stays
            throw new PipelineException(
                    file.toString(), file + " does not describe a model: " + e.getMessage(), e, false);
        }
    }
}
