package io.heimdall.simulation;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Workspace;
import io.heimdall.files.DaemonThreads;
import io.heimdall.files.Outcome;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/** Fills a workspace with a simulation's sessions, several at a time. */
final class SimulationRun {
    private static final int ROWS_AT_ONCE = 64;

    private final World world;
    private final long seed;
    private final LongFunction<Transmission> transmissions;
    private final Workspace workspace;

    /**
     * Prepares to fill a workspace.
     *
     * @param transmissions draws a session by its number
     */
    SimulationRun(World world, long seed, LongFunction<Transmission> transmissions, Workspace workspace) {
        this.world = world;
        this.seed = seed;
        this.transmissions = transmissions;
        this.workspace = workspace;
    }

    int write(int sessions, int threads, IntConsumer progress) throws IOException {
        Range.check("number of sessions", sessions, 1, 100_000_000);
        Range.check("number of threads", threads, 1, 1024);
        claim(world, workspace);
        Set<String> there = workspace.catalog().allSessions().map(Session::id).collect(Collectors.toSet());
        List<Transmission> missing = new ArrayList<>();
        for (int number = 0; number < sessions; number++) {
            if (!there.contains(Transmission.id(seed, number))) {
                missing.add(transmissions.apply(number));
            }
        }
        progress.accept(sessions - missing.size());
        ExecutorService workers = Executors.newFixedThreadPool(threads, DaemonThreads.named("simulation"));
        try {
            write(missing, sessions - missing.size(), workers, progress);
        } finally {
            // Nobody may write any more once the caller goes on, perhaps to close or delete the workspace.
            DaemonThreads.end(workers, Duration.ofDays(1));
        }
        return missing.size();
    }

    private void write(List<Transmission> missing, int done, ExecutorService workers, IntConsumer progress)
            throws IOException {
        ThreadLocal<SessionWriter> writers =
                ThreadLocal.withInitial(() -> new SessionWriter(world, seed, workspace.objects()));
        List<Future<Outcome<Session, RuntimeException>>> futures = missing.stream()
                .map(transmission -> workers.submit(() ->
                        Outcome.of(RuntimeException.class, () -> writers.get().write(transmission))))
                .toList();
        List<Session> rows = new ArrayList<>();
        try {
            for (Future<Outcome<Session, RuntimeException>> future : futures) {
                rows.add(future.get().get());
                progress.accept(++done);
                if (rows.size() == ROWS_AT_ONCE) {
                    workspace.catalog().addAll(rows);
                    rows.clear();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the simulation was interrupted after " + done + " sessions");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the outcome must carry the exception of the work", e);
        } finally {
            workspace.catalog().addAll(rows);
        }
    }

    /** The world comes first: sessions without a world would pass for recorded ones. */
    static void claim(World world, Workspace workspace) throws IOException {
        Optional<World> there = WorldFile.of(workspace);
        if (there.isEmpty()) {
            if (workspace.catalog().allSessions().findFirst().isPresent()) {
                throw new DatasetException("the workspace " + workspace.directory()
                        + " holds recorded sessions; simulate into a new one, so that simulated and recorded"
                        + " sessions stay apart");
            }
            WorldFile.write(workspace.worldFile(), world);
        } else if (!there.get().equals(world)) {
            throw new DatasetException("the workspace " + workspace.directory()
                    + " holds another simulated world: there it is "
                    + world.difference(there.get()) + "; simulate into a new workspace");
        }
    }
}
