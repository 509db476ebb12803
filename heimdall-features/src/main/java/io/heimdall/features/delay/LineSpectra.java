package io.heimdall.features.delay;

import java.io.IOException;

/** Spectra of a group of segments of one recording, at the lines of the first recording. One thread at a time. */
interface LineSpectra {

    /**
     * Computes the spectra of segments.
     *
     * @param piece where the samples are
     * @param centres the time of the middle of each segment, ascending and at equal distances
     * @param count how many
     * @param late receives how much later each segment lies than asked for, seconds: samples are where they are
     * @throws IOException if the recording cannot be read
     */
    void compute(Piece piece, double[] centres, int count, double[] late) throws IOException;

    /** Returns whether the spectra are what segments that are not late would give. */
    boolean allowForLateness();

    /** Returns the group of spectra, laid out as {@link GroupFft} says. */
    float[] group();
}
