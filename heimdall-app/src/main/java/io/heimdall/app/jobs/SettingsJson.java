package io.heimdall.app.jobs;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heimdall.pipeline.training.TrainingFields;
import io.heimdall.pipeline.training.TrainingSettings;
import java.util.Map;

/** Reads and writes training settings as JSON, with the names of {@link TrainingFields}. */
public final class SettingsJson {
    private static final long DEFAULT_SEED = 1;
    private static final int LONGEST_SHOWN = 60;
    private static final JsonMapper JSON = new JsonMapper();

    private SettingsJson() {}

    /**
     * Reads settings; what is not there, or null, is the default.
     *
     * @throws IllegalArgumentException naming a field that is unknown or has a value that makes no sense
     */
    public static TrainingSettings read(JsonNode object) {
        return read(object, TrainingSettings.seeded(DEFAULT_SEED));
    }

    /**
     * Reads settings; what is not there is as in {@code usual}, and what is null is the default of {@link #read(JsonNode)}.
     *
     * @throws IllegalArgumentException naming a field that is unknown or has a value that makes no sense
     */
    public static TrainingSettings read(JsonNode object, TrainingSettings usual) {
        return TrainingFields.table().asked(values(object), usual, TrainingSettings.seeded(DEFAULT_SEED));
    }

    /** Reads what {@link #write} wrote; what was once accepted is not refused, whatever the ranges are now. */
    static TrainingSettings parse(String text) {
        return TrainingFields.table().saved(values(JobJson.tree(text)), TrainingSettings.seeded(DEFAULT_SEED));
    }

    private static Map<String, Object> values(JsonNode object) {
        if (!object.isObject()) {
            String text = object.toString();
            throw new IllegalArgumentException("the settings are "
                    + (text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...")
                    + ", expected an object");
        }
        return JSON.convertValue(object, new TypeReference<Map<String, Object>>() {});
    }

    /** Writes settings, every field of them. */
    public static ObjectNode write(TrainingSettings settings) {
        return JSON.valueToTree(TrainingFields.table().json(settings));
    }
}
