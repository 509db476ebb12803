package io.heimdall.app.service;

import io.heimdall.app.jobs.TrainingJob;
import io.heimdall.app.service.ShownSweep.Status;
import io.heimdall.model.train.EpochMetric;
import io.heimdall.pipeline.sweep.SweepPlan;
import io.heimdall.pipeline.sweep.SweepState;
import io.heimdall.pipeline.sweep.SweepSummary;
import io.heimdall.pipeline.sweep.Trial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sweeps as the service shows them. */
final class SweepView {
    private SweepView() {}

    /** Returns what the list says of a sweep. */
    static Map<String, Object> brief(ShownSweep sweep) {
        SweepState state = sweep.state();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("sweep_id", sweep.name());
        view.put("status", JobView.word(sweep.status()));
        view.put("origin", JobView.word(sweep.origin()));
        view.put("submitted_at", sweep.submitted().toString());
        view.put("network", sweep.plan().base().network());
        view.put("total", state.trials().size());
        view.put("states", SweepSummary.states(state.trials(), trial -> state(sweep, trial)));
        view.put("best", state.best().map(SweepView::best).orElse(null));
        view.put("model_name", sweep.plan().base().modelName());
        view.put("model_version", state.last().map(SweepState.Last::version).orElse(null));
        view.put("error", sweep.error().map(Answers::withoutCredentials).orElse(null));
        return view;
    }

    private static Map<String, Object> best(Trial best) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("trial", best.number());
        view.put("metric", best.metric().orElseThrow());
        view.put("epochs", best.epochs());
        view.put("settings", best.values());
        return view;
    }

    /** Returns all that is known of a sweep. */
    static Map<String, Object> of(ShownSweep sweep) {
        SweepPlan plan = sweep.plan();
        List<Trial> trials = sweep.state().trials();
        Map<String, Object> view = brief(sweep);
        view.put("metric", EpochMetric.VALIDATION_NLL.key());
        view.put("rungs", plan.asha().rungs());
        view.put("factor", plan.asha().factor());
        view.put("influence", SweepSummary.influence(plan, trials));
        view.put("final", SweepSummary.last(plan, sweep.state()));
        view.put("space", plan.space().text());
        view.put("trials", trials.stream().map(trial -> trial(sweep, trial)).toList());
        boolean drawn = trials.stream().anyMatch(trial -> !trial.results().isEmpty());
        view.put("workers", sweep.workers().stream().map(SweepView::worker).toList());
        view.put("picture", drawn ? "/sweeps/" + sweep.name() + "/picture" : null);
        return view;
    }

    private static Map<String, Object> trial(ShownSweep sweep, Trial trial) {
        Map<String, Object> view = SweepSummary.of(sweep.plan(), trial);
        view.put("state", state(sweep, trial));
        view.put("failure", trial.failure().map(Answers::withoutCredentials).orElse(null));
        return view;
    }

    private static Map<String, Object> worker(TrainingJob job) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("status", job.status().word());
        view.put("phase", job.progress().phase().map(JobView::word).orElse(null));
        view.put("epoch", job.progress().epoch());
        view.put("epochs", job.progress().epochs());
        view.put("error", job.error().map(Answers::withoutCredentials).orElse(null));
        return view;
    }

    /** A trial that a process was at, and is not any more, is interrupted; of a sweep that runs, somebody is at it. */
    private static String state(ShownSweep sweep, Trial trial) {
        boolean running = sweep.status() == Status.RUNNING && trial.job().isPresent();
        return running ? "running" : sweep.plan().state(trial);
    }
}
