package io.heimdall.app.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heimdall.pipeline.settings.Fields;
import io.heimdall.pipeline.training.TrainingFields;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The document that describes the service, and the methods that each path takes by it. */
final class OpenApi {
    private final byte[] document;
    /** Those without a parameter first. */
    private final List<Known> paths;

    /** A path with its methods; the pattern has any text in place of the path's parameters. */
    private record Known(Pattern path, List<String> methods) {
        static Known of(String path, List<String> methods) {
            return new Known(Pattern.compile(path.replaceAll("\\{[^}]*}", "[^/]+")), methods);
        }
    }

    private OpenApi(byte[] document, Map<String, List<String>> methods) {
        this.document = document;
        this.paths = methods.entrySet().stream()
                .map(path -> Known.of(path.getKey(), path.getValue()))
                .toList();
    }

    static OpenApi load() throws IOException {
        try (InputStream in = OpenApi.class.getResourceAsStream("openapi.json")) {
            JsonNode document = Answers.JSON.readTree(in);
            Fields<?> settings = TrainingFields.table();
            put(SettingsSchema.ofRequests(settings), document, "Configuration");
            put(SettingsSchema.ofAnswers(settings), document, "JobConfiguration");
            byte[] text = Answers.JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(document);
            return new OpenApi(text, methods(document.path("paths")));
        }
    }

    private static void put(ObjectNode properties, JsonNode document, String schema) {
        ((ObjectNode) document.at("/components/schemas/" + schema)).set("properties", properties);
    }

    private static Map<String, List<String>> methods(JsonNode paths) {
        Map<String, List<String>> methods = new TreeMap<>((one, other) ->
                one.contains("{") == other.contains("{") ? one.compareTo(other) : one.contains("{") ? 1 : -1);
        paths.properties().forEach(path -> {
            List<String> names = new ArrayList<>();
            path.getValue().fieldNames().forEachRemaining(name -> {
                if (!name.equals("parameters")) {
                    names.add(name.toUpperCase(Locale.ROOT));
                }
            });
            if (names.contains("GET")) {
                names.add("HEAD");
            }
            methods.put(path.getKey(), List.copyOf(names));
        });
        return methods;
    }

    /** Returns the document, not to be changed. */
    byte[] document() {
        return document;
    }

    /** Returns the methods that a path takes; empty if the document has no such path. */
    Optional<List<String>> methods(String path) {
        return paths.stream()
                .filter(known -> known.path().matcher(path).matches())
                .map(Known::methods)
                .findFirst();
    }

    /** Refuses a method that the document does not have for the path. */
    void checkMethod(Context context) {
        Optional<List<String>> allowed = methods(context.path());
        String method = context.req().getMethod();
        if (allowed.isPresent() && !allowed.get().contains(method)) {
            String names = String.join(", ", allowed.get());
            throw new Problem(405, "Method not allowed", "the path takes " + names).with("Allow", names);
        }
    }
}
