package io.heimdall.dataset;

import io.heimdall.files.DaemonThreads;
import io.heimdall.files.ObjectKey;
import io.heimdall.files.ObjectStore;
import io.heimdall.files.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Copies a workspace's sessions, recordings and models to servers.
 *
 * <p>An object with the same content at its destination is not sent again: a second push continues an interrupted one,
 * and a push after a finished one sends nothing. A session is written after all of its objects; levels without
 * recordings have no object. For one thread.
 */
public final class WorkspacePush {

    /** Sessions in one transaction: what a killed push has to write again at most. */
    private static final int SESSIONS_AT_ONCE = 50;

    private final Workspace workspace;
    private final RecordingCatalog catalog;
    private final ObjectStore objects;
    private final int threads;

    /**
     * What a push did.
     *
     * @param sessions that are on the server now
     * @param sent objects that were sent
     * @param present objects that were there already
     */
    public record Result(long sessions, long sent, long present) {}

    /** Told from time to time how far it is; on the pushing thread. */
    @FunctionalInterface
    public interface Progress {
        /** Tells what is done so far. */
        void done(Result soFar);
    }

    /**
     * Prepares a push.
     *
     * @param workspace where from
     * @param catalog where the sessions go
     * @param objects where recordings and models go
     * @param threads that send objects, 1..64
     */
    public WorkspacePush(Workspace workspace, RecordingCatalog catalog, ObjectStore objects, int threads) {
        if (threads < 1 || threads > 64) {
            throw new IllegalArgumentException("threads " + threads + " of a push is not in 1..64");
        }
        this.workspace = workspace;
        this.catalog = catalog;
        this.objects = objects;
        this.threads = threads;
    }

    /**
     * Copies what is not there yet.
     *
     * @param progress told after each batch of sessions
     * @return what was done
     * @throws IOException if an object cannot be read or stored; what was sent before stays
     * @throws DatasetException if a session cannot be read or stored; what was written before stays
     */
    public Result run(Progress progress) throws IOException {
        ExecutorService senders = Executors.newFixedThreadPool(threads, DaemonThreads.named("push"));
        try (Stream<Session> sessions = workspace.catalog().allSessions()) {
            Result done = new Result(0, 0, 0);
            List<Session> batch = new ArrayList<>();
            for (Iterator<Session> i = sessions.iterator(); i.hasNext(); ) {
                batch.add(i.next());
                if (batch.size() == SESSIONS_AT_ONCE || !i.hasNext()) {
                    done = plus(done, batch.size(), send(senders, objectsOf(batch)));
                    catalog.addAll(batch);
                    batch.clear();
                    progress.done(done);
                }
            }
            done = plus(done, 0, send(senders, workspace.objects().list(ObjectKey.MODELS, "")));
            progress.done(done);
            return done;
        } finally {
            DaemonThreads.end(
                    senders, Duration.ofMinutes(1)); // whoever closes the workspace next must not meet a sender there
        }
    }

    private static Result plus(Result done, int sessions, List<Boolean> sent) {
        long number = sent.stream().filter(s -> s).count();
        return new Result(done.sessions() + sessions, done.sent() + number, done.present() + sent.size() - number);
    }

    /** The recordings, and what lies in their sessions' folders beside them: metadata, the second file of a pair. */
    private Set<ObjectKey> objectsOf(List<Session> sessions) throws IOException {
        Set<ObjectKey> keys = new LinkedHashSet<>();
        for (Session session : sessions) {
            keys.addAll(workspace.objects().list(ObjectKey.RECORDINGS, "sessions/" + session.id() + "/"));
            for (Recorded recorded : session.recordings()) {
                if (!keys.contains(recorded.key()) && !workspace.objects().exists(recorded.key())) {
                    throw new DatasetException("session " + session.id() + " cannot be pushed: its recording "
                            + recorded.key() + " is not in the workspace " + workspace.directory());
                }
                keys.add(recorded.key());
            }
        }
        return keys;
    }

    private List<Boolean> send(ExecutorService senders, Iterable<ObjectKey> keys) throws IOException {
        List<Future<Outcome<Boolean, IOException>>> running = new ArrayList<>();
        keys.forEach(key -> running.add(senders.submit(() -> Outcome.of(IOException.class, () -> send(key)))));
        List<Boolean> sent = new ArrayList<>();
        for (Future<Outcome<Boolean, IOException>> one : running) {
            try {
                sent.add(one.get().get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("the outcome must carry the exception of the work", e);
            } catch (RuntimeException e) {
                throw new DatasetException("an object could not be pushed: " + e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DatasetException("", "the push was interrupted; start it again to continue", e, true);
            }
        }
        return sent;
    }

    private boolean send(ObjectKey key) throws IOException {
        Path file = workspace.objects().fetch(key);
        if (objects.holds(key, file)) {
            return false;
        }
        objects.put(key, file);
        return true;
    }
}
