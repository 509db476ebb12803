package io.heimdall.app.command;

import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.sweep.SweepListener;
import io.heimdall.pipeline.sweep.SweepPlan;
import io.heimdall.pipeline.sweep.SweepState;
import io.heimdall.pipeline.sweep.SweepSummary;
import io.heimdall.pipeline.sweep.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Shows a sweep: a line where a trial begins and one at each of its rungs. */
final class SweepConsole implements SweepListener {
    private final Output output;
    private final ConsoleListener training;
    private final SweepPlan plan;
    private final int processes;
    private final BooleanSupplier cancelled;

    SweepConsole(Output output, ConsoleListener training, SweepPlan plan, int processes, BooleanSupplier cancelled) {
        this.output = output;
        this.training = training;
        this.plan = plan;
        this.processes = processes;
        this.cancelled = cancelled;
    }

    @Override
    public void begin(Trial trial, int epoch, boolean again) {
        String first = trial.results().isEmpty() ? ": " + trial.settings() : "";
        output.note("Trial " + trial.number() + (again ? " goes on" : "") + " to epoch " + epoch + first);
    }

    @Override
    public void reached(Trial trial, SweepState state) {
        training.end();
        String result = trial.failure()
                .map(why -> "failed: " + why)
                .orElseGet(() ->
                        "epoch " + trial.epochs() + "  " + number(trial.metric().orElse(Double.NaN)) + "  "
                                + "rung " + trial.results().size() + " of "
                                + plan.asha().rungs().size());
        String best = state.best()
                .map(found -> "; best " + number(found.metric().orElseThrow()) + " of trial " + found.number())
                .orElse("");
        String left = plan.timeLeft(state.trials(), processes)
                .filter(time -> !time.isZero())
                .map(time -> "; about " + words(time) + " left")
                .orElse("");
        output.note("Trial " + trial.number() + "  " + result + best + left);
    }

    @Override
    public void beginLast(Trial best, int folds) {
        output.note("Training the settings of trial " + best.number() + " on " + folds + " folds: " + best.settings());
    }

    @Override
    public PipelineListener last() {
        return training;
    }

    @Override
    public void warn(String message) {
        training.end();
        output.note("Warning: " + message);
    }

    @Override
    public boolean cancelled() {
        return cancelled.getAsBoolean();
    }

    /** Returns what has come of a sweep, a fact a line. */
    static List<String> lines(SweepPlan plan, SweepState state) {
        List<String> lines = new ArrayList<>();
        lines.add("Trials      "
                + SweepSummary.states(state.trials(), plan::state).entrySet().stream()
                        .map(states -> states.getValue() + " " + states.getKey())
                        .collect(Collectors.joining(", ")));
        state.best().ifPresent(best -> {
            lines.add("Best        trial " + best.number() + ": " + best.settings());
            lines.add(String.format(
                    Locale.ROOT,
                    "Metric      %.4f validation NLL after %d epochs",
                    best.metric().orElseThrow(),
                    best.epochs()));
        });
        state.last()
                .ifPresent(training -> lines.add("Version     " + plan.base().modelName() + " v" + training.version()
                        + ", run " + training.runId()));
        return lines;
    }

    static String words(Duration time) {
        long minutes = Math.round(time.toSeconds() / 60.0);
        if (minutes < 1) {
            return "1 min";
        }
        return minutes < 120 ? minutes + " min" : String.format(Locale.ROOT, "%.1f h", minutes / 60.0);
    }

    private static String number(double metric) {
        return String.format(Locale.ROOT, "%.4f", metric);
    }
}
