package io.heimdall.pipeline.monitor;

import java.util.Locale;

/** How much a finding matters. */
public enum Warning {
    /** As expected. */
    OK,
    /** Somebody should look. */
    WARNING,
    /** The model's answers are most likely wrong. */
    ALARM;

    /** Returns the worse of two. */
    Warning or(Warning other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** Returns the word of the JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
