package io.heimdall.model.train;

import io.heimdall.model.ModelException;

/** A loss or a gradient that is no longer a finite number. */
public final class DivergenceException extends ModelException {
    private final String summary;

    /**
     * Makes one.
     *
     * @param summary when it happened, and the numbers
     * @param advice which sessions they are of, and what can be done
     */
    DivergenceException(String summary, String advice) {
        super(summary + advice);
        this.summary = summary;
    }

    /** Returns when it happened and the numbers, without the sessions. */
    public String summary() {
        return summary;
    }
}
