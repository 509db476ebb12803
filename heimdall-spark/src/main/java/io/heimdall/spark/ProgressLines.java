package io.heimdall.spark;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Prints how far the workers are, every few seconds. */
final class ProgressLines implements LongConsumer {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final String task;
    private final Consumer<String> lines;
    private final long begunNanos = System.nanoTime();
    private long toldNanos = begunNanos;

    /**
     * Begins to watch.
     *
     * @param task what is being done: {@code recordings}
     */
    ProgressLines(String task, Consumer<String> lines) {
        this.task = task;
        this.lines = lines;
    }

    @Override
    public void accept(long done) {
        long now = System.nanoTime();
        if (now - toldNanos >= INTERVAL.toNanos()) {
            toldNanos = now;
            lines.accept(done + " " + task + " done, " + Math.round(done / seconds()) + " a second");
        }
    }

    /** Returns the seconds since it began. */
    double seconds() {
        return (System.nanoTime() - begunNanos) / 1e9;
    }
}
