package io.heimdall.pipeline.likeness;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Workspace;
import io.heimdall.files.OrderedResults;
import io.heimdall.files.OrderedWork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Sessions like those that a world was fitted to: session {@code k} of a seed is the same whatever is drawn besides it.
 *
 * <p>Immutable and thread-safe.
 *
 * @param likeness that they are drawn from
 * @param seed of all draws; part of the sessions' names, 0 or more
 */
public record LikeSimulation(Likeness likeness, long seed) {
    private static final int MOST_SESSIONS = 10_000_000;
    private static final int ROWS_AT_ONCE = 64;

    /** Checks the seed. */
    public LikeSimulation {
        if (seed < 0) {
            throw new IllegalArgumentException("seed " + seed + " is negative");
        }
    }

    /**
     * Puts sessions {@code 0..sessions-1} into a workspace, those that are there already left alone.
     *
     * <p>What a killed call has written stays, and the next call goes on from there.
     *
     * @param workspace new, or one with sessions of the same likeness
     * @param sessions how many there shall be of this seed, 1..10000000
     * @param threads that work, at least 1; the result does not depend on it
     * @param progress is told the number of sessions that are there, now and then, on the calling thread
     * @return how many were missing and have been added
     * @throws DatasetException if the workspace holds other sessions; nothing is written then
     * @throws IOException if the workspace cannot be written
     */
    public int writeTo(Workspace workspace, int sessions, int threads, IntConsumer progress) throws IOException {
        if (sessions < 1 || sessions > MOST_SESSIONS) {
            throw new IllegalArgumentException("number of sessions " + sessions + " is not in 1.." + MOST_SESSIONS);
        }
        LikeFile.claim(workspace, likeness);
        Set<String> there = workspace.catalog().allSessions().map(Session::id).collect(Collectors.toSet());
        List<Integer> missing = IntStream.range(0, sessions)
                .filter(number -> !there.contains(LikeSession.id(seed, number)))
                .boxed()
                .toList();
        int done = sessions - missing.size();
        progress.accept(done);
        LikeSession maker = new LikeSession(likeness, seed, workspace.objects());
        List<Session> rows = new ArrayList<>();
        try (OrderedWork workers = new OrderedWork("simulation", threads);
                OrderedResults<Session> written = workers.start(missing, 2 * threads, maker::write)) {
            while (written.hasNext()) {
                rows.add(written.next());
                progress.accept(++done);
                if (rows.size() == ROWS_AT_ONCE) {
                    workspace.catalog().addAll(rows);
                    rows.clear();
                }
            }
        } finally {
            workspace.catalog().addAll(rows);
        }
        return missing.size();
    }
}
