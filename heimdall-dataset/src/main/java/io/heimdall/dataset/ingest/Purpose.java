package io.heimdall.dataset.ingest;

/** What recordings are read for, and so which of them cannot be used. */
enum Purpose {
    /** To be learned from: what looks wrong is warned of. */
    TRAINING,
    /** To be learned from: what looks wrong is refused. */
    STRICT_TRAINING,
    /** To be located by a model, which takes IQ alone. */
    PREDICTION
}
