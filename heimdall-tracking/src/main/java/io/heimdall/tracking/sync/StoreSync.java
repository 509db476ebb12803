package io.heimdall.tracking.sync;

import io.heimdall.files.ExclusiveFile;
import io.heimdall.files.ExclusiveFile.Held;
import io.heimdall.tracking.ModelVersion;
import io.heimdall.tracking.RefusedException;
import io.heimdall.tracking.SentRun;
import io.heimdall.tracking.TrackingException;
import io.heimdall.tracking.UnavailableException;
import io.heimdall.tracking.filestore.FileStoreTracker;
import io.heimdall.tracking.filestore.RunDirectory;
import io.heimdall.tracking.mlflow.MlflowTracker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends the runs and model versions of a file store to an MLflow server, each exactly once.
 *
 * <p>It may be killed at any moment and called again: a journal beside each run records what was sent, and in doubt
 * the server is queried. Unfinished runs are sent as far as they are recorded, the rest the next time. A record that
 * fails is kept and does not delay the others. Thread-safe, also between processes.
 */
public final class StoreSync {
    /** Sends one run or model. */
    interface Sending {
        void send() throws IOException;
    }

    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(60);

    private final FileStoreTracker store;
    private final MlflowTracker server;

    StoreSync(FileStoreTracker store, MlflowTracker server) {
        this.store = store;
        this.server = server;
    }

    /**
     * Makes one; nothing is sent yet.
     *
     * @param mlruns directory of the file store
     */
    public static StoreSync of(Path mlruns, MlflowTracker server) {
        return new StoreSync(FileStoreTracker.open(mlruns), server);
    }

    /** Counts what was done. */
    private static final class Progress {
        private final SyncListener listener;
        private final int total;
        private final Map<String, String> failed = new LinkedHashMap<>();
        private int done;
        private int sent;
        private int alreadyThere;
        private int versions;
        /** Why the server was given up; the rest is not tried then. */
        private String unavailable = "";

        Progress(SyncListener listener, int total) {
            this.listener = listener;
            this.total = total;
        }
    }

    /**
     * Sends what the server does not have.
     *
     * @return what became of each run; a server that is away makes every run that it lacks a failed one
     */
    public SyncReport send(SyncListener listener) {
        List<RunDirectory> runs = store.directories();
        Map<String, List<ModelVersion>> versions = new LinkedHashMap<>();
        Map<String, String> damaged = new LinkedHashMap<>();
        for (String model : store.models()) {
            try {
                versions.put(model, store.versions(model));
            } catch (TrackingException e) {
                damaged.put(model, e.getMessage());
            }
        }
        int total =
                runs.size() + versions.values().stream().mapToInt(List::size).sum();
        Progress progress = new Progress(listener, total);
        progress.failed.putAll(damaged);
        for (RunDirectory run : runs) {
            attempt(progress, run.id(), () -> {
                boolean sent = sendRun(run.id());
                progress.sent += sent ? 1 : 0;
                progress.alreadyThere += sent ? 0 : 1;
                return sent;
            });
        }
        versions.forEach((model, list) -> send(progress, model, list));
        return new SyncReport(progress.sent, progress.alreadyThere, progress.versions, progress.failed);
    }

    /** Returns where the runs that were sent are on the server, now or before, as a whole or in part. */
    public List<SentRun> sent() {
        return SentRuns.of(
                store,
                server.settings().address(),
                store.directories().stream().map(RunDirectory::id).toList());
    }

    private void send(Progress progress, String model, List<ModelVersion> versions) {
        ModelReplay replay = new ModelReplay(store, server, model);
        for (ModelVersion version : versions) {
            attempt(progress, model + " version " + version.version(), () -> {
                boolean registered = locked(() -> replay.register(version));
                progress.versions += registered ? 1 : 0;
                return registered;
            });
        }
        try {
            locked(() -> {
                replay.tags();
                replay.aliases();
                return true;
            });
        } catch (IOException | TrackingException e) {
            progress.failed.put("tags and aliases of " + model, e.getMessage());
        }
    }

    private static void attempt(Progress progress, String what, Held<Boolean> sending) {
        try {
            if (progress.unavailable.isEmpty()) {
                sending.work();
            } else {
                progress.failed.put(what, progress.unavailable);
            }
        } catch (UnavailableException e) {
            progress.failed.put(what, e.getMessage());
            progress.unavailable = "not tried, since the server was given up";
        } catch (IOException | RuntimeException e) {
            progress.failed.put(what, e.getMessage());
        }
        progress.listener.advanced(++progress.done, progress.total, what);
    }

    /**
     * Sends what the server does not have of one run, after the run above it, if there is one, and returns whether that was
     * something.
     */
    boolean sendRun(String run) throws IOException {
        RunDirectory directory = store.require(run);
        String experiment = FileStoreTracker.name(directory.path().getParent());
        return locked(() -> {
            RunReplay replay = new RunReplay(directory, experiment, server);
            Optional<RunDirectory> above = replay.unsentParent();
            if (above.isPresent()) {
                new RunReplay(above.get(), experiment, server).send();
            }
            return replay.send();
        });
    }

    /** Registers the versions of a model that come from runs which were sent. */
    void sendModel(String model) throws IOException {
        ModelReplay replay = new ModelReplay(store, server, model);
        TrackingException refusal = null;
        TrackingException fault = null;
        for (ModelVersion version : store.versions(model)) {
            try {
                locked(() -> replay.register(version));
            } catch (UnavailableException e) {
                throw e;
            } catch (RefusedException e) {
                refusal = e;
            } catch (TrackingException e) {
                fault = e; // most likely its run has not been sent yet
            }
        }
        locked(() -> {
            replay.tags();
            replay.aliases();
            return true;
        });
        if (fault != null || refusal != null) {
            throw fault == null ? refusal : fault;
        }
    }

    private boolean locked(Held<Boolean> sending) throws IOException {
        return alone(store.root(), LOCK_PATIENCE, sending);
    }

    /** Keeps two threads or processes from sending the same store at the same time. */
    static <T> T alone(Path root, Duration patience, Held<T> sending) throws IOException {
        return ExclusiveFile.holding(
                root.resolve(".heimdall-sync.lock"),
                ExclusiveFile.after(patience),
                "another thread or process has been sending the store for " + patience.toMillis() + " ms",
                sending);
    }
}
