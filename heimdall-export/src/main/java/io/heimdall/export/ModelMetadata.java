package io.heimdall.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.ModelException;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.output.AffineMap;
import io.heimdall.model.output.IndependentNormalOutput;
import io.heimdall.model.output.OutputSpec;
import io.heimdall.model.output.PlaneScale;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A {@link ModelDescription} as the string pairs of a model file, and back. */
final class ModelMetadata {
    static final String PREFIX = "heimdall.";
    static final String FORMAT_VERSION = PREFIX + "format_version";
    static final String NETWORK = PREFIX + "network";
    static final String WEIGHTS_SHA256 = PREFIX + "weights_sha256";

    /** Grows when a reader of today would misread the file. */
    static final int VERSION = 1;

    private static final String PRODUCER = "input_producer";

    /** What files of before {@code input_parameters} have. */
    private static final List<String> FIRST_PARAMETERS = List.of(
            "feature_parameters", "channel_layout", "stations", "absent_db", "feature_mean_db", "feature_deviation_db");

    private static final JsonMapper JSON = new JsonMapper();

    private ModelMetadata() {}

    static Map<String, String> write(ModelDescription description, String network, String weightsSha256) {
        Map<String, String> pairs = new TreeMap<>(description.extra());
        description.input().parameters().forEach((key, value) -> pairs.put(PREFIX + key, value));
        pairs.put(FORMAT_VERSION, Integer.toString(VERSION));
        pairs.put(NETWORK, network);
        pairs.put(WEIGHTS_SHA256, weightsSha256);
        pairs.put(PREFIX + "training_run_id", description.runId());
        pairs.put(PREFIX + PRODUCER, description.input().producer());
        pairs.put(
                PREFIX + "input_parameters",
                json(description.input().parameters().keySet()));
        pairs.put(PREFIX + "output", description.output().text());
        PlaneScale scale = description.scale();
        pairs.put(PREFIX + "plane_origin_latitude", number(scale.plane().latitude()));
        pairs.put(PREFIX + "plane_origin_longitude", number(scale.plane().longitude()));
        pairs.put(PREFIX + "target_east_mean_m", number(scale.metres().offsetEast()));
        pairs.put(PREFIX + "target_east_deviation_m", number(scale.metres().scaleEast()));
        pairs.put(PREFIX + "target_north_mean_m", number(scale.metres().offsetNorth()));
        pairs.put(PREFIX + "target_north_deviation_m", number(scale.metres().scaleNorth()));
        pairs.put(PREFIX + "sigma_scale", number(description.sigmaScale()));
        return pairs;
    }

    /**
     * Reads a file's metadata.
     *
     * @param given the inputs that the file declares
     */
    static ModelDescription read(Map<String, String> pairs, List<TensorSpec> given) {
        String version = text(pairs, "format_version");
        if (!version.equals(Integer.toString(VERSION))) {
            throw new ModelException(
                    "the model has format version " + version + ", this program reads version " + VERSION);
        }
        Map<String, String> parameters = new TreeMap<>();
        parameters(pairs).forEach(key -> parameters.put(key, text(pairs, key)));
        PlaneScale scale = new PlaneScale(
                new LocalPlane(number(pairs, "plane_origin_latitude"), number(pairs, "plane_origin_longitude")),
                new AffineMap(
                        number(pairs, "target_east_mean_m"),
                        number(pairs, "target_east_deviation_m"),
                        number(pairs, "target_north_mean_m"),
                        number(pairs, "target_north_deviation_m")));
        Map<String, String> extra = pairs.entrySet().stream()
                .filter(pair -> !pair.getKey().startsWith(PREFIX))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new ModelDescription(
                new InputSpec(producer(pairs), parameters, given, List.of()),
                OutputSpec.parse(pairs.getOrDefault(PREFIX + "output", new IndependentNormalOutput().text())),
                scale,
                number(pairs, "sigma_scale"),
                text(pairs, "training_run_id"),
                extra);
    }

    /** Files of before there were several producers name their layout. */
    private static String producer(Map<String, String> pairs) {
        return pairs.containsKey(PREFIX + PRODUCER) ? text(pairs, PRODUCER) : text(pairs, "channel_layout");
    }

    private static List<String> parameters(Map<String, String> pairs) {
        String listed = pairs.get(PREFIX + "input_parameters");
        return listed == null ? FIRST_PARAMETERS : names(listed);
    }

    private static String number(double value) {
        return Double.toString(value);
    }

    private static double number(Map<String, String> pairs, String key) {
        String text = text(pairs, key);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new ModelException("the model's metadata " + PREFIX + key + " is '" + text + "', not a number", e);
        }
    }

    private static String text(Map<String, String> pairs, String key) {
        String text = pairs.get(PREFIX + key);
        if (text == null) {
            throw new ModelException("the model has no metadata " + PREFIX + key
                    + ": it was not exported by Heimdall, or by an incompatible release");
        }
        return text;
    }

    private static String json(Collection<String> names) {
        try {
            return JSON.writeValueAsString(names);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> names(String json) {
        try {
            return JSON.readValue(json, new TypeReference<List<String>>() {});
        } catch (JsonProcessingException e) {
            throw new ModelException(
                    "the model's metadata " + PREFIX + "input_parameters is not a list of names: " + json, e);
        }
    }
}
