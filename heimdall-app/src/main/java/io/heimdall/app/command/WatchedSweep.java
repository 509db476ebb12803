package io.heimdall.app.command;

import io.heimdall.app.jobs.JobStatus;
import io.heimdall.app.jobs.SweepJob;
import io.heimdall.app.jobs.SweepJobs;
import io.heimdall.pipeline.sweep.SweepSummary;
import io.heimdall.pipeline.sweep.Trial;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Shows a sweep that the workers of a queue share, until it ends. */
record WatchedSweep(Output output, SweepJobs sweeps, SweepConsole shown, StopSignal stop) {
    private static final long PAUSE_MILLIS = 500;

    /** Returns the exit code: 0 if the sweep has succeeded. */
    int watch(String name) throws IOException {
        Map<Integer, Trial> known = new HashMap<>();
        while (true) {
            SweepJob sweep = sweeps.find(name).orElseThrow();
            sweep.state().trials().forEach(trial -> show(trial, known.put(trial.number(), trial), sweep));
            if (sweep.status().ended()) {
                return end(sweep);
            }
            if (stop.asked()) {
                output.note("The workers go on with the sweep " + name + "; the same command shows it again, and a"
                        + " service cancels it: DELETE /sweeps/" + name);
                return 1;
            }
            await();
        }
    }

    private void show(Trial trial, Trial before, SweepJob sweep) {
        boolean more = before == null
                ? !trial.results().isEmpty() || trial.failure().isPresent()
                : trial.results().size() > before.results().size()
                        || !trial.failure().equals(before.failure());
        if (more) {
            shown.reached(trial, sweep.state());
        }
    }

    private static void await() throws IOException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a sweep", e);
        }
    }

    private int end(SweepJob sweep) {
        output.say("");
        output.say("Status      " + sweep.status().word());
        sweep.error().ifPresent(why -> output.say("Error       " + why));
        SweepConsole.lines(sweep.plan(), sweep.state()).forEach(output::say);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("sweep", sweep.name());
        json.put("status", sweep.status().word());
        json.putAll(SweepSummary.of(sweep.plan(), sweep.state()));
        output.json(json);
        return sweep.status() == JobStatus.SUCCEEDED ? 0 : 1;
    }
}
