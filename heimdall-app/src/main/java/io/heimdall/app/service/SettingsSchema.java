package io.heimdall.app.service;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heimdall.pipeline.settings.Field;
import io.heimdall.pipeline.settings.FieldType;
import io.heimdall.pipeline.settings.Fields;
import io.heimdall.pipeline.settings.Word;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The JSON schema of a table of settings, each of which may be null. */
final class SettingsSchema {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private SettingsSchema() {}

    /** Returns the schemas of what requests may say, by the names of the settings. */
    static ObjectNode ofRequests(Fields<?> table) {
        ObjectNode properties = properties(table, FieldType::schema);
        table.all().forEach(field -> {
            if (field.type() instanceof Word<?> word && word.limit().isPresent()) {
                String limited = field.description() + ": " + word.limit().get().expected() + ".";
                ((ObjectNode) properties.get(field.name())).put("description", limited);
            }
        });
        return properties;
    }

    /** Returns the schemas of what answers may say, by the names of the settings. */
    static ObjectNode ofAnswers(Fields<?> table) {
        return properties(table, FieldType::answerSchema);
    }

    private static ObjectNode properties(Fields<?> table, Function<FieldType<?>, Map<String, Object>> schema) {
        ObjectNode properties = JSON.createObjectNode();
        for (Field<?, ?> field : table.all()) {
            ObjectNode property = orNull(JSON.valueToTree(schema.apply(field.type())));
            properties.set(field.name(), property.put("description", field.description() + "."));
        }
        return properties;
    }

    private static ObjectNode orNull(ObjectNode schema) {
        String type = schema.path("type").textValue();
        if (type != null) {
            schema.putArray("type").add(type).add("null");
            if (schema.get("enum") instanceof ArrayNode words) {
                words.addNull();
            }
        }
        for (String several : List.of("oneOf", "anyOf")) {
            if (schema.get(several) instanceof ArrayNode schemas) {
                schemas.addObject().put("type", "null");
            }
        }
        return schema;
    }
}
