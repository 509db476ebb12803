package io.heimdall.tracking.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.heimdall.tracking.RefusedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.mlflow_project.google.protobuf.Descriptors.FieldDescriptor;
import org.mlflow_project.google.protobuf.InvalidProtocolBufferException;
import org.mlflow_project.google.protobuf.Message;
import org.mlflow_project.google.protobuf.util.JsonFormat;

/**
 * Calls of MLflow's REST interface, each made once and within a time limit.
 *
 * <p>The messages are those of MLflow's Java client. Every method throws {@link IOException} for what may pass (no
 * connection, no answer in time, half an answer, 408, 429, 5xx) and {@link RefusedException} for what will not. Thread-safe.
 */
final class MlflowConnection {
    private static final String API = "/api/2.0/mlflow/";
    private static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts/";
    /** Of an answer that is held in memory: 10 000 values of a metric are 1 MB. */
    private static final int LARGEST_ANSWER = 64 << 20;

    private static final int BYTES_PER_SECOND = 100_000;
    private static final int LONGEST_MESSAGE = 300;

    private final MlflowSettings settings;
    private final HttpClient client;
    private final JsonMapper json = new JsonMapper();

    MlflowConnection(MlflowSettings settings) {
        this.settings = settings;
        this.client = HttpClient.newBuilder()
                // Python's servers warn of an offer of HTTP/2, and a redirection would get the login.
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.timeLimit())
                .build();
    }

    MlflowSettings settings() {
        return settings;
    }

    <B extends Message.Builder> B get(String path, Message query, B answer) throws IOException, InterruptedException {
        return parse(path, send(path, request(API + path + query(query)).GET(), 0, limited()), answer);
    }

    <B extends Message.Builder> B post(String path, Message body, B answer) throws IOException, InterruptedException {
        return call("POST", path, body, answer);
    }

    <B extends Message.Builder> B delete(String path, Message body, B answer) throws IOException, InterruptedException {
        return call("DELETE", path, body, answer);
    }

    private <B extends Message.Builder> B call(String method, String path, Message body, B answer)
            throws IOException, InterruptedException {
        String text = JsonFormat.printer()
                .preservingProtoFieldNames()
                .omittingInsignificantWhitespace()
                .print(body);
        HttpRequest.Builder request = request(API + path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(text));
        return parse(path, send(path, request, 0, limited()), answer);
    }

    /** Puts a file to the artifacts that the server keeps. */
    void upload(String path, Path file) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(ARTIFACTS + encode(path))
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofFile(file));
        send(path, request, Files.size(file), limited());
    }

    /** Gets an artifact that the server keeps; what a fault leaves of the file is for the caller to remove. */
    void download(String path, Path file, long bytes) throws IOException, InterruptedException {
        send(
                path,
                request(ARTIFACTS + encode(path)).GET(),
                bytes,
                head -> head.statusCode() == 200
                        ? BodySubscribers.mapping(BodySubscribers.ofFile(file), done -> new byte[0])
                        : limited().apply(head));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(settings.address() + path)).header("User-Agent", "heimdall-training");
        settings.authorization().ifPresent(secret -> request.header("Authorization", secret));
        return request;
    }

    /** The time limit is kept here and not by the client, whose own one ends with the head of the answer. */
    private byte[] send(String what, HttpRequest.Builder request, long bytes, BodyHandler<byte[]> handler)
            throws IOException, InterruptedException {
        Duration limit = settings.timeLimit().plusMillis(bytes * 1000 / BYTES_PER_SECOND);
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request.build(), handler);
        try {
            HttpResponse<byte[]> response = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            check(what, response);
            return response.body();
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + limit.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw fault(e.getCause());
        } finally {
            answer.cancel(true); // ends the exchange where it still goes on
        }
    }

    private static IOException fault(Throwable cause) {
        if (cause instanceof ConnectException) {
            return new IOException("no connection (refused, or no such host)", cause);
        }
        return cause instanceof IOException fault ? fault : new IOException(cause.toString(), cause);
    }

    private void check(String what, HttpResponse<byte[]> response) throws PassingFault {
        int status = response.statusCode();
        if (status / 100 == 2) {
            return;
        }
        if (status / 100 == 3) {
            throw new RefusedException(
                    what,
                    settings + ": " + what + ": it points to '"
                            + response.headers().firstValue("Location").orElse("?")
                            + "'; give the address that is meant",
                    "");
        }
        JsonNode problem = problem(response.body());
        String code = problem.path("error_code").asText("");
        String message = problem.path("message").asText("").strip();
        String text = "HTTP " + status + (code.isEmpty() ? "" : " " + code) + (message.isEmpty() ? "" : ": ")
                + (message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) + "..." : message);
        if (status >= 500 || status == 429 || status == 408) {
            throw new PassingFault(
                    text,
                    response.headers()
                            .firstValue("Retry-After")
                            .filter(seconds -> seconds.matches("\\d{1,6}"))
                            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                            .orElse(Duration.ZERO));
        }
        String hint = status == 401 || status == 403 ? "; check MLFLOW_TRACKING_USERNAME, _PASSWORD or _TOKEN" : "";
        throw new RefusedException(what, settings + ": " + what + ": " + text + hint, code);
    }

    private JsonNode problem(byte[] body) {
        try {
            return json.readTree(body);
        } catch (IOException e) {
            return json.createObjectNode(); // a page of a proxy, most likely
        }
    }

    private static <B extends Message.Builder> B parse(String path, byte[] body, B answer) throws IOException {
        try {
            JsonFormat.parser().ignoringUnknownFields().merge(new String(body, StandardCharsets.UTF_8), answer);
            return answer;
        } catch (InvalidProtocolBufferException e) {
            throw new IOException(path + ": the answer of " + body.length + " bytes is not MLflow's JSON", e);
        }
    }

    private static BodyHandler<byte[]> limited() {
        return head -> new LimitedBody(LARGEST_ANSWER);
    }

    private static String query(Message query) {
        String text = query.getAllFields().entrySet().stream()
                .flatMap(field -> values(field).stream()
                        .map(value -> field.getKey().getName() + "="
                                + URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8)))
                .collect(Collectors.joining("&"));
        return text.isEmpty() ? "" : "?" + text;
    }

    private static List<?> values(Map.Entry<FieldDescriptor, Object> field) {
        return field.getValue() instanceof List<?> list ? list : List.of(field.getValue());
    }

    /** A path as it stands in an address. */
    static String encode(String path) {
        return URLEncoder.encode(path, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }
}
