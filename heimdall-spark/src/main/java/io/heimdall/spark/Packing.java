package io.heimdall.spark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Divides rows into tasks of about the same work, by the bytes that are to be read.
 *
 * @param mostRows of a task, at least 1
 * @param mostBytes of a task, unless it has a single row
 * @param slots how many tasks the cluster does at once, at least 1
 */
record Packing(int mostRows, long mostBytes, int slots) {

    /** Tasks a slot: with several, a slot that is done early takes a task of a late one. */
    private static final int ROUNDS = 3;

    /** Below this a task costs more than its work. */
    private static final int FEWEST_ROWS = 32;

    /** What a row costs beside its bytes: to open a recording and to look for its features. */
    private static final long BYTES_OF_A_ROW = 64 << 10;

    /** What a task has so far. */
    private static final class Task<T> {
        private final ArrayList<Sized<T>> rows = new ArrayList<>();
        private final int place;
        private long bytes;

        Task(int place) {
            this.place = place;
        }
    }

    /**
     * Returns the rows of each task: the largest row first, each to the task that has the least work yet (Graham's rule).
     *
     * @return no task is empty; in a task the rows are in the order of their numbers
     * @see <a href="https://doi.org/10.1137/0117039">Graham, Bounds on multiprocessing timing anomalies, 1969</a>
     */
    <T> List<ArrayList<Sized<T>>> tasks(List<Sized<T>> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        PriorityQueue<Task<T>> open = new PriorityQueue<>(
                Comparator.comparingLong((Task<T> task) -> task.bytes).thenComparingInt(task -> task.place));
        for (int i = 0; i < number(rows); i++) {
            open.add(new Task<>(i));
        }
        List<Task<T>> full = new ArrayList<>();
        List<Sized<T>> largestFirst = new ArrayList<>(rows);
        largestFirst.sort(
                Comparator.comparingLong((Sized<T> row) -> -row.bytes()).thenComparingLong(Sized::number));
        for (Sized<T> row : largestFirst) {
            Task<T> least = open.remove();
            least.rows.add(row);
            least.bytes += cost(row);
            (least.rows.size() < mostRows ? open : full).add(least);
        }
        full.addAll(open);
        full.sort(Comparator.comparingInt(task -> task.place));
        List<ArrayList<Sized<T>>> tasks = new ArrayList<>();
        for (Task<T> task : full) {
            if (!task.rows.isEmpty()) {
                task.rows.sort(Comparator.comparingLong(Sized::number));
                tasks.add(task.rows);
            }
        }
        return tasks;
    }

    private <T> int number(List<Sized<T>> rows) {
        long bytes = rows.stream().mapToLong(Packing::cost).sum();
        long byRows = ceiling(rows.size(), mostRows);
        long byBytes = Math.min(rows.size(), ceiling(bytes, mostBytes));
        long bySlots = Math.min((long) ROUNDS * slots, ceiling(rows.size(), Math.min(FEWEST_ROWS, mostRows)));
        return Math.toIntExact(Math.max(byRows, Math.max(byBytes, bySlots)));
    }

    private static long cost(Sized<?> row) {
        return BYTES_OF_A_ROW + row.bytes();
    }

    private static long ceiling(long number, long unit) {
        return (number + unit - 1) / unit;
    }
}
