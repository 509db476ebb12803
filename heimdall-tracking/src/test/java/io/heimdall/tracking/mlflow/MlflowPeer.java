package io.heimdall.tracking.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server with the part of MLflow's REST interface that the library uses, for faults that a real one will not make.
 *
 * <p>It is as strict as a server on a file store, which keeps a value of a metric as often as it gets it.
 */
public final class MlflowPeer implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String API = "/api/2.0/mlflow/";
    private static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts/";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    public final PeerFaults faults = new PeerFaults();
    /** Calls by path, those that failed included. */
    public final Map<String, Integer> calls = new TreeMap<>();
    /** What {@code Authorization} has to be; nothing if all are let in. */
    public volatile String authorization = "";
    /** Start of the artifacts' address of new runs. */
    public volatile String artifactRoot = "mlflow-artifacts:/";

    private final Map<String, ObjectNode> experiments = new LinkedHashMap<>();
    private final Map<String, Run> runs = new LinkedHashMap<>();
    private final Map<String, ObjectNode> models = new LinkedHashMap<>();
    private final Map<String, List<ObjectNode>> versions = new HashMap<>();
    private final Map<String, byte[]> files = new TreeMap<>();

    private static final class Run {
        private final ObjectNode info = JSON.createObjectNode();
        private final Map<String, String> params = new TreeMap<>();
        private final Map<String, String> tags = new TreeMap<>();
        private final Map<String, List<JsonNode>> metrics = new TreeMap<>();
    }

    /** What MLflow answers to a call that it refuses. */
    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int status;
        private final String code;

        Refusal(int status, String code, String message) {
            super(message);
            this.status = status;
            this.code = code;
        }
    }

    public MlflowPeer() throws IOException {
        this(PeerPorts.listen());
    }

    public MlflowPeer(int port) throws IOException {
        this(PeerPorts.listen(port));
    }

    private MlflowPeer(HttpServer server) {
        this.server = server;
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public int calls(String path) {
        synchronized (calls) {
            return calls.getOrDefault(path, 0);
        }
    }

    public int calls() {
        synchronized (calls) {
            return calls.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** Forgets everything, as a server does whose database is lost. */
    public synchronized void forget() {
        experiments.clear();
        runs.clear();
        models.clear();
        versions.clear();
        files.clear();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String call = path.startsWith(ARTIFACTS) ? exchange.getRequestMethod() : path.substring(API.length());
        synchronized (calls) {
            calls.merge(call, 1, Integer::sum);
        }
        PeerFaults.Fault fault = faults.next(call);
        if (fault.instead(exchange)) {
            return;
        }
        byte[] body = exchange.getRequestBody().readAllBytes();
        int status = 200;
        byte[] answer;
        try {
            if (!authorization.isEmpty()
                    && !authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                throw new Refusal(401, "", "");
            }
            answer = path.startsWith(ARTIFACTS)
                    ? file(call, path.substring(ARTIFACTS.length()), fault.cut(body))
                    : JSON.writeValueAsBytes(answer(call, request(exchange, body)));
        } catch (Refusal e) {
            status = e.status;
            answer = JSON.writeValueAsBytes(Map.of("error_code", e.code, "message", String.valueOf(e.getMessage())));
        }
        fault.answer(exchange, status, answer);
    }

    private static JsonNode request(HttpExchange exchange, byte[] body) throws IOException {
        if (body.length > 1_000_000) {
            throw new Refusal(400, "INVALID_PARAMETER_VALUE", "the request is over 1 MB");
        }
        if (body.length > 0) {
            return JSON.readTree(body);
        }
        ObjectNode query = JSON.createObjectNode();
        String text = exchange.getRequestURI().getRawQuery();
        for (String pair : text == null ? new String[0] : text.split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private synchronized byte[] file(String method, String path, byte[] body) {
        if (method.equals("PUT")) {
            files.put(path, body);
            return "{}".getBytes(StandardCharsets.UTF_8);
        }
        if (!files.containsKey(path)) {
            throw new Refusal(404, "RESOURCE_DOES_NOT_EXIST", "no artifact " + path);
        }
        return files.get(path);
    }

    private synchronized JsonNode answer(String call, JsonNode in) {
        return switch (call) {
            case "experiments/create" -> createExperiment(in.get("name").asText());
            case "experiments/get-by-name" ->
                object(
                        "experiment",
                        experiments.values().stream()
                                .filter(e -> e.get("name").equals(in.get("experiment_name")))
                                .findFirst()
                                .orElseThrow(() -> absent("experiment " + in)));
            case "experiments/get" ->
                object("experiment", experiments.get(in.get("experiment_id").asText()));
            case "experiments/search" -> array("experiments", experiments.values());
            case "runs/create" -> object("run", json(createRun(in)));
            case "runs/get" -> object("run", json(run(in)));
            case "runs/update" -> update(run(in), in);
            case "runs/delete" -> object("", run(in).info.put("lifecycle_stage", "deleted"));
            case "runs/search" -> array("runs", search(in));
            case "runs/log-batch" -> logBatch(run(in), in);
            case "metrics/get-history" ->
                array(
                        "metrics",
                        run(in).metrics.getOrDefault(in.get("metric_key").asText(), List.of()));
            case "artifacts/list" ->
                array("files", list(run(in), in.path("path").asText("")));
            case "registered-models/create" -> createModel(in.get("name").asText());
            case "registered-models/get" -> object("registered_model", model(in));
            case "registered-models/alias" -> alias(in);
            case "model-versions/create" -> object("model_version", createVersion(in));
            case "model-versions/search" ->
                array(
                        "model_versions",
                        versions.getOrDefault(in.get("filter").asText().replaceAll("name='(.*)'", "$1"), List.of()));
            case "model-versions/set-tag" -> tagVersion(in);
            case "model-versions/delete" -> deleteVersion(in);
            default -> throw new Refusal(404, "ENDPOINT_NOT_FOUND", call);
        };
    }

    private static Refusal absent(String what) {
        return new Refusal(404, "RESOURCE_DOES_NOT_EXIST", "no " + what);
    }

    private static ObjectNode object(String name, JsonNode value) {
        ObjectNode object = JSON.createObjectNode();
        return name.isEmpty() ? object : object.set(name, value);
    }

    private static ObjectNode array(String name, Iterable<? extends JsonNode> values) {
        ArrayNode array = JSON.createArrayNode();
        values.forEach(array::add);
        return object(name, array);
    }

    private ObjectNode createExperiment(String name) {
        if (experiments.values().stream().anyMatch(e -> e.get("name").asText().equals(name))) {
            throw new Refusal(400, "RESOURCE_ALREADY_EXISTS", name);
        }
        String id = Integer.toString(experiments.size() + 1);
        experiments.put(
                id,
                JSON.createObjectNode()
                        .put("experiment_id", id)
                        .put("name", name)
                        .put("lifecycle_stage", "active"));
        return JSON.createObjectNode().put("experiment_id", id);
    }

    private Run createRun(JsonNode in) {
        Run run = new Run();
        String id = String.format("%032x", runs.size() + 0xabcL);
        run.info
                .put("run_id", id)
                .put("run_name", in.get("run_name").asText())
                .put("experiment_id", in.get("experiment_id").asText())
                .put("status", "RUNNING")
                .put("lifecycle_stage", "active")
                .put("start_time", in.get("start_time").asLong())
                .put("artifact_uri", artifactRoot + in.get("experiment_id").asText() + "/" + id + "/artifacts")
                .put("a field of later versions", true);
        in.path("tags")
                .forEach(tag ->
                        run.tags.put(tag.get("key").asText(), tag.get("value").asText()));
        runs.put(id, run);
        return run;
    }

    private Run run(JsonNode in) {
        Run run = runs.get(in.get("run_id").asText());
        if (run == null) {
            throw absent("run " + in);
        }
        return run;
    }

    private static ObjectNode update(Run run, JsonNode in) {
        run.info.put("status", in.get("status").asText());
        if (in.has("end_time")) {
            run.info.put("end_time", in.get("end_time").asLong());
        }
        return object("run_info", run.info);
    }

    private static ObjectNode json(Run run) {
        ObjectNode data = JSON.createObjectNode();
        run.params.forEach((key, value) ->
                data.withArray("params").addObject().put("key", key).put("value", value));
        run.tags.forEach((key, value) ->
                data.withArray("tags").addObject().put("key", key).put("value", value));
        run.metrics.forEach((key, values) -> data.withArray("metrics")
                .add(values.stream()
                        .max(Comparator.comparingLong(m -> m.get("step").asLong()))
                        .orElseThrow()));
        ObjectNode json = object("info", run.info);
        json.set("data", data);
        return json;
    }

    private List<ObjectNode> search(JsonNode in) {
        String filter = in.path("filter").asText("");
        String origin = filter.replaceAll("tags.`heimdall.run` = '(.*)'", "$1");
        List<String> ids = new ArrayList<>();
        in.get("experiment_ids").forEach(id -> ids.add(id.asText()));
        return runs.values().stream()
                .filter(run -> ids.contains(run.info.get("experiment_id").asText()))
                .filter(run -> run.info.get("lifecycle_stage").asText().equals("active"))
                .filter(run -> filter.isEmpty() || origin.equals(run.tags.get("heimdall.run")))
                .sorted(Comparator.comparingLong(
                        run -> -run.info.get("start_time").asLong()))
                .map(MlflowPeer::json)
                .toList();
    }

    private static ObjectNode logBatch(Run run, JsonNode in) {
        int metrics = in.path("metrics").size();
        int params = in.path("params").size();
        int tags = in.path("tags").size();
        if (params > 100 || tags > 100 || metrics + params + tags > 1000) {
            throw new Refusal(400, "INVALID_PARAMETER_VALUE", "a batch of " + metrics + ", " + params + ", " + tags);
        }
        in.path("params").forEach(param -> {
            String value = param.get("value").asText();
            String former = run.params.putIfAbsent(param.get("key").asText(), value);
            if (former != null && !former.equals(value)) {
                throw new Refusal(400, "INVALID_PARAMETER_VALUE", "a changed param " + param);
            }
        });
        in.path("tags")
                .forEach(tag ->
                        run.tags.put(tag.get("key").asText(), tag.get("value").asText()));
        in.path("metrics")
                .forEach(metric -> run.metrics
                        .computeIfAbsent(metric.get("key").asText(), key -> new ArrayList<>())
                        // Fields that are not there are zero.
                        .add(((ObjectNode) metric.deepCopy())
                                .put("value", metric.path("value").asText("0"))
                                .put("step", metric.path("step").asLong(0))));
        return JSON.createObjectNode();
    }

    private List<ObjectNode> list(Run run, String directory) {
        String root = run.info.get("artifact_uri").asText().replaceAll("^[a-z0-9-]+:/+", "") + "/";
        String below = directory.isEmpty() ? root : root + directory + "/";
        Map<String, ObjectNode> entries = new TreeMap<>();
        files.forEach((path, content) -> {
            if (path.startsWith(below)) {
                String name = path.substring(below.length());
                boolean deeper = name.contains("/");
                String entry = (directory.isEmpty() ? "" : directory + "/") + name.replaceFirst("/.*", "");
                ObjectNode json = JSON.createObjectNode().put("path", entry).put("is_dir", deeper);
                entries.put(entry, deeper ? json : json.put("file_size", content.length));
            }
        });
        return List.copyOf(entries.values());
    }

    private ObjectNode createModel(String name) {
        if (models.containsKey(name)) {
            throw new Refusal(400, "RESOURCE_ALREADY_EXISTS", name);
        }
        models.put(name, JSON.createObjectNode().put("name", name));
        return object("registered_model", models.get(name));
    }

    private ObjectNode model(JsonNode in) {
        ObjectNode model = models.get(in.get("name").asText());
        if (model == null) {
            throw absent("model " + in);
        }
        return model;
    }

    private ObjectNode createVersion(JsonNode in) {
        String name = model(in).get("name").asText();
        List<ObjectNode> list = versions.computeIfAbsent(name, key -> new ArrayList<>());
        int last = list.stream().mapToInt(v -> v.get("version").asInt()).max().orElse(0);
        ObjectNode version = JSON.createObjectNode()
                .put("name", name)
                .put("version", Integer.toString(last + 1))
                .put("run_id", in.get("run_id").asText())
                .put("source", in.get("source").asText())
                .put("creation_timestamp", 1);
        version.set("tags", in.path("tags"));
        list.add(version);
        return version;
    }

    private ObjectNode tagVersion(JsonNode in) {
        ObjectNode version = versions.getOrDefault(in.get("name").asText(), List.of()).stream()
                .filter(v -> v.get("version").equals(in.get("version")))
                .findFirst()
                .orElseThrow(() -> absent("version " + in));
        version.set("tags", NamedPairs.replaced(version.path("tags"), "key", "value", in));
        return JSON.createObjectNode();
    }

    private ObjectNode deleteVersion(JsonNode in) {
        versions.get(in.get("name").asText()).removeIf(v -> v.get("version").equals(in.get("version")));
        return JSON.createObjectNode();
    }

    private ObjectNode alias(JsonNode in) {
        model(in).set("aliases", NamedPairs.replaced(model(in).path("aliases"), "alias", "version", in));
        return JSON.createObjectNode();
    }
}
