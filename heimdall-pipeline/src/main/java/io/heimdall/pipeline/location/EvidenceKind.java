package io.heimdall.pipeline.location;

import java.util.Locale;

/** What a place is told by. */
public enum EvidenceKind {
    /** Levels and recordings, through a model. */
    LEVELS,

    /** Delays between recordings of stations whose clocks are known. */
    DELAYS,

    /** Directions that stations heard a signal from. */
    BEARINGS;

    /** Returns the name that people type: {@code levels}, {@code delays}, {@code bearings}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
