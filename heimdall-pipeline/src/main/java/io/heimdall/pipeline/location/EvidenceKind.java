package io.heimdall.pipeline.location;

import java.util.Locale;

/** What a place is told by, beside levels. */
public enum EvidenceKind {
    /** Delays between recordings of stations whose clocks are known. */
    DELAYS,

    /** Directions that stations heard a signal from. */
    BEARINGS;

    /** Returns the name that people type: {@code delays}, {@code bearings}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
