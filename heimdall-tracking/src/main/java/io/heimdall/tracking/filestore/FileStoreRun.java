package io.heimdall.tracking.filestore;

import io.heimdall.tracking.MetricPoint;
import io.heimdall.tracking.Names;
import io.heimdall.tracking.RunStatus;
import io.heimdall.tracking.TrackedRun;
import io.heimdall.tracking.TrackingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run that is being recorded in a file store. */
final class FileStoreRun implements TrackedRun {
    private final RunDirectory run;
    /** Value by step, of each metric that was recorded before the run was resumed or since. */
    private final Map<String, Map<Long, Double>> recorded = new HashMap<>();

    FileStoreRun(RunDirectory run) {
        this.run = run;
    }

    @Override
    public String id() {
        return run.id();
    }

    @Override
    public synchronized void param(String name, String value) {
        Path file = run.params().resolve(Names.path("param", name));
        Names.paramValue(name, value);
        recording("param " + name, () -> {
            if (Files.isRegularFile(file)) {
                String former = Files.readString(file);
                if (!former.equals(value)) {
                    throw new TrackingException("run " + id() + ": param " + name + " is '" + former
                            + "' already and cannot become '" + value + "'");
                }
            } else {
                StoreFiles.write(file, run.path(), value);
            }
        });
    }

    @Override
    public synchronized void tag(String name, String value) {
        Path file = run.tags().resolve(Names.path("tag", name));
        Names.tagValue(name, value);
        recording("tag " + name, () -> StoreFiles.write(file, run.path(), value));
    }

    @Override
    public synchronized void metric(String name, double value, long step, Instant at) {
        Path file = run.metrics().resolve(Names.path("metric", name));
        recording("metric " + name, () -> {
            Map<Long, Double> steps = recorded.get(name);
            if (steps == null) {
                steps = former(file);
                recorded.put(name, steps);
            }
            Double former = steps.get(step);
            if (former == null || Double.compare(former, value) != 0) {
                StoreFiles.append(
                        file, MetricFile.line(new MetricPoint(at.truncatedTo(ChronoUnit.MILLIS), value, step)));
                steps.put(step, value);
            }
        });
    }

    private static Map<Long, Double> former(Path file) throws IOException {
        Map<Long, Double> steps = new HashMap<>();
        if (Files.isRegularFile(file)) {
            MetricFile.repair(file);
            MetricFile.read(file).forEach(point -> steps.put(point.step(), point.value()));
        }
        return steps;
    }

    @Override
    public synchronized void artifact(Path source, String directory) {
        Path target = run.artifacts().resolve(Names.directory(directory));
        recording("artifact " + source, () -> {
            if (Files.isDirectory(source)) {
                List<Path> files = StoreFiles.files(source);
                for (Path file : files) {
                    StoreFiles.copy(file, target.resolve(source.relativize(file).toString()), run.path());
                }
            } else if (Files.isRegularFile(source)) {
                StoreFiles.copy(source, target.resolve(source.getFileName()), run.path());
            } else {
                throw new TrackingException("run " + id() + ": artifact " + source + " does not exist");
            }
        });
    }

    @Override
    public synchronized void finish(RunStatus status) {
        if (status == RunStatus.RUNNING) {
            throw new IllegalArgumentException("a run cannot be finished as RUNNING");
        }
        recording("status", () -> run.status(status, Optional.of(Instant.now())));
    }

    private interface Recording {
        void run() throws IOException;
    }

    private void recording(String what, Recording recording) {
        try {
            recording.run();
        } catch (IOException e) {
            String run = "run " + id();
            throw StoreFiles.fault(run, run + ": " + what + " cannot be recorded: " + StoreFiles.reason(e), e);
        }
    }
}
