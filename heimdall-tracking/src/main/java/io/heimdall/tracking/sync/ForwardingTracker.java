package io.heimdall.tracking.sync;

import io.heimdall.tracking.AliasMove;
import io.heimdall.tracking.MetricPoint;
import io.heimdall.tracking.ModelVersion;
import io.heimdall.tracking.RefusedException;
import io.heimdall.tracking.RunInfo;
import io.heimdall.tracking.RunSummary;
import io.heimdall.tracking.SentRun;
import io.heimdall.tracking.TrackedRun;
import io.heimdall.tracking.Tracker;
import io.heimdall.tracking.filestore.FileStoreTracker;
import io.heimdall.tracking.filestore.StoreFiles;
import io.heimdall.tracking.mlflow.MlflowTracker;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The record of experiments in a file store, which is sent to an MLflow server while it grows.
 *
 * <p>A call returns when the file store has the record, and never waits for the server: a server that is down, slow or
 * faulty does not stop a training. A thread sends new records. It keeps those that it cannot send and sends them
 * later, at the latest when the store is opened for the same server again, or {@link StoreSync} is called. Run ids and
 * version numbers are those of the file store, and queries read the file store.
 */
public final class ForwardingTracker implements Tracker, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ForwardingTracker.class);
    /** What comes within this time goes in one batch. */
    private static final Duration PAUSE = Duration.ofMillis(300);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FileStoreTracker store;
    private final MlflowTracker server;
    private final StoreSync sync;
    private final Consumer<List<SentRun>> listener;
    private final Thread thread;
    /** Guards the fields below. */
    private final Object lock = new Object();

    private final Set<String> runs = new LinkedHashSet<>();
    private final Set<String> models = new LinkedHashSet<>();
    /** Runs that have ended, or were left by another process, and that the listener has not heard of. */
    private final Set<String> untold = new LinkedHashSet<>();

    /** Callers that wait until everything is sent. */
    private int draining;

    private boolean sending;
    private boolean closing;
    private int failures;
    private String problem;
    /** Reasons by what the server will not take; tried again when it changes or the store is opened again. */
    private final Map<String, String> refused = new TreeMap<>();

    private ForwardingTracker(FileStoreTracker store, MlflowTracker server, Consumer<List<SentRun>> listener) {
        this.store = store;
        this.listener = listener;
        this.server = server;
        this.sync = new StoreSync(store, server);
        this.thread = new Thread(this::work, "heimdall-mlflow");
        thread.setDaemon(true);
    }

    /**
     * Opens a store and begins to send what is left of runs that were meant for the server.
     *
     * @param mlruns directory of the file store, made if it is missing
     * @param server that gets what is recorded; it need not be there now
     */
    public static ForwardingTracker open(Path mlruns, MlflowTracker server) {
        return open(mlruns, server, sent -> {});
    }

    /**
     * Opens a store as {@link #open(Path, MlflowTracker)} does, and tells where runs are on the server.
     *
     * @param listener hears, in the thread that sends, of each run that has ended since and the server has, and of each that it
     *     has of an earlier process; what it throws ends in the log, and it hears of the same runs again with the next
     */
    public static ForwardingTracker open(Path mlruns, MlflowTracker server, Consumer<List<SentRun>> listener) {
        ForwardingTracker tracker = new ForwardingTracker(FileStoreTracker.open(mlruns), server, listener);
        tracker.collectLeftovers();
        tracker.thread.start();
        return tracker;
    }

    private void collectLeftovers() {
        URI address = server.settings().address();
        store.directories().stream()
                .filter(run -> Files.exists(SyncJournal.file(run.path(), address)))
                .forEach(run -> runs.add(run.id()));
        store.models().stream()
                .filter(model -> Files.exists(SyncJournal.file(store.directory(model), address)))
                .forEach(models::add);
        untold.addAll(runs);
    }

    @Override
    public Optional<SentRun> sent(String runId) {
        return SentRuns.of(store, server.settings().address(), List.of(runId)).stream()
                .findFirst();
    }

    @Override
    public TrackedRun start(RunInfo info) {
        return forwarded(store.start(info));
    }

    @Override
    public TrackedRun resume(String runId) {
        return forwarded(store.resume(runId));
    }

    private TrackedRun forwarded(TrackedRun run) {
        mark(store.require(run.id()).path());
        added(runs, run.id());
        return new ForwardedRun(run, () -> added(runs, run.id()), () -> added(untold, run.id()));
    }

    /** Leaves a journal, so that a later process knows that this is meant for the server. */
    private void mark(Path directory) {
        URI address = server.settings().address();
        try {
            if (!Files.exists(SyncJournal.file(directory, address))) {
                SyncJournal.read(directory, address).write(directory, address);
            }
        } catch (IOException e) {
            throw StoreFiles.fault(directory.toString(), "the record in " + directory + " cannot be written: " + e, e);
        }
    }

    private void added(Set<String> to, String what) {
        synchronized (lock) {
            to.add(what);
            lock.notifyAll();
        }
    }

    @Override
    public List<RunSummary> runs() {
        return store.runs();
    }

    @Override
    public Optional<RunSummary> run(String runId) {
        return store.run(runId);
    }

    @Override
    public List<MetricPoint> history(String runId, String metric) {
        return store.history(runId, metric);
    }

    @Override
    public Path fetch(String runId, String artifact) {
        return store.fetch(runId, artifact);
    }

    /** Asks the store alone: what the server does not take does not stop a training. */
    @Override
    public void checkModel(String name) {
        store.checkModel(name);
    }

    @Override
    public ModelVersion registerModel(String name, String runId, String artifact) {
        ModelVersion version = store.registerModel(name, runId, artifact);
        changed(name);
        return version;
    }

    @Override
    public void alias(String name, String alias, int version) {
        store.alias(name, alias, version);
        changed(name);
    }

    @Override
    public void move(String name, AliasMove move) {
        store.move(name, move);
        changed(name);
    }

    @Override
    public void tag(String name, int version, Map<String, String> tags) {
        store.tag(name, version, tags);
        changed(name);
    }

    private void changed(String model) {
        mark(store.directory(model));
        added(models, model);
    }

    @Override
    public List<ModelVersion> versions(String name) {
        return store.versions(name);
    }

    /** Returns why the server has not got everything, if that is so because of a fault. */
    public Optional<String> problem() {
        synchronized (lock) {
            return Optional.ofNullable(problem)
                    .or(() -> refused.values().stream().findFirst());
        }
    }

    /**
     * Waits until the server has everything.
     *
     * @return whether it has; if not, what is missing is kept
     */
    public boolean drain(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (lock) {
            failures = 0; // tries at once, whatever it waits for
            draining++;
            lock.notifyAll();
            try {
                while (pending() && thread.isAlive()) {
                    long left = (deadline - System.nanoTime()) / 1_000_000;
                    if (left <= 0) {
                        return false;
                    }
                    lock.wait(left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                draining--;
            }
            return !pending() && refused.isEmpty();
        }
    }

    private boolean pending() {
        return sending || !runs.isEmpty() || !models.isEmpty();
    }

    /** Waits for half a minute until the server has everything, then gives up; what is missing is kept. */
    @Override
    public void close() {
        close(PATIENCE);
    }

    /** Ends as {@link #close()} does, with another time to wait. */
    public void close(Duration patience) {
        boolean complete = drain(patience);
        synchronized (lock) {
            closing = true;
            lock.notifyAll();
        }
        thread.interrupt();
        try {
            thread.join(LONGEST_WAIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!complete) {
            LOG.warn(
                    "{} lacks a part of the run{}; the missing records are kept in {} and can be sent later",
                    server.settings(),
                    problem().map(reason -> ": " + reason).orElse(""),
                    store.root());
        }
    }

    private void work() {
        try {
            while (await()) {
                Map<Boolean, Set<String>> taken = take();
                Optional<String> fault = send(taken.get(true), taken.get(false));
                tell();
                report(fault);
            }
        } catch (InterruptedException e) {
            LOG.debug("Sending to {} ends", server.settings());
        }
    }

    /** Waits until there is something to send and, after faults, until it is time to try again. */
    private boolean await() throws InterruptedException {
        synchronized (lock) {
            sending = false;
            lock.notifyAll();
            while (!closing && runs.isEmpty() && models.isEmpty()) {
                lock.wait();
            }
            long start = System.nanoTime();
            while (!closing && elapsed(start) < pause()) {
                lock.wait(Math.max(1, pause() - elapsed(start)));
            }
            return !closing;
        }
    }

    private static long elapsed(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }

    private long pause() {
        if (failures == 0) {
            return draining > 0 ? 0 : PAUSE.toMillis();
        }
        return Math.min(LONGEST_WAIT.toMillis(), 1000L << Math.min(failures - 1, 10));
    }

    private Map<Boolean, Set<String>> take() {
        synchronized (lock) {
            Map<Boolean, Set<String>> taken =
                    Map.of(true, new LinkedHashSet<>(runs), false, new LinkedHashSet<>(models));
            runs.clear();
            models.clear();
            sending = true;
            return taken;
        }
    }

    /** Returns the last fault that may pass, if there was one. */
    private Optional<String> send(Set<String> someRuns, Set<String> someModels) {
        Optional<String> fault = Optional.empty();
        for (String run : someRuns) {
            Optional<String> last = fault;
            fault = send("run " + run, () -> sync.sendRun(run), () -> runs.add(run))
                    .or(() -> last);
        }
        for (String model : someModels) {
            Optional<String> last = fault;
            fault = send("model " + model, () -> sync.sendModel(model), () -> models.add(model))
                    .or(() -> last);
        }
        return fault;
    }

    private Optional<String> send(String what, StoreSync.Sending sending, Runnable putBack) {
        Optional<String> refusal = Optional.empty();
        try {
            sending.send();
        } catch (RefusedException e) {
            refusal = Optional.of(what + ": " + e.getMessage());
            LOG.warn("Refused by the server, and kept in {}: {}", store.root(), refusal.get());
        } catch (IOException | RuntimeException e) {
            synchronized (lock) {
                putBack.run();
            }
            return Optional.of(what + ": " + e.getMessage());
        }
        synchronized (lock) {
            refusal.ifPresentOrElse(reason -> refused.put(what, reason), () -> refused.remove(what));
        }
        return Optional.empty();
    }

    /** Tells of runs that the server has got by now; the others wait for a later time. */
    private void tell() {
        Set<String> ended;
        synchronized (lock) {
            ended = new LinkedHashSet<>(untold);
        }
        try {
            List<SentRun> sent = SentRuns.of(store, server.settings().address(), ended);
            if (!sent.isEmpty()) {
                listener.accept(sent);
            }
            synchronized (lock) {
                sent.forEach(run -> untold.remove(run.runId()));
            }
        } catch (RuntimeException e) {
            LOG.warn("The ids of runs on {} are passed on later: {}", server.settings(), e.getMessage());
        }
    }

    private void report(Optional<String> fault) {
        synchronized (lock) {
            if (fault.isPresent() && problem == null && !closing) {
                LOG.warn("Recording continues in {} and is sent later: {}", store.root(), fault.get());
            } else if (fault.isEmpty() && problem != null) {
                LOG.info("{} has everything again", server.settings());
            }
            problem = fault.orElse(null);
            failures = fault.isPresent() ? failures + 1 : 0;
        }
    }
}
