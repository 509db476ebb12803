package io.heimdall.features.spectrum;

/** The frequency scale on which mel bands are equally wide. */
public enum MelScale {
    /** Linear below 1 kHz and logarithmic above, as in Slaney's Auditory Toolbox (1998). */
    SLANEY,
    /** {@code 2595 log10(1 + f / 700)}, as in the Hidden Markov Toolkit. */
    HTK,
    /**
     * The Slaney bands of a 22 050 Hz signal, laid over the spectrum whatever its real rate.
     *
     * <p>Frequencies given with this scale are those of the 22 050 Hz signal. For radio: the plain scales crowd
     * their bands into the lowest kilohertz and leave many of them empty at high rates.
     */
    AUDIO;

    private static final double AUDIO_RATE_HZ = 22050;
    private static final double LINEAR_HZ_PER_MEL = 200.0 / 3;
    private static final double LOG_FROM_HZ = 1000;
    private static final double LOG_FROM_MEL = LOG_FROM_HZ / LINEAR_HZ_PER_MEL;
    private static final double LOG_STEP = Math.log(6.4) / 27;

    /** The rate for which the bands are made. */
    double bankRateHz(double sampleRateHz) {
        return this == AUDIO ? AUDIO_RATE_HZ : sampleRateHz;
    }

    double toMel(double hz) {
        if (this == HTK) {
            return 2595 * Math.log10(1 + hz / 700);
        }
        return hz < LOG_FROM_HZ ? hz / LINEAR_HZ_PER_MEL : LOG_FROM_MEL + Math.log(hz / LOG_FROM_HZ) / LOG_STEP;
    }

    double toHz(double mel) {
        if (this == HTK) {
            return 700 * (Math.pow(10, mel / 2595) - 1);
        }
        return mel < LOG_FROM_MEL ? LINEAR_HZ_PER_MEL * mel : LOG_FROM_HZ * Math.exp(LOG_STEP * (mel - LOG_FROM_MEL));
    }
}
