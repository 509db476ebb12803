package io.heimdall.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.heimdall.export.ModelDescription.Axis;
import io.heimdall.export.ModelDescription.Input;
import io.heimdall.export.ModelDescription.Output;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.ModelException;
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

    private static final JsonMapper JSON = new JsonMapper();

    private ModelMetadata() {}

    static Map<String, String> write(ModelDescription description, String network, String weightsSha256) {
        Input in = description.input();
        Output out = description.output();
        Map<String, String> pairs = new TreeMap<>(description.extra());
        pairs.put(FORMAT_VERSION, Integer.toString(VERSION));
        pairs.put(NETWORK, network);
        pairs.put(WEIGHTS_SHA256, weightsSha256);
        pairs.put(PREFIX + "training_run_id", description.runId());
        pairs.put(PREFIX + "feature_parameters", in.features());
        pairs.put(PREFIX + "channel_layout", in.stations().isEmpty() ? "single-receiver" : "stations");
        pairs.put(PREFIX + "stations", json(in.stations()));
        pairs.put(PREFIX + "absent_db", number(in.absentDb()));
        pairs.put(PREFIX + "feature_mean_db", number(in.meanDb()));
        pairs.put(PREFIX + "feature_deviation_db", number(in.deviationDb()));
        pairs.put(PREFIX + "plane_origin_latitude", number(out.plane().latitude()));
        pairs.put(PREFIX + "plane_origin_longitude", number(out.plane().longitude()));
        pairs.put(PREFIX + "target_east_mean_m", number(out.east().meanM()));
        pairs.put(PREFIX + "target_east_deviation_m", number(out.east().deviationM()));
        pairs.put(PREFIX + "target_north_mean_m", number(out.north().meanM()));
        pairs.put(PREFIX + "target_north_deviation_m", number(out.north().deviationM()));
        pairs.put(PREFIX + "sigma_scale", number(out.sigmaScale()));
        return pairs;
    }

    static ModelDescription read(Map<String, String> pairs) {
        String version = text(pairs, "format_version");
        if (!version.equals(Integer.toString(VERSION))) {
            throw new ModelException(
                    "the model has format version " + version + ", this program reads version " + VERSION);
        }
        Input in = new Input(
                text(pairs, "feature_parameters"),
                stations(text(pairs, "stations")),
                number(pairs, "absent_db"),
                number(pairs, "feature_mean_db"),
                number(pairs, "feature_deviation_db"));
        Output out = new Output(
                new LocalPlane(number(pairs, "plane_origin_latitude"), number(pairs, "plane_origin_longitude")),
                new Axis(number(pairs, "target_east_mean_m"), number(pairs, "target_east_deviation_m")),
                new Axis(number(pairs, "target_north_mean_m"), number(pairs, "target_north_deviation_m")),
                number(pairs, "sigma_scale"));
        Map<String, String> extra = pairs.entrySet().stream()
                .filter(pair -> !pair.getKey().startsWith(PREFIX))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new ModelDescription(in, out, text(pairs, "training_run_id"), extra);
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

    private static String json(List<String> stations) {
        try {
            return JSON.writeValueAsString(stations);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> stations(String json) {
        try {
            return JSON.readValue(json, new TypeReference<List<String>>() {});
        } catch (JsonProcessingException e) {
            throw new ModelException("the model's metadata " + PREFIX + "stations is not a list of names: " + json, e);
        }
    }
}
