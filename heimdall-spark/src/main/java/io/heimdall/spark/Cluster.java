package io.heimdall.spark;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;

/**
 * A Spark application. It hands rows to the workers in batches, two of them at a time, so that the driver's memory does not depend on the
 * number of rows. Confined to one thread.
 */
final class Cluster implements AutoCloseable {
    private static final int BATCHES_AT_ONCE = 2;
    private static final int SMALLEST_BATCH = 16_384;
    private static final int LARGEST_BATCH = 262_144;
    private static final long MOST_BYTES_OF_A_TASK = 1L << 30;
    private static final long WATCH_MILLIS = 500;
    private static final int USUAL_TRIES = 4;
    private static final Pattern LOCAL = Pattern.compile("local(?:\\[[^,\\]]*(?:,\\s*(\\d+)\\s*)?])?");

    private final JavaSparkContext context;
    private final Runnable leaving;

    private Cluster(JavaSparkContext context, Runnable leaving) {
        this.context = context;
        this.leaving = leaving;
    }

    /**
     * Starts the application.
     *
     * @param leaving is done when it has ended
     */
    static Cluster open(SparkConf configuration, Runnable leaving) {
        try {
            return new Cluster(new JavaSparkContext(configuration), leaving);
        } catch (RuntimeException e) {
            leaving.run();
            throw e;
        }
    }

    /** Sends a value to each executor once, for all its tasks. */
    <T> Broadcast<T> share(T value) {
        return context.broadcast(value);
    }

    /** Returns how often Spark tries a task: in this process once, unless the master's URL says it. */
    int tries() {
        return tries(context.master(), context.getConf());
    }

    /** Returns how often Spark tries a task with a master and settings. */
    static int tries(String master, SparkConf configuration) {
        Matcher local = LOCAL.matcher(master);
        if (!local.matches()) {
            return configuration.getInt("spark.task.maxFailures", USUAL_TRIES);
        }
        return local.group(1) == null ? 1 : Integer.parseInt(local.group(1));
    }

    /** A batch that the workers are at. */
    private record Batch<R>(JavaFutureAction<List<Result<R>>> results, LongAccumulator done) {}

    /** Finds out how many bytes the work on each of some rows has to read. */
    interface Sizes<T> {
        /** Returns the bytes of each row, in the order of the rows; 0 where they are not known. */
        long[] of(List<T> rows);
    }

    /**
     * Does work on rows.
     *
     * @param rows read while the workers are busy with those before
     * @param sizes tells how to divide a batch into tasks
     * @param mostRows of a task
     * @param results is given what came of each row, in the order of the rows
     * @param progress is told the number of rows that are done, now and then
     * @throws IOException if a task has failed as often as Spark tries it
     */
    <T, R> void run(
            Stream<T> rows,
            Sizes<T> sizes,
            int mostRows,
            RowWork<T, R> work,
            Consumer<R> results,
            LongConsumer progress)
            throws IOException {
        Deque<Batch<R>> busy = new ArrayDeque<>();
        Progress seen = new Progress(progress);
        try {
            Iterator<T> next = rows.iterator();
            long number = 0;
            while (next.hasNext()) {
                List<T> batch = new ArrayList<>();
                while (next.hasNext() && batch.size() < batchRows(mostRows)) {
                    batch.add(next.next());
                }
                busy.add(start(numbered(batch, sizes, number), mostRows, work));
                number += batch.size();
                if (busy.size() == BATCHES_AT_ONCE) {
                    finish(busy, results, seen);
                }
            }
            while (!busy.isEmpty()) {
                finish(busy, results, seen);
            }
        } catch (IllegalStateException e) {
            if (context.sc().isStopped()) {
                throw ended(e);
            }
            throw e;
        } finally {
            busy.forEach(batch -> batch.results().cancel(true));
        }
    }

    private static IOException ended(Exception failure) {
        return new IOException(
                "the cluster has ended the application; why is in the logs of its master and workers, in a line that"
                        + " says FAILED",
                failure);
    }

    private int batchRows(int mostRows) {
        long busy = 2L * context.defaultParallelism() * mostRows;
        return (int) Math.min(LARGEST_BATCH, Math.max(SMALLEST_BATCH, busy));
    }

    private static <T> List<Sized<T>> numbered(List<T> rows, Sizes<T> sizes, long first) {
        long[] bytes = sizes.of(rows);
        List<Sized<T>> sized = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            sized.add(new Sized<>(first + i, rows.get(i), bytes[i]));
        }
        return sized;
    }

    private <T, R> Batch<R> start(List<Sized<T>> rows, int mostRows, RowWork<T, R> work) {
        List<ArrayList<Sized<T>>> tasks =
                new Packing(mostRows, MOST_BYTES_OF_A_TASK, context.defaultParallelism()).tasks(rows);
        LongAccumulator done = context.sc().longAccumulator();
        return new Batch<>(
                context.parallelize(tasks, tasks.size())
                        .flatMap(new RowTask<>(work, done))
                        .collectAsync(),
                done);
    }

    private <R> void finish(Deque<Batch<R>> busy, Consumer<R> results, Progress progress) throws IOException {
        List<Result<R>> rows = new ArrayList<>(await(busy, progress));
        rows.sort(Comparator.comparingLong(Result::number));
        rows.forEach(row -> results.accept(row.value()));
        busy.remove();
        progress.finished += rows.size();
        progress.tell(busy);
    }

    private <R> List<Result<R>> await(Deque<Batch<R>> busy, Progress progress) throws IOException {
        while (true) {
            try {
                return busy.element().results().get(WATCH_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException stillBusy) {
                progress.tell(busy);
            } catch (ExecutionException e) {
                throw context.sc().isStopped()
                        ? ended(e)
                        : new IOException(TaskFaults.explained(e.getCause()), e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while the workers were busy", e);
            }
        }
    }

    /** Counts rows of the batches that are done and of those that are not. */
    private static final class Progress {
        private final LongConsumer told;
        private long finished;

        Progress(LongConsumer told) {
            this.told = told;
        }

        <R> void tell(Deque<Batch<R>> busy) {
            told.accept(finished
                    + busy.stream().mapToLong(batch -> batch.done().sum()).sum());
        }
    }

    /** Ends the application. */
    @Override
    public void close() {
        try {
            context.close();
        } finally {
            leaving.run();
        }
    }
}
