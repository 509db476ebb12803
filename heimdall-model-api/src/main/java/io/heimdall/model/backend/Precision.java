package io.heimdall.model.backend;

/** The floating-point format in which a session keeps its weights and computes. */
public enum Precision {
    /** 32 bits: what networks are trained with. */
    FLOAT32,

    /**
     * 64 bits: several times slower, for comparing engines.
     *
     * <p>In 32 bits rounding differs between processors, and training steps amplify it; in 64 bits two engines that do
     * the same stay together to 1e-8, so that what is left of a difference is a mistake. Features, targets, handed-out
     * weights and moments are rounded to 32 bits still.
     */
    FLOAT64
}
