package io.heimdall.tracking.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;

/** Lists of names and values in the messages of MLflow. */
final class NamedPairs {
    private static final JsonMapper JSON = new JsonMapper();

    private NamedPairs() {}

    /** Returns pairs with the one of the request in the place of the former one of its name. */
    static ArrayNode replaced(JsonNode pairs, String name, String value, JsonNode in) {
        ArrayNode kept = JSON.createArrayNode();
        pairs.forEach(pair -> {
            if (!pair.get(name).equals(in.get(name))) {
                kept.add(pair);
            }
        });
        kept.addObject()
                .put(name, in.get(name).asText())
                .put(value, in.get(value).asText());
        return kept;
    }
}
