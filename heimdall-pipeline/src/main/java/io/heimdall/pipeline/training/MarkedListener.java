package io.heimdall.pipeline.training;

import io.heimdall.pipeline.ForwardingListener;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.PipelineListener;

/** Marks each step in the training's folder before it passes it on. */
final class MarkedListener implements ForwardingListener {
    private final PipelineListener listener;
    private final StepMark mark;
    private final Deaths deaths;
    private volatile Phase phase = Phase.LOAD;

    MarkedListener(PipelineListener listener, StepMark mark, Deaths deaths) {
        this.listener = listener;
        this.mark = mark;
        this.deaths = deaths;
    }

    @Override
    public PipelineListener listener() {
        return listener;
    }

    @Override
    public void begin(Phase next, long steps) {
        phase = next;
        mark.set(next, 0);
        listener.begin(next, steps);
    }

    @Override
    public void advance(long done, String detail) {
        mark.set(phase, done);
        listener.advance(done, detail);
    }

    /** Forgets the deaths of before: the training has come as far as this checkpoint in spite of them. */
    @Override
    public void checkpoint() {
        deaths.forget();
        listener.checkpoint();
    }
}
