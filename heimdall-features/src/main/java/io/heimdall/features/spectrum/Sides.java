package io.heimdall.features.spectrum;

/** Which part of the spectrum the mel bands cover, and so which kind of signal they take. */
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
