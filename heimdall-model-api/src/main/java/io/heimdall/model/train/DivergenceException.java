package io.heimdall.model.train;

import io.heimdall.model.ModelException;
import java.util.List;

/** Thrown when a loss or a gradient is NaN or infinite. */
public final class DivergenceException extends ModelException {
    private final String summary;
    private final long step;
    private final List<String> sessionIds;

    /**
     * Makes one.
     *
     * @param step that was the last, from 1
     * @param summary when it happened, and the numbers
     * @param sessionIds of the batch
     * @param advice which sessions they are of, and what can be done
     */
    DivergenceException(long step, String summary, List<String> sessionIds, String advice) {
        super(summary + advice);
        this.step = step;
        this.summary = summary;
        this.sessionIds = List.copyOf(sessionIds);
    }

    /** Returns the step that it happened at, from 1; of a validation loss, the last step before. */
    public long step() {
        return step;
    }

    /** Returns when it happened and the numbers, without the sessions. */
    public String summary() {
        return summary;
    }

    /** Returns the sessions of the batch that gave the number, repeated as they are in it. */
    public List<String> sessionIds() {
        return sessionIds;
    }
}
