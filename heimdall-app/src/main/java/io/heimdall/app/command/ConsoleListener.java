package io.heimdall.app.command;

import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.PipelineListener;

/** Shows a training's phases as progress, one after the other. */
final class ConsoleListener implements PipelineListener, AutoCloseable {
    private final Output output;
    private Progress progress;
    private String member = "";

    ConsoleListener(Output output) {
        this.output = output;
    }

    @Override
    public void member(int number, int members) {
        member = number == 0 ? "" : " " + number + "/" + members;
    }

    @Override
    public void begin(Phase phase, long steps) {
        end();
        if (steps > 0) {
            progress = output.progress(phase.title() + member, steps);
        }
    }

    @Override
    public void advance(long done, String detail) {
        if (progress != null) {
            progress.to(done, detail);
        }
    }

    @Override
    public void warn(String message) {
        end();
        output.note("Warning: " + message);
    }

    /** Ends the phase that is shown; whatever is printed next stands below it. */
    void end() {
        if (progress != null) {
            progress.close();
            progress = null;
        }
    }

    @Override
    public void close() {
        end();
    }
}
