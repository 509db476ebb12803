package io.heimdall.features.spectrum;

/** The part of the spectrum that the mel bands cover, which determines the kind of signal. */
public enum Sides {
    /** 0 Hz to Nyquist of a real signal. */
    REAL,
    /** Both sides of 0 Hz of a complex signal, half of the bands each; row 0 is the most negative band. */
    TWO_SIDED,
    /** The sum of the powers at +f and -f of a complex signal. */
    FOLDED;

    /** Returns whether the signal is complex: pairs I, Q. */
    public boolean complex() {
        return this != REAL;
    }
}
