package io.heimdall.tracking.filestore;

import static io.heimdall.tracking.filestore.StoreFiles.META;

import io.heimdall.tracking.RecordFormatException;
import io.heimdall.tracking.RunInfo;
import io.heimdall.tracking.RunStatus;
import io.heimdall.tracking.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The directory of one run in a file store.
 *
 * @param path of it, absolute
 */
public record RunDirectory(Path path) {

    public String id() {
        return path.getFileName().toString();
    }

    public Path params() {
        return path.resolve("params");
    }

    public Path tags() {
        return path.resolve("tags");
    }

    public Path metrics() {
        return path.resolve("metrics");
    }

    public Path artifacts() {
        return path.resolve("artifacts");
    }

    /** Makes the directory; the description comes last and makes it a run. */
    public void create(RunInfo info, Instant start) throws IOException {
        for (Path part : List.of(params(), tags(), metrics(), artifacts())) {
            Files.createDirectories(part);
        }
        for (Map.Entry<String, String> tag : tags(info).entrySet()) {
            StoreFiles.write(tags().resolve(tag.getKey()), path, tag.getValue());
        }
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("artifact_uri", artifacts().toUri().toString().replaceAll("/$", ""));
        meta.put("end_time", null);
        meta.put("entry_point_name", "");
        meta.put("experiment_id", path.getParent().getFileName().toString());
        meta.put("lifecycle_stage", "active");
        meta.put("run_id", id());
        meta.put("run_uuid", id());
        meta.put("run_name", info.name());
        meta.put("source_name", "");
        meta.put("source_type", 4);
        meta.put("source_version", "");
        meta.put("start_time", start.toEpochMilli());
        meta.put("status", RunStatus.RUNNING.code());
        meta.put("tags", List.of());
        meta.put("user_id", System.getProperty("user.name", "unknown"));
        StoreFiles.writeYaml(path.resolve(META), meta);
    }

    /** Returns the tags of a run with those that MLflow's page shows. */
    public static Map<String, String> tags(RunInfo info) {
        Map<String, String> tags = new TreeMap<>(info.tags());
        tags.put("mlflow.runName", info.name());
        tags.put("mlflow.user", System.getProperty("user.name", "unknown"));
        tags.put("mlflow.source.name", "heimdall");
        tags.put("mlflow.source.type", "LOCAL");
        return tags;
    }

    public void status(RunStatus status, Optional<Instant> end) throws IOException {
        Map<String, Object> meta = new LinkedHashMap<>(StoreFiles.readYaml(path.resolve(META)));
        meta.put("status", status.code());
        meta.put("end_time", end.map(Instant::toEpochMilli).orElse(null));
        StoreFiles.writeYaml(path.resolve(META), meta);
    }

    public RunSummary summary(String experiment) throws IOException {
        Map<String, Object> meta = StoreFiles.readYaml(path.resolve(META));
        Map<String, Double> metrics = new TreeMap<>();
        for (Path file : StoreFiles.files(metrics())) {
            MetricFile.last(MetricFile.read(file))
                    .ifPresent(point -> metrics.put(name(metrics(), file), point.value()));
        }
        return new RunSummary(
                id(),
                experiment,
                String.valueOf(meta.get("run_name")),
                RunStatus.of((int) number(meta, "status")),
                Instant.ofEpochMilli(number(meta, "start_time")),
                meta.get("end_time") == null
                        ? Optional.empty()
                        : Optional.of(Instant.ofEpochMilli(number(meta, "end_time"))),
                texts(params()),
                texts(tags()),
                metrics);
    }

    public boolean active() throws IOException {
        return "active".equals(StoreFiles.readYaml(path.resolve(META)).getOrDefault("lifecycle_stage", "active"));
    }

    private long number(Map<String, Object> meta, String key) throws IOException {
        if (meta.get(key) instanceof Number number) {
            return number.longValue();
        }
        throw new RecordFormatException(
                path.resolve(META), "", key + " is '" + meta.get(key) + "', expected a number", null);
    }

    private static Map<String, String> texts(Path directory) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (Path file : StoreFiles.files(directory)) {
            texts.put(name(directory, file), Files.readString(file));
        }
        return texts;
    }

    public static String name(Path directory, Path file) {
        return directory.relativize(file).toString().replace('\\', '/');
    }
}
