package io.heimdall.app.service;

import io.heimdall.export.Location;
import io.heimdall.export.OnnxModel;
import io.heimdall.files.Outcome;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.input.Batches;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/**
 * Predictions by one worker for each processor, which computes what waits for the same model together, its share of it: a batch
 * takes less time than its inputs one by one, and workers do not wait for each other. The queue is bounded; who finds it full is
 * sent away.
 */
final class PredictionQueue implements AutoCloseable {
    /** More inputs at a time are hardly faster, and keep others waiting. */
    private static final int MOST_ROWS = 16;

    /** A batch that takes so long keeps nobody waiting: of a quick model, a worker takes more than its share. */
    private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final long PATIENCE_SECONDS = 20;

    /** Some of the inputs of a request, and their answer. */
    record Part(
            OnnxModel model,
            Map<String, FloatTensor> inputs,
            CompletableFuture<Outcome<List<Location>, IOException>> answer) {

        Part(OnnxModel model, Map<String, FloatTensor> inputs) {
            this(model, inputs, new CompletableFuture<>());
        }

        int rows() {
            return inputs.values().iterator().next().rows();
        }
    }

    /** What a worker has computed last, and the time of a row. */
    record Pace(OnnxModel model, long rowNanos) {
        int quickRows(OnnxModel next) {
            return next == model ? (int) Math.min(MOST_ROWS, QUICK_NANOS / Math.max(1, rowNanos)) : 1;
        }
    }

    private final BlockingQueue<Part> queue;
    private final List<Thread> workers;
    private volatile boolean closed;

    /**
     * Starts the workers.
     *
     * @param capacity parts that may wait
     */
    PredictionQueue(int capacity) {
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.workers = IntStream.range(0, Runtime.getRuntime().availableProcessors())
                .mapToObj(n -> new Thread(this::work, "heimdall-predictions-" + n))
                .toList();
        for (Thread worker : workers) {
            worker.setDaemon(true);
            worker.start();
        }
    }

    int waiting() {
        return queue.size();
    }

    /**
     * Predicts, waiting for the turn.
     *
     * @param model which stays open as long
     * @param inputs by name, each of shape (batch, axes...)
     * @throws Problem if there is no room, or no time
     */
    List<Location> predict(OnnxModel model, Map<String, FloatTensor> inputs) throws IOException {
        List<Part> parts = parts(model, inputs);
        try {
            for (Part part : parts) {
                if (closed || !queue.offer(part)) {
                    throw Problem.busy("too many predictions are waiting", 1);
                }
            }
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            List<Location> locations = new ArrayList<>();
            for (Part part : parts) {
                locations.addAll(part.answer()
                        .get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS)
                        .get());
            }
            return locations;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the outcome must carry the exception of the prediction", e);
        } catch (TimeoutException e) {
            throw Problem.busy("the prediction's turn did not come in " + PATIENCE_SECONDS + " s", 5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.busy("the service is stopping", 5);
        } finally {
            giveUp(parts);
        }
    }

    /** What has no answer yet is not wanted any more, and makes room. */
    private void giveUp(List<Part> parts) {
        if (parts.stream().filter(part -> part.answer().cancel(false)).count() > 0) {
            queue.removeIf(part -> part.answer().isCancelled());
        }
    }

    /** Splits many inputs, so that all workers have some of them. */
    private static List<Part> parts(OnnxModel model, Map<String, FloatTensor> inputs) {
        int rows = inputs.values().iterator().next().rows();
        if (rows <= MOST_ROWS) {
            return List.of(new Part(model, inputs));
        }
        List<Part> parts = new ArrayList<>();
        for (int from = 0; from < rows; from += MOST_ROWS) {
            int to = Math.min(rows, from + MOST_ROWS);
            parts.add(new Part(model, Batches.rows(inputs, from, to)));
        }
        return parts;
    }

    private void work() {
        Pace pace = new Pace(null, 0);
        Part kept = null;
        try {
            while (!closed) {
                Part first = kept != null ? kept : queue.take();
                kept = null;
                List<Part> together = new ArrayList<>(List.of(first));
                int rows = first.rows();
                int share = share(rows, pace.quickRows(first.model()));
                while (rows < share && (kept = queue.poll()) != null) {
                    if (kept.model() != first.model() || rows + kept.rows() > MOST_ROWS) {
                        break; // it begins the next batch
                    }
                    rows += kept.rows();
                    together.add(kept);
                    kept = null;
                }
                together.removeIf(part -> part.answer().isDone()); // given up
                if (!together.isEmpty()) {
                    pace = answer(first.model(), together).orElse(pace);
                }
            }
        } catch (InterruptedException e) { // closed
            Thread.currentThread().interrupt();
        }
        if (kept != null) {
            stopped(kept);
        }
    }

    /**
     * Returns how many rows a worker takes.
     *
     * @param rows of the first that waits
     * @param quick so many rows take little time
     */
    private int share(int rows, int quick) {
        int all = rows + queue.stream().mapToInt(Part::rows).sum();
        int shares = 2 * workers.size();
        return Math.min(MOST_ROWS, Math.max(quick, (all + shares - 1) / shares));
    }

    /**
     * Answers parts by one run. Where that fails, each part is run alone, so that only a bad one fails.
     *
     * @return the pace of the run; empty if it failed
     */
    static Optional<Pace> answer(OnnxModel model, List<Part> together) {
        long begun = System.nanoTime();
        Outcome<List<Location>, IOException> all = Outcome.of(
                IOException.class,
                () -> locations(model, together.stream().map(Part::inputs).toList()));
        if (!all.isResult() && together.size() > 1) {
            together.stream().filter(part -> !part.answer().isDone()).forEach(part -> answer(model, List.of(part)));
            return Optional.empty();
        }
        long nanos = System.nanoTime() - begun;
        int at = 0;
        for (Part part : together) {
            int from = at;
            at += part.rows();
            int to = at;
            part.answer()
                    .complete(Outcome.of(
                            IOException.class, () -> List.copyOf(all.get().subList(from, to))));
        }
        return all.isResult() ? Optional.of(new Pace(model, nanos / at)) : Optional.empty();
    }

    private static List<Location> locations(OnnxModel model, List<Map<String, FloatTensor>> inputs) throws IOException {
        try {
            return model.predict(inputs);
        } catch (Error e) { // no memory, most likely: these requests fail, the worker lives on
            throw new IOException("the prediction failed: " + e.getMessage(), e);
        }
    }

    private static void stopped(Part part) {
        part.answer().complete(Outcome.of(IOException.class, () -> {
            throw Problem.busy("the service is stopping", 5);
        }));
    }

    /** Ends the workers, at the latest after five seconds, and sends away who waits. */
    @Override
    public void close() {
        closed = true;
        workers.forEach(Thread::interrupt);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        try {
            for (Thread worker : workers) {
                worker.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Part part = queue.poll(); part != null; part = queue.poll()) {
            stopped(part);
        }
    }
}
