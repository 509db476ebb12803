package io.heimdall.app.command;

import io.heimdall.pipeline.PipelineListener;
import java.util.HashSet;
import java.util.Set;

/** Shows what trainings warn of, each warning once: trials on the same sessions have the same ones. */
final class TrialWarnings implements PipelineListener {
    private final Output output;
    private final Set<String> shown = new HashSet<>();

    TrialWarnings(Output output) {
        this.output = output;
    }

    @Override
    public void warn(String message) {
        if (shown.add(message)) {
            output.note("Warning: " + message);
        }
    }
}
