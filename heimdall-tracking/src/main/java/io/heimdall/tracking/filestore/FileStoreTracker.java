package io.heimdall.tracking.filestore;

import static io.heimdall.tracking.filestore.StoreFiles.META;

import io.heimdall.files.ExclusiveFile;
import io.heimdall.files.ExclusiveFile.Held;
import io.heimdall.tracking.AliasMove;
import io.heimdall.tracking.MetricPoint;
import io.heimdall.tracking.ModelVersion;
import io.heimdall.tracking.Names;
import io.heimdall.tracking.RunInfo;
import io.heimdall.tracking.RunStatus;
import io.heimdall.tracking.RunSummary;
import io.heimdall.tracking.TrackedRun;
import io.heimdall.tracking.Tracker;
import io.heimdall.tracking.TrackingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The record of experiments in MLflow's file store: a directory {@code mlruns}.
 *
 * <p>MLflow reads it with {@code MLFLOW_ALLOW_FILE_STORE=true} and {@code --backend-store-uri}. A metric is a file
 * that grows by lines; all other files are written to a temporary name and renamed. So a killed process leaves a
 * complete run with the status {@link RunStatus#RUNNING}. The store may be moved: this class uses its own layout, not
 * the addresses in the files.
 *
 * @see <a href="https://mlflow.org/docs/latest/self-hosting/architecture/backend-store/">MLflow's stores</a>
 */
public final class FileStoreTracker implements Tracker {
    private static final Logger LOG = LoggerFactory.getLogger(FileStoreTracker.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path root;
    private final FileStoreRegistry registry;

    private FileStoreTracker(Path root) {
        this.root = root;
        this.registry = new FileStoreRegistry(root);
    }

    /**
     * Opens a store.
     *
     * @param root the directory {@code mlruns}, made if it is missing
     */
    public static FileStoreTracker open(Path root) {
        return reading(root.toString(), () -> {
            Files.createDirectories(root);
            return new FileStoreTracker(root.toRealPath());
        });
    }

    @Override
    public TrackedRun start(RunInfo info) {
        return reading("run '" + info.name() + "'", () -> {
            Path experiment = alone(() -> experiment(info.experiment()));
            RunDirectory run = new RunDirectory(
                    experiment.resolve(UUID.randomUUID().toString().replace("-", "")));
            run.create(info, Instant.now());
            return new FileStoreRun(run);
        });
    }

    @Override
    public TrackedRun resume(String runId) {
        RunDirectory run = require(runId);
        return reading("run " + runId, () -> {
            run.status(RunStatus.RUNNING, Optional.empty());
            return new FileStoreRun(run);
        });
    }

    @Override
    public List<RunSummary> runs() {
        List<RunSummary> runs = new ArrayList<>();
        for (Path experiment : experiments()) {
            for (Path directory : reading(experiment.toString(), () -> StoreFiles.described(experiment))) {
                try {
                    RunDirectory run = new RunDirectory(directory);
                    if (run.active()) {
                        runs.add(run.summary(name(experiment)));
                    }
                } catch (IOException | TrackingException e) {
                    LOG.warn("Left out a damaged run: {}", e.getMessage());
                }
            }
        }
        runs.sort(Comparator.comparing(RunSummary::start).reversed().thenComparing(RunSummary::id));
        return runs;
    }

    @Override
    public Optional<RunSummary> run(String runId) {
        return find(runId)
                .map(run -> reading(
                        "run " + runId, () -> run.summary(name(run.path().getParent()))));
    }

    @Override
    public List<MetricPoint> history(String runId, String metric) {
        Path file = require(runId).metrics().resolve(Names.path("metric", metric));
        return Files.isRegularFile(file) ? reading("metric " + metric, () -> MetricFile.read(file)) : List.of();
    }

    @Override
    public Path fetch(String runId, String artifact) {
        Path path = require(runId).artifacts().resolve(Names.path("artifact", artifact));
        if (!Files.exists(path)) {
            throw new TrackingException("run " + runId + " has no artifact " + artifact);
        }
        return path;
    }

    @Override
    public void checkModel(String name) {
        Names.model(name);
        reading("model " + name, () -> {
            registry.check(name);
            return name;
        });
    }

    @Override
    public ModelVersion registerModel(String name, String runId, String artifact) {
        Names.model(name);
        Path source = fetch(runId, artifact);
        return reading("model " + name, () -> alone(() -> registry.add(name, runId, artifact, source)));
    }

    @Override
    public void alias(String name, String alias, int version) {
        Names.model(name);
        Names.alias(alias);
        reading("alias " + alias, () -> alone(() -> registry.alias(name, alias, version)));
    }

    @Override
    public void move(String name, AliasMove move) {
        Names.model(name);
        reading(
                "alias " + move.alias(),
                () -> alone(() -> {
                    registry.move(name, move);
                    return name;
                }));
    }

    @Override
    public void tag(String name, int version, Map<String, String> tags) {
        Names.model(name);
        Names.versionTags(tags);
        reading(
                "model " + name,
                () -> alone(() -> {
                    registry.tag(name, version, tags);
                    return name;
                }));
    }

    @Override
    public List<ModelVersion> versions(String name) {
        Names.model(name);
        return reading("model " + name, () -> registry.versions(name));
    }

    public Path root() {
        return root;
    }

    /** Returns the runs that are not deleted, the damaged among them. */
    public List<RunDirectory> directories() {
        List<RunDirectory> runs = new ArrayList<>();
        for (Path experiment : experiments()) {
            reading(experiment.toString(), () -> StoreFiles.described(experiment)).stream()
                    .map(RunDirectory::new)
                    .filter(FileStoreTracker::notDeleted)
                    .forEach(runs::add);
        }
        return runs;
    }

    private static boolean notDeleted(RunDirectory run) {
        try {
            return run.active();
        } catch (IOException e) {
            return true; // damaged; whoever reads it says so
        }
    }

    /** Returns the names of the registered models. */
    public List<String> models() {
        return reading("models", registry::models);
    }

    /** Returns the directory of a registered model. */
    public Path directory(String model) {
        return registry.directory(model);
    }

    /** Returns the directory of a version of a model. */
    public Path directory(ModelVersion version) {
        return registry.directory(version.name()).resolve("version-" + version.version());
    }

    private List<Path> experiments() {
        return reading(root.toString(), () -> StoreFiles.described(root));
    }

    private Optional<RunDirectory> find(String runId) {
        Names.run(runId);
        return experiments().stream()
                .map(experiment -> experiment.resolve(runId))
                .filter(run -> Files.isRegularFile(run.resolve(META)))
                .findFirst()
                .map(RunDirectory::new);
    }

    public RunDirectory require(String runId) {
        return find(runId).orElseThrow(() -> new TrackingException("there is no run " + runId + " in " + root));
    }

    public static String name(Path experiment) throws IOException {
        return String.valueOf(StoreFiles.readYaml(experiment.resolve(META)).get("name"));
    }

    /** Finds or makes an experiment; new ones are numbered from 1, since 0 is MLflow's own. */
    private Path experiment(String name) throws IOException {
        int number = 1;
        for (Path experiment : StoreFiles.described(root)) {
            if (name(experiment).equals(name)) {
                return experiment;
            }
        }
        while (Files.exists(root.resolve(Integer.toString(number)).resolve(META))) {
            number++;
        }
        Path experiment = Files.createDirectories(root.resolve(Integer.toString(number)));
        long now = Instant.now().toEpochMilli();
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("artifact_location", experiment.toUri().toString().replaceAll("/$", ""));
        meta.put("creation_time", now);
        meta.put("experiment_id", Integer.toString(number));
        meta.put("last_update_time", now);
        meta.put("lifecycle_stage", "active");
        meta.put("name", name);
        StoreFiles.writeYaml(experiment.resolve(META), meta);
        return experiment;
    }

    /** Keeps two threads or processes from giving the same number to two experiments or versions. */
    private <T> T alone(Held<T> held) throws IOException {
        return ExclusiveFile.holding(
                root.resolve(".heimdall.lock"),
                ExclusiveFile.after(PATIENCE),
                "another thread or process has been writing to the store for " + PATIENCE.toSeconds() + " s",
                held);
    }

    private static <T> T reading(String what, Held<T> action) {
        try {
            return action.work();
        } catch (IOException e) {
            throw StoreFiles.fault(
                    what, "the record of " + what + " cannot be read or written: " + StoreFiles.reason(e), e);
        }
    }
}
