package io.heimdall.tracking.sync;

import io.heimdall.tracking.MetricPoint;
import io.heimdall.tracking.Names;
import io.heimdall.tracking.RefusedException;
import io.heimdall.tracking.RunInfo;
import io.heimdall.tracking.RunStatus;
import io.heimdall.tracking.RunSummary;
import io.heimdall.tracking.TrackingException;
import io.heimdall.tracking.filestore.MetricFile;
import io.heimdall.tracking.filestore.RunDirectory;
import io.heimdall.tracking.filestore.StoreFiles;
import io.heimdall.tracking.mlflow.ArtifactRoot;
import io.heimdall.tracking.mlflow.MlflowRuns;
import io.heimdall.tracking.mlflow.MlflowTracker;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Sends one run of a store to a server: what is not there yet, and nothing twice.
 *
 * <p>The journal is written before and after each step. A run that is found on the server and not in the journal is
 * continued; the tag {@link MlflowRuns#ORIGIN} with the id of the stored run tells it from others.
 */
final class RunReplay {
    private final RunDirectory run;
    private final String experiment;
    private final MlflowTracker tracker;
    private final URI server;
    private final SyncJournal journal;

    /** @param experiment name of the run's experiment */
    RunReplay(RunDirectory run, String experiment, MlflowTracker tracker) throws IOException {
        this.run = run;
        this.experiment = experiment;
        this.tracker = tracker;
        this.server = tracker.settings().address();
        this.journal = SyncJournal.read(run.path(), server);
    }

    /** What was not sent when it was looked at. */
    private record Rest(
            RunSummary summary,
            Map<String, String> params,
            Map<String, String> tags,
            List<MlflowRuns.Value> metrics,
            Map<String, Path> artifacts) {

        boolean isEmpty(SyncJournal journal) {
            return !journal.id.isEmpty()
                    && !journal.doubtful
                    && params.isEmpty()
                    && tags.isEmpty()
                    && metrics.isEmpty()
                    && artifacts.isEmpty()
                    && journal.status.equals(status(summary));
        }
    }

    /**
     * Sends what is missing.
     *
     * @return whether something was
     * @throws IOException if the store cannot be read, or its journal written
     * @throws TrackingException if the server does not take it
     */
    boolean send() throws IOException {
        // Read first: what is recorded after this belongs to the next time, its status too.
        Rest rest = rest();
        if (rest.isEmpty(journal)) {
            return false;
        }
        boolean doubtful = journal.doubtful;
        journal.doubtful = true;
        save();
        try {
            if (journal.id.isEmpty()) {
                doubtful = create(rest.summary());
            }
            send(rest, doubtful);
        } catch (RefusedException e) {
            if (e.is("RESOURCE_DOES_NOT_EXIST") && !journal.id.isEmpty()) {
                throw new RefusedException(
                        journal.id,
                        "it was sent before as run " + journal.id + ", which is there no more; to send it again remove "
                                + SyncJournal.file(run.path(), server),
                        "RESOURCE_DOES_NOT_EXIST");
            }
            throw e;
        }
        journal.doubtful = false;
        save();
        return true;
    }

    /** Makes the run, or finds it; returns whether it has values of metrics already. */
    private boolean create(RunSummary summary) throws IOException {
        MlflowRuns api = tracker.api();
        String id = api.experiment(experiment);
        MlflowRuns.Stored made = api.createAgain(id, summary.name(), summary.start(), tags(summary), run.id());
        journal.experiment = id;
        journal.id = made.id();
        journal.artifactUri = made.artifactUri();
        save();
        return made.hasMetrics();
    }

    private void send(Rest rest, boolean doubtful) throws IOException {
        MlflowRuns api = tracker.api();
        api.params(journal.id, rest.params());
        journal.params.addAll(rest.params().keySet());
        api.tags(journal.id, rest.tags());
        rest.tags().forEach((tag, value) -> journal.tags.put(tag, SyncJournal.digest(value)));
        api.metrics(journal.id, rest.metrics(), doubtful);
        rest.metrics().forEach(value -> journal.metrics.merge(value.metric(), 1, Integer::sum));
        ArtifactRoot root = rest.artifacts().isEmpty() ? null : tracker.artifacts(journal.id, journal.artifactUri);
        for (Map.Entry<String, Path> artifact : rest.artifacts().entrySet()) {
            String state = state(artifact.getValue());
            root.put(artifact.getValue(), artifact.getKey());
            journal.artifacts.put(artifact.getKey(), state);
            save();
        }
        if (!journal.status.equals(status(rest.summary()))) {
            api.status(journal.id, rest.summary().status(), rest.summary().end());
            api.keepOnly(journal.id, journal.experiment, run.id());
            journal.status = status(rest.summary());
        }
    }

    private Rest rest() throws IOException {
        RunSummary summary = run.summary(experiment);
        Map<String, String> params = new TreeMap<>(summary.params());
        params.keySet().removeAll(journal.params);
        Map<String, String> tags = tags(summary);
        tags.entrySet().removeIf(tag -> SyncJournal.digest(tag.getValue()).equals(journal.tags.get(tag.getKey())));
        List<MlflowRuns.Value> metrics = new ArrayList<>();
        for (Path file : StoreFiles.files(run.metrics())) {
            String name = RunDirectory.name(run.metrics(), file);
            List<MetricPoint> points = MetricFile.read(file);
            int sent = Math.min(journal.metrics.getOrDefault(name, 0), points.size());
            points.subList(sent, points.size()).forEach(point -> metrics.add(new MlflowRuns.Value(name, point)));
        }
        Map<String, Path> artifacts = new TreeMap<>();
        for (Path file : StoreFiles.files(run.artifacts())) {
            String name = RunDirectory.name(run.artifacts(), file);
            if (!state(file).equals(journal.artifacts.get(name))) {
                artifacts.put(name, file);
            }
        }
        return new Rest(summary, params, tags, metrics, artifacts);
    }

    /** Returns the tags as the server is to have them: the run above this one has another id there. */
    private Map<String, String> tags(RunSummary summary) throws IOException {
        Map<String, String> tags = new TreeMap<>(summary.tags());
        String parent = tags.remove(RunInfo.PARENT);
        Optional<RunDirectory> above = parent == null ? Optional.empty() : parent(parent);
        if (above.isPresent()) {
            SyncJournal sent = SyncJournal.read(above.get().path(), server);
            if (!sent.id.isEmpty()) {
                tags.put(RunInfo.PARENT, sent.id);
            }
        }
        return tags;
    }

    /** Returns the run above this one, where the server has not got it yet: it is to be sent first. */
    Optional<RunDirectory> unsentParent() throws IOException {
        Optional<RunDirectory> above = Optional.ofNullable(
                        run.summary(experiment).tags().get(RunInfo.PARENT))
                .flatMap(this::parent);
        return above.isPresent()
                        && SyncJournal.read(above.get().path(), server).id.isEmpty()
                ? above
                : Optional.empty();
    }

    private Optional<RunDirectory> parent(String id) {
        Path above = run.path().resolveSibling(Names.run(id));
        return Files.isDirectory(above) ? Optional.of(new RunDirectory(above)) : Optional.empty();
    }

    private static String state(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return attributes.size() + " " + attributes.lastModifiedTime().toInstant();
    }

    private static String status(RunSummary summary) {
        return summary.status() == RunStatus.RUNNING
                ? summary.status().name()
                : summary.status() + " " + summary.end().map(Instant::toString).orElse("");
    }

    private void save() throws IOException {
        journal.write(run.path(), server);
    }

    /** Returns what the server has of a run, if that is all of an artifact of it. */
    static Optional<SyncJournal> sent(RunDirectory run, String artifact, URI server) throws IOException {
        SyncJournal journal = SyncJournal.read(run.path(), server);
        List<Path> files = StoreFiles.files(run.artifacts().resolve(artifact));
        for (Path file : files) {
            if (!state(file).equals(journal.artifacts.get(RunDirectory.name(run.artifacts(), file)))) {
                return Optional.empty();
            }
        }
        return files.isEmpty() || journal.id.isEmpty() ? Optional.empty() : Optional.of(journal);
    }
}
