package io.heimdall.tracking.mlflow;

import io.heimdall.tracking.MetricPoint;
import io.heimdall.tracking.Names;
import io.heimdall.tracking.RunStatus;
import io.heimdall.tracking.TrackedRun;
import io.heimdall.tracking.TrackingException;
import io.heimdall.tracking.filestore.StoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A run that is being recorded on a server; every method returns when the server has it. */
final class MlflowRun implements TrackedRun {
    private final String id;
    private final MlflowRuns runs;
    private final ArtifactRoot artifacts;
    private final Map<String, String> params;
    private final Runnable ended;
    /** Value by step, of each metric that was recorded before the run was resumed or since. */
    private final Map<String, Map<Long, Double>> recorded = new HashMap<>();

    /** @param ended called when the run has ended */
    MlflowRun(String id, MlflowRuns runs, ArtifactRoot artifacts, Map<String, String> params, Runnable ended) {
        this.id = id;
        this.runs = runs;
        this.artifacts = artifacts;
        this.params = new HashMap<>(params);
        this.ended = ended;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public void param(String name, String value) {
        params(Map.of(name, value));
    }

    @Override
    public synchronized void params(Map<String, ?> values) {
        Map<String, String> fresh = new TreeMap<>();
        values.forEach((name, given) -> {
            String value = String.valueOf(given);
            String former = params.get(Names.path("param", name));
            Names.paramValue(name, value);
            if (former == null) {
                fresh.put(name, value);
            } else if (!former.equals(value)) {
                throw new TrackingException("run " + id + ": param " + name + " is '" + former
                        + "' already and cannot become '" + value + "'");
            }
        });
        runs.params(id, fresh);
        params.putAll(fresh);
    }

    @Override
    public void tag(String name, String value) {
        Names.path("tag", name);
        Names.tagValue(name, value);
        runs.tags(id, Map.of(name, value));
    }

    @Override
    public void metric(String name, double value, long step, Instant at) {
        metrics(Map.of(name, value), step, at);
    }

    @Override
    public synchronized void metrics(Map<String, Double> values, long step, Instant at) {
        List<MlflowRuns.Value> fresh = new ArrayList<>();
        new TreeMap<>(values).forEach((name, value) -> {
            Double former = former(Names.path("metric", name)).get(step);
            if (former == null || Double.compare(former, value) != 0) {
                fresh.add(new MlflowRuns.Value(name, new MetricPoint(at.truncatedTo(ChronoUnit.MILLIS), value, step)));
            }
        });
        runs.metrics(id, fresh, false);
        fresh.forEach(
                value -> recorded.get(value.metric()).put(step, value.point().value()));
    }

    private Map<Long, Double> former(String metric) {
        return recorded.computeIfAbsent(
                metric,
                name -> runs.history(id, name).stream()
                        .collect(Collectors.toMap(MetricPoint::step, MetricPoint::value, (a, b) -> b, HashMap::new)));
    }

    @Override
    public void artifact(Path source, String directory) {
        String prefix = Names.directory(directory).isEmpty() ? "" : directory + "/";
        if (Files.isDirectory(source)) {
            for (Path file : files(source)) {
                artifacts.put(file, prefix + source.relativize(file).toString().replace('\\', '/'));
            }
        } else if (Files.isRegularFile(source)) {
            artifacts.put(source, prefix + source.getFileName());
        } else {
            throw new TrackingException("run " + id + ": artifact " + source + " does not exist");
        }
    }

    private List<Path> files(Path directory) {
        try {
            return StoreFiles.files(directory);
        } catch (IOException e) {
            String run = "run " + id;
            throw StoreFiles.fault(run, run + ": artifact " + directory + " cannot be read: " + e, e);
        }
    }

    @Override
    public void finish(RunStatus status) {
        if (status == RunStatus.RUNNING) {
            throw new IllegalArgumentException("a run cannot be finished as RUNNING");
        }
        runs.status(id, status, Optional.of(Instant.now()));
        ended.run();
    }
}
