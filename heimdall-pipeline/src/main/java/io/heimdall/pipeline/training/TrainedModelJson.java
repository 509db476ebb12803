package io.heimdall.pipeline.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.export.ModelDescription;
import io.heimdall.files.ObjectFiles;
import io.heimdall.files.WholeFile;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.evidence.LogPool;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Networks;
import io.heimdall.model.output.AffineMap;
import io.heimdall.model.output.PlaneScale;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.data.LayoutChoice;
import io.heimdall.pipeline.input.Producers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A {@link TrainedModel} as JSON, and back; also from the first format, which knew channels alone. */
final class TrainedModelJson {
    static final String FILE = "model.json";
    private static final int FORMAT = 2;
    private static final JsonMapper JSON = new JsonMapper();

    /** No recording is read for a description. */
    private static final ObjectFiles NOTHING = key -> {
        throw new IOException("there are no recordings here");
    };

    private TrainedModelJson() {}

    /** Writes a model into a training's folder. */
    static void write(TrainedModel model, Path folder) throws IOException {
        PoolFile.in(folder).write(model.pool());
        WholeFile.write(
                folder.resolve(FILE), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(node(model)));
    }

    /**
     * Reads the model of a training's folder.
     *
     * @throws PipelineException if it is damaged or of another release
     */
    static TrainedModel read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        byte[] bytes = Files.readAllBytes(file);
        Optional<LogPool> pool = PoolFile.in(folder).read();
        try {
            return model(JSON.readTree(bytes)).with(pool);
        } catch (IOException | IllegalArgumentException e) { // the bytes are read: what is wrong with them stays
            throw new PipelineException(
                    file.toString(), file + " does not describe a model: " + e.getMessage(), e, false);
        }
    }

    private static ObjectNode node(TrainedModel model) {
        ModelDescription description = model.description();
        ObjectNode node = JSON.createObjectNode()
                .put("format", FORMAT)
                .put("network", model.network().name());
        node.put("producer", description.input().producer());
        node.set("parameters", JSON.valueToTree(description.input().parameters()));
        PlaneScale scale = description.scale();
        node.set("plane", JSON.valueToTree(scale.plane()));
        node.set("metres", JSON.valueToTree(scale.metres()));
        node.put("sigma_scale", description.sigmaScale()).put("run_id", description.runId());
        node.set("extra", JSON.valueToTree(description.extra()));
        return node.put("pretrained", model.pretrained());
    }

    private static TrainedModel model(JsonNode node) {
        int format = node.path("format").asInt();
        if (format == 1) {
            return first(node);
        }
        if (format != FORMAT) {
            throw new IllegalArgumentException("it has format " + format + ", this release reads up to " + FORMAT);
        }
        TrainedModel model = model(
                node.path("network").asText(),
                node.path("producer").asText(),
                texts(node.path("parameters")),
                new PlaneScale(
                        JSON.convertValue(node.path("plane"), LocalPlane.class),
                        JSON.convertValue(node.path("metres"), AffineMap.class)),
                node.path("sigma_scale").asDouble(),
                node.path("run_id").asText(),
                node.path("extra"));
        return model.pretrained(node.path("pretrained").asBoolean());
    }

    private static TrainedModel first(JsonNode node) {
        JsonNode description = node.path("description");
        JsonNode input = description.path("input");
        JsonNode output = description.path("output");
        if (!input.isObject() || !output.isObject()) {
            throw new IllegalArgumentException("it has no description");
        }
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("feature_parameters", input.path("features").asText());
        parameters.put("stations", input.path("stations").toString());
        parameters.put("absent_db", input.path("absentDb").asText());
        parameters.put("feature_mean_db", input.path("meanDb").asText());
        parameters.put("feature_deviation_db", input.path("deviationDb").asText());
        JsonNode east = output.path("east");
        JsonNode north = output.path("north");
        PlaneScale scale = new PlaneScale(
                JSON.convertValue(output.path("plane"), LocalPlane.class),
                new AffineMap(
                        east.path("meanM").asDouble(),
                        east.path("deviationM").asDouble(),
                        north.path("meanM").asDouble(),
                        north.path("deviationM").asDouble()));
        LayoutChoice layout = input.path("stations").isEmpty() ? LayoutChoice.SINGLE_RECEIVER : LayoutChoice.STATIONS;
        return model(
                node.path("network").asText(),
                layout.producer(),
                parameters,
                scale,
                output.path("sigmaScale").asDouble(),
                description.path("runId").asText(),
                description.path("extra"));
    }

    private static TrainedModel model(
            String name,
            String producer,
            Map<String, String> parameters,
            PlaneScale scale,
            double sigmaScale,
            String runId,
            JsonNode extra) {
        InputSpec input = Producers.named(producer)
                .restore(parameters, features -> new RecordingFeatures(NOTHING, features, FeatureCache.none()))
                .input();
        NetworkSpec network = Networks.named(name).network(input);
        return new TrainedModel(
                network,
                new ModelDescription(
                        input.reading(network.inputs()), network.output(), scale, sigmaScale, runId, texts(extra)),
                false,
                Optional.empty());
    }

    private static Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new TreeMap<>();
        node.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }
}
