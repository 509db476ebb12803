package io.heimdall.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The OpenAPI document, held against what the service really answers. */
final class Description {
    private static final JsonMapper JSON = new JsonMapper();

    private final JsonNode document;
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    Description(byte[] document) throws IOException {
        this.document = JSON.readTree(document);
    }

    JsonNode document() {
        return document;
    }

    /** Returns {@code GET /health} and so on. */
    List<String> operations() {
        List<String> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    if (!operation.getKey().equals("parameters")) {
                        operations.add(operation.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey());
                    }
                }));
        return operations;
    }

    /** Checks that the document tells of such an answer, and that the body is as it says. */
    void check(String method, String path, int status, String contentType, String body) throws IOException {
        JsonNode operation = operation(method, path);
        String what = method + " " + path + " -> " + status;
        JsonNode response = resolved(operation.path("responses").path(Integer.toString(status)));
        assertThat(response.isObject()).as(what + " is described").isTrue();
        String type = contentType.replaceFirst(";.*", "");
        JsonNode content = response.path("content").path(type);
        assertThat(content.isObject()).as(what + " " + type + " is described").isTrue();
        if (type.endsWith("json")) {
            conforms(what, content.path("schema"), body);
        }
    }

    /** Returns what a node refers to in the document, or the node if it refers to nothing. */
    private JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asText();
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }

    /** Checks that text conforms to a schema of the document. */
    void conforms(String what, String schema, String json) throws IOException {
        conforms(what, JSON.createObjectNode().put("$ref", "#/components/schemas/" + schema), json);
    }

    private void conforms(String what, JsonNode schema, String json) throws IOException {
        ObjectNode whole = schema.deepCopy();
        whole.set("$defs", document.path("components").path("schemas"));
        JsonNode local = JSON.readTree(whole.toString().replace("#/components/schemas/", "#/$defs/"));
        assertThat(schemas.getSchema(local).validate(JSON.readTree(json)))
                .as(what + ": " + json)
                .isEmpty();
    }

    private JsonNode operation(String method, String path) {
        String plain = path.replaceFirst("\\?.*", "");
        for (var described : document.path("paths").properties()) {
            if (plain.matches(described.getKey().replaceAll("\\{[^}]*}", "[^/]+"))) {
                JsonNode operation = described.getValue().path(method.toLowerCase(java.util.Locale.ROOT));
                if (operation.isObject()) {
                    return operation;
                }
            }
        }
        throw new AssertionError(method + " " + path + " is not described");
    }
}
