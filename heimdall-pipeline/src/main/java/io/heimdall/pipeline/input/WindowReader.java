package io.heimdall.pipeline.input;

import io.heimdall.dataset.Measurement;
import io.heimdall.files.DaemonThreads;
import io.heimdall.files.Outcome;
import io.heimdall.pipeline.input.Assembler.Spectrograms;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads the spectrograms of an epoch a window ahead of the samples that are made of them. No more than two windows are in memory, and
 * of each only what is still needed. Thread-safe.
 */
final class WindowReader implements AutoCloseable {

    /** A server answers several requests in the time of one. */
    private static final int READERS = 4;

    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final List<EpochWindows.Part> parts;
    private final IntFunction<Observation> samples;
    private final Spectrograms spectrograms;
    private final ExecutorService readers =
            Executors.newFixedThreadPool(READERS, DaemonThreads.named("feature-reader"));
    private final int[] partOf;
    private final int[] leftOfPart;
    private final int[] leftOfWindow;
    private final List<CompletableFuture<Outcome<Assembler, RuntimeException>>> loaded;
    private int begun;
    private int window;
    private int held;
    private int mostHeld;

    /**
     * Begins to read.
     *
     * @param positions number of samples in the epoch
     * @param samples by position
     */
    WindowReader(EpochWindows windows, int positions, IntFunction<Observation> samples, Spectrograms spectrograms) {
        this.parts = windows.parts();
        this.samples = samples;
        this.spectrograms = spectrograms;
        this.partOf = new int[positions];
        this.leftOfPart = new int[parts.size()];
        this.leftOfWindow = new int[parts.size()];
        this.loaded = IntStream.range(0, parts.size())
                .mapToObj(any -> new CompletableFuture<Outcome<Assembler, RuntimeException>>())
                .collect(Collectors.toList());
        for (int part = 0; part < parts.size(); part++) {
            for (int position : parts.get(part).positions()) {
                partOf[position] = part;
            }
            leftOfPart[part] = parts.get(part).positions().length;
            leftOfWindow[parts.get(part).window()] += leftOfPart[part];
        }
        goOn();
    }

    /**
     * Returns what makes the sample at a position, once its spectrograms are read.
     *
     * @throws CancellationException if the thread is interrupted (it still is) or this is closed
     */
    Assembler at(int position) {
        CompletableFuture<Outcome<Assembler, RuntimeException>> part;
        synchronized (this) {
            part = loaded.get(partOf[position]);
        }
        try {
            return part.get().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancelled("a sample whose spectrograms are read was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the outcome must carry the exception of the reading", e);
        }
    }

    /** Frees what was held for the sample at a position, which is made, and reads on. */
    synchronized void done(int position) {
        int part = partOf[position];
        leftOfWindow[parts.get(part).window()]--;
        if (--leftOfPart[part] == 0) {
            loaded.set(part, null);
            held -= parts.get(part).positions().length;
        }
        goOn();
    }

    /** Returns the largest number of samples whose spectrograms were in memory or under way at once. */
    synchronized int mostHeld() {
        return mostHeld;
    }

    private synchronized void goOn() {
        while (window < leftOfWindow.length && leftOfWindow[window] == 0) {
            window++;
        }
        while (begun < parts.size() && parts.get(begun).window() <= window + 1 && !readers.isShutdown()) {
            EpochWindows.Part part = parts.get(begun);
            CompletableFuture<Outcome<Assembler, RuntimeException>> result = loaded.get(begun);
            begun++;
            held += part.positions().length;
            mostHeld = Math.max(mostHeld, held);
            readers.execute(() -> read(part, result));
        }
    }

    private void read(EpochWindows.Part part, CompletableFuture<Outcome<Assembler, RuntimeException>> result) {
        result.complete(Outcome.of(RuntimeException.class, () -> {
            List<Measurement> recordings = IntStream.of(part.positions())
                    .mapToObj(samples)
                    .flatMap(sample -> spectrograms.recordings().apply(sample).stream())
                    .toList();
            return spectrograms.from().apply(spectrograms.features().loaded(recordings, part.shards()));
        }));
    }

    private static CancellationException cancelled(String reason, Exception cause) {
        CancellationException cancelled = new CancellationException(reason);
        cancelled.initCause(cause);
        return cancelled;
    }

    /** Stops reading; those who wait for a sample are told. */
    @Override
    public void close() {
        readers.shutdownNow();
        synchronized (this) {
            loaded.stream().filter(part -> part != null).forEach(part -> part.cancel(false));
        }
        DaemonThreads.end(readers, CLOSING);
    }
}
