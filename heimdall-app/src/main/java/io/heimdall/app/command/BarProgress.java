package io.heimdall.app.command;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that is drawn over itself; for terminals. Work that is soon done shows none. */
final class BarProgress implements Progress {

    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final String task;
    private final long total;
    private final PrintWriter err;
    private final long startedNanos = System.nanoTime();
    private ProgressBar bar;
    private boolean drawn;

    BarProgress(String task, long total, PrintWriter err) {
        this.task = task;
        this.total = total;
        this.err = err;
    }

    @Override
    public void to(long done, String detail) {
        if (bar == null && System.nanoTime() - startedNanos >= PATIENCE_NANOS) {
            bar = start();
        }
        if (bar != null) {
            bar.stepTo(done);
            bar.setExtraMessage(detail);
        }
    }

    @Override
    public synchronized void above(Runnable lines) {
        if (drawn) {
            err.print("\r" + " ".repeat(width()) + "\r");
            err.flush();
            drawn = false;
        }
        lines.run();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            err.println();
        }
    }

    private ProgressBar start() {
        int width = width();
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setMaxRenderedLength(width)
                .setConsumer(new DelegatingProgressBarConsumer(this::draw, width))
                .build();
    }

    /** The launcher gives the width; the library would start a terminal driver to find it. */
    private static int width() {
        return Integer.getInteger("heimdall.terminal.columns", 80) - 1;
    }

    private synchronized void draw(String text) {
        drawn = true;
        err.print("\r" + text);
        err.flush();
    }
}
