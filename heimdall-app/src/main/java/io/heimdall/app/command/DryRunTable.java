package io.heimdall.app.command;

import io.heimdall.pipeline.training.DryRun;
import io.heimdall.pipeline.training.DryRun.Measured;
import io.heimdall.pipeline.training.DryRun.Sides;
import java.time.Duration;
import java.util.Locale;

/** The result of a dry run, as the user reads it. */
final class DryRunTable {
    private static final String ROW = "%-40s %12s   %s";

    private DryRunTable() {}

    static void show(DryRun tried, Output output) {
        Sides few = tried.tried();
        Sides whole = tried.whole();
        output.say("");
        output.say("Tried with " + few.training() + " training, " + few.validation() + " validation and " + few.test()
                + " test sessions of " + whole.training() + ", " + whole.validation() + " and " + whole.test()
                + "; nothing was registered or kept.");
        output.say("");
        output.say(row("", "took", "whole training, about"));
        for (Measured measured : tried.parts()) {
            output.say(row(measured.part().title(), text(measured.took()), text(measured.estimate())));
        }
        int epochs = tried.settings().plan().epochs();
        output.say(row("Together", text(tried.took()), text(tried.estimate()) + " with all " + epochs + " epochs"));
        output.json(tried.summary());
    }

    private static String row(String part, String took, String estimate) {
        return String.format(Locale.ROOT, ROW, part, took, estimate);
    }

    /** Returns a time in the two units that matter: {@code 0.21 s}, {@code 12 s}, {@code 3 min 20 s}, {@code 2 h 5 min}. */
    static String text(Duration time) {
        double seconds = time.toMillis() / 1e3;
        if (seconds < 60) {
            return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.0f s", seconds);
        }
        long whole = Math.round(seconds);
        return whole < 3600
                ? whole / 60 + " min " + whole % 60 + " s"
                : whole / 3600 + " h " + whole % 3600 / 60 + " min";
    }
}
