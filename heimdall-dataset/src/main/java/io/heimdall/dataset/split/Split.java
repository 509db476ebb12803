package io.heimdall.dataset.split;

/** The three parts of a data set. */
public enum Split {
    /** Learned from. */
    TRAIN,
    /** Decides when to stop, and scales sigma. */
    VALIDATION,
    /** Judges the result; seen once, at the end. */
    TEST
}
