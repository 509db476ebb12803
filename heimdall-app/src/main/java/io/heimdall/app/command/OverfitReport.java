package io.heimdall.app.command;

import io.heimdall.pipeline.training.Overfit;
import java.util.Locale;

/** Whether a network has learned a few sessions by heart, as the user reads it. */
final class OverfitReport {
    private OverfitReport() {}

    /** Shows the result and returns the exit code. */
    static int show(Overfit result, Output output) {
        String numbers = String.format(
                Locale.ROOT,
                "%d steps, loss %.3f to %.3f, as sure as a sigma of %.1f %% of the places' spread",
                result.steps(),
                result.firstLoss(),
                result.lastLoss(),
                100 * result.share());
        output.say((result.learned() ? "Learned " : "Did not learn ") + result.sessions() + " sessions by heart: "
                + numbers + String.format(Locale.ROOT, " (below %.0f %% is near zero).", 100 * Overfit.NEAR_ZERO));
        result.faults().forEach(fault -> output.say("- " + fault));
        output.json(result.summary());
        return result.learned() ? 0 : 1;
    }
}
