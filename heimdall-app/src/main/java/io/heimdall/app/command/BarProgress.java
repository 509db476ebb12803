package io.heimdall.app.command;

import java.io.PrintWriter;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that is drawn over itself; for terminals. */
final class BarProgress implements Progress {

    private final ProgressBar bar;
    private final PrintWriter err;

    BarProgress(String task, long total, PrintWriter err) {
        this.err = err;
        // The launcher gives the width; the library would start a terminal driver to find it.
        int width = Integer.getInteger("heimdall.terminal.columns", 80);
        bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setMaxRenderedLength(width - 1)
                .setConsumer(new DelegatingProgressBarConsumer(this::draw, width - 1))
                .build();
    }

    @Override
    public void to(long done, String detail) {
        bar.stepTo(done);
        bar.setExtraMessage(detail);
    }

    @Override
    public void close() {
        bar.close();
        err.println();
    }

    private void draw(String text) {
        err.print("\r" + text);
        err.flush();
    }
}
