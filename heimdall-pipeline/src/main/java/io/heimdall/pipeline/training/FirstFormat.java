package io.heimdall.pipeline.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** The first format of {@code training.json}: settings in the groups of the code, and constants as Java spells them. */
final class FirstFormat {
    static final int NUMBER = 1;

    private FirstFormat() {}

    /** Returns the settings by the names of {@link TrainingFields}. */
    static ObjectNode settings(JsonNode state) {
        ObjectNode settings = new JsonMapper().createObjectNode();
        // The first releases had no pretraining: what they began goes on without.
        settings.put("pretrain", Pretraining.OFF.text());
        settings.setAll(group(state, "plan"));
        ObjectNode data = group(state, "data");
        settings.set("split_seed", data.remove("seed"));
        settings.setAll(data);
        word(settings, "layout");
        word(settings, "split_by");
        ObjectNode varied = group(state, "augmentation");
        boolean on = varied.path("shapes").asBoolean()
                || varied.path("power_db").asDouble() != 0
                || varied.path("station_db").asDouble() != 0;
        settings.put("augmentation", on);
        varied.properties().forEach(field -> settings.set("augment_" + field.getKey(), field.getValue()));
        double clipNorm = Double.parseDouble(settings.path("clip_norm").asText()); // a text, for the sake of Infinity
        if (Double.isFinite(clipNorm)) {
            settings.put("clip_norm", clipNorm);
        }
        for (String name : List.of("network", "pretrain", "pretrained", "backend", "model_name", "experiment")) {
            if (state.has(name)) {
                settings.set(name, state.get(name));
            }
        }
        return settings;
    }

    static ObjectNode group(JsonNode state, String name) {
        if (state.get(name) instanceof ObjectNode group) {
            return group;
        }
        throw new IllegalArgumentException("it has no object '" + name + "'");
    }

    private static void word(ObjectNode settings, String name) {
        if (settings.hasNonNull(name)) {
            settings.put(
                    name, settings.get(name).asText().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
    }
}
