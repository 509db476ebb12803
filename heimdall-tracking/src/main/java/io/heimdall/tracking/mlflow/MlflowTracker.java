package io.heimdall.tracking.mlflow;

import io.heimdall.files.ObjectStore;
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
import io.heimdall.tracking.filestore.RunDirectory;
import io.heimdall.tracking.sync.ForwardingTracker;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.mlflow.api.proto.Service;

/**
 * The record of experiments on an MLflow server.
 *
 * <p>Every call has a time limit. Passing faults (no connection, no answer in time, half an answer, 408, 429, 5xx) are
 * retried a bounded number of times. Before a retry, the server is queried for the effect of the failed call, so that
 * nothing is stored twice. Trainings that must continue without the server use {@link ForwardingTracker}.
 *
 * @see <a href="https://mlflow.org/docs/latest/api_reference/rest-api.html">MLflow's REST API</a>
 */
public final class MlflowTracker implements Tracker {
    private final MlflowServer server;
    private final MlflowRuns runs;
    private final MlflowRegistry registry;
    private final Path cache;
    private final Optional<ObjectStore> objects;

    public MlflowTracker(MlflowServer server, Path cache, Optional<ObjectStore> objects) {
        this.server = server;
        this.runs = new MlflowRuns(server);
        this.registry = new MlflowRegistry(server);
        this.cache = cache.toAbsolutePath().normalize();
        this.objects = objects;
    }

    /**
     * Makes a tracker; the server is called only when there is something to record or read.
     *
     * @param settings where the server is
     * @param cache directory for artifacts that are fetched; made when it is needed
     * @param objects where artifacts go of a server that keeps them in S3 and does not take them itself
     */
    public static MlflowTracker of(MlflowSettings settings, Path cache, Optional<ObjectStore> objects) {
        return new MlflowTracker(MlflowServer.of(settings), cache, objects);
    }

    /** Returns where the server is. */
    public MlflowSettings settings() {
        return server.connection().settings();
    }

    public MlflowRuns api() {
        return runs;
    }

    public MlflowRegistry registry() {
        return registry;
    }

    public ArtifactRoot artifacts(String run, String uri) {
        return ArtifactRoot.of(uri, run, server, cache.resolve(run), objects);
    }

    @Override
    public TrackedRun start(RunInfo info) {
        Service.Run run = runs.create(
                runs.experiment(info.experiment()),
                info.name(),
                Instant.now(),
                RunDirectory.tags(info),
                UUID.randomUUID().toString(),
                true);
        return tracked(run);
    }

    @Override
    public TrackedRun resume(String runId) {
        Service.Run run = require(runId);
        runs.status(runId, RunStatus.RUNNING, Optional.empty());
        return tracked(run);
    }

    private MlflowRun tracked(Service.Run run) {
        String id = run.getInfo().getRunId();
        Optional<String> origin = run.getData().getTagsList().stream()
                .filter(tag -> tag.getKey().equals(MlflowRuns.ORIGIN))
                .map(Service.RunTag::getValue)
                .findFirst();
        return new MlflowRun(
                id,
                runs,
                artifacts(id, run.getInfo().getArtifactUri()),
                params(run),
                () -> origin.ifPresent(value -> runs.keepOnly(id, run.getInfo().getExperimentId(), value)));
    }

    @Override
    public List<RunSummary> runs() {
        Map<String, String> experiments = runs.experiments();
        if (experiments.isEmpty()) {
            return List.of();
        }
        return runs.search(experiments.keySet()).stream()
                .map(run -> summary(run, experiments.get(run.getInfo().getExperimentId())))
                .toList();
    }

    @Override
    public Optional<RunSummary> run(String runId) {
        return runs.get(Names.run(runId))
                .map(run -> summary(run, runs.experimentName(run.getInfo().getExperimentId())));
    }

    @Override
    public List<MetricPoint> history(String runId, String metric) {
        return runs.history(Names.run(runId), Names.path("metric", metric));
    }

    @Override
    public Path fetch(String runId, String artifact) {
        Names.path("artifact", artifact);
        return artifacts(runId, require(runId).getInfo().getArtifactUri())
                .fetch(artifact)
                .orElseThrow(() -> missing(runId, artifact));
    }

    @Override
    public void checkModel(String name) {
        registry.versions(Names.model(name));
    }

    @Override
    public ModelVersion registerModel(String name, String runId, String artifact) {
        Names.model(name);
        Names.path("artifact", artifact);
        String uri = require(runId).getInfo().getArtifactUri();
        if (!artifacts(runId, uri).exists(artifact)) {
            throw missing(runId, artifact);
        }
        return registry.add(name, runId, uri + "/" + artifact, UUID.randomUUID().toString(), true);
    }

    @Override
    public void alias(String name, String alias, int version) {
        registry.alias(Names.model(name), Names.alias(alias), version);
    }

    /**
     * Moves an alias. The server has no call that moves it from a version, so it is read before and after. Where two move it at once,
     * the last one to write succeeds, and the other one is told.
     */
    @Override
    public void move(String name, AliasMove move) {
        registry.move(Names.model(name), move);
    }

    @Override
    public void tag(String name, int version, Map<String, String> tags) {
        registry.tag(Names.model(name), version, Names.versionTags(tags));
    }

    @Override
    public List<ModelVersion> versions(String name) {
        return registry.versions(Names.model(name));
    }

    private Service.Run require(String runId) {
        return runs.get(Names.run(runId))
                .orElseThrow(() -> new TrackingException("there is no run " + runId + " on " + settings()));
    }

    private static TrackingException missing(String runId, String artifact) {
        return new TrackingException("run " + runId + " has no artifact " + artifact);
    }

    private static Map<String, String> params(Service.Run run) {
        Map<String, String> params = new TreeMap<>();
        run.getData().getParamsList().forEach(param -> params.put(param.getKey(), param.getValue()));
        return params;
    }

    private static RunSummary summary(Service.Run run, String experiment) {
        Service.RunInfo info = run.getInfo();
        Map<String, String> tags = new TreeMap<>();
        run.getData().getTagsList().forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
        Map<String, Double> metrics = new TreeMap<>();
        run.getData()
                .getMetricsList()
                .forEach(metric -> metrics.put(metric.getKey(), MlflowRuns.number(metric.getValue())));
        RunStatus status = RunStatus.of(info.getStatus().getNumber());
        return new RunSummary(
                info.getRunId(),
                experiment,
                info.getRunName(),
                status,
                Instant.ofEpochMilli(info.getStartTime()),
                // The end of a run that was resumed stays in the database until its next end.
                info.getEndTime() == 0 || status == RunStatus.RUNNING
                        ? Optional.empty()
                        : Optional.of(Instant.ofEpochMilli(info.getEndTime())),
                params(run),
                tags,
                metrics);
    }
}
