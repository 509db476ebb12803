package io.heimdall.app.command;

import java.io.PrintWriter;
import java.time.Duration;

/** A line every few seconds, and one at the end; for logs and pipes. Work that is soon done prints none. */
final class LineProgress implements Progress {

    /** How often a line is printed, as a rule. */
    static final Duration INTERVAL = Duration.ofSeconds(5);

    private final String task;
    private final long total;
    private final PrintWriter err;
    private final long intervalNanos;
    private long printedNanos = System.nanoTime();
    private long done;
    private long printed = -1;
    private String detail = "";

    LineProgress(String task, long total, PrintWriter err, Duration interval) {
        intervalNanos = interval.toNanos();
        this.task = task;
        this.total = total;
        this.err = err;
    }

    @Override
    public void to(long steps, String words) {
        done = steps;
        detail = words;
        if (System.nanoTime() - printedNanos >= intervalNanos) {
            print();
        }
    }

    @Override
    public void above(Runnable lines) {
        lines.run();
    }

    @Override
    public void close() {
        if (printed >= 0 && printed != done) {
            print();
        }
    }

    private void print() {
        err.println(task + " " + done + "/" + total + (detail.isEmpty() ? "" : "  " + detail));
        printedNanos = System.nanoTime();
        printed = done;
    }
}
