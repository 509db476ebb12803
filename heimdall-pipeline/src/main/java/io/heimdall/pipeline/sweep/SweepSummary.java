package io.heimdall.pipeline.sweep;

import io.heimdall.model.train.EpochMetric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What {@code heimdall sweep --json} prints. */
public final class SweepSummary {
    private SweepSummary() {}

    /** Returns the trials with their settings, states and metrics, the best, and the last training. */
    public static Map<String, Object> of(SweepFolder folder, SweepPlan plan, SweepState state) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("sweep", folder.name());
        summary.put("folder", folder.path().toString());
        summary.put("page", folder.result("html").toString());
        summary.put("parent_run", state.parentRun());
        summary.putAll(of(plan, state));
        return summary;
    }

    /** Returns what does not depend on where the sweep is kept. */
    public static Map<String, Object> of(SweepPlan plan, SweepState state) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("metric", EpochMetric.VALIDATION_NLL.key());
        summary.put("rungs", plan.asha().rungs());
        summary.put("factor", plan.asha().factor());
        summary.put(
                "trials", state.trials().stream().map(trial -> of(plan, trial)).toList());
        summary.put("best", state.best().map(best -> of(plan, best)).orElse(null));
        summary.put("influence", influence(plan, state.trials()));
        summary.put("final", last(plan, state));
        return summary;
    }

    /** Returns how strongly each setting has moved the metric at the first rung; null where that is unknown. */
    public static Map<String, Object> influence(SweepPlan plan, List<Trial> trials) {
        Map<String, Object> influences = new LinkedHashMap<>();
        Influence.of(plan.space(), trials)
                .forEach(setting -> influences.put(
                        setting.getKey(),
                        setting.getValue().strength().isPresent()
                                ? setting.getValue().strength().getAsDouble()
                                : null));
        return influences;
    }

    /** Returns the last training; null before it is done. */
    public static Map<String, Object> last(SweepPlan plan, SweepState state) {
        return state.last()
                .map(last -> {
                    Map<String, Object> json = new LinkedHashMap<>();
                    json.put("trial", last.trial());
                    json.put("folds", plan.folds());
                    json.put("run_id", last.runId());
                    json.put("model_name", plan.base().modelName());
                    json.put("model_version", last.version());
                    return json;
                })
                .orElse(null);
    }

    /** Returns a trial with its settings, state and metrics. */
    public static Map<String, Object> of(SweepPlan plan, Trial trial) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("trial", trial.number());
        json.put("state", plan.state(trial));
        json.put("metric", trial.metric().isPresent() ? trial.metric().getAsDouble() : null);
        json.put("epochs", trial.epochs());
        json.put("settings", trial.values());
        json.put("rungs", trial.results().stream().map(SweepSummary::json).toList());
        json.put("run_id", trial.runId().orElse(null));
        json.put("failure", trial.failure().orElse(null));
        return json;
    }

    private static Map<String, Object> json(Trial.Result result) {
        return Map.of(
                "epoch", result.epoch(),
                "metric", result.metric(),
                "seconds", result.took().toMillis() / 1e3);
    }

    /**
     * Returns the states of trials and how many have each, in the order of their first trial.
     *
     * @param state of a trial, as {@link SweepPlan#state} gives it
     */
    public static Map<String, Integer> states(List<Trial> trials, Function<Trial, String> state) {
        Map<String, Integer> states = new LinkedHashMap<>();
        trials.forEach(trial -> states.merge(state.apply(trial), 1, Integer::sum));
        return states;
    }
}
