package io.heimdall.app.command;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/** A line every few seconds, and one at the end; for logs and pipes. */
final class LineProgress implements Progress {

    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final String task;
    private final long total;
    private final PrintWriter err;
    private long printedNanos = System.nanoTime();
    private long done;
    private long printed = -1;
    private String detail = "";

    LineProgress(String task, long total, PrintWriter err) {
        this.task = task;
        this.total = total;
        this.err = err;
    }

    @Override
    public void to(long steps, String words) {
        done = steps;
        detail = words;
        if (System.nanoTime() - printedNanos >= INTERVAL_NANOS) {
            print();
        }
    }

    @Override
    public void close() {
        if (printed != done) {
            print();
        }
    }

    private void print() {
        err.println(task + " " + done + "/" + total + (detail.isEmpty() ? "" : "  " + detail));
        printedNanos = System.nanoTime();
        printed = done;
    }
}
