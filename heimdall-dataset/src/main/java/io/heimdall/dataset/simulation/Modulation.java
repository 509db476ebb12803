package io.heimdall.dataset.simulation;

import java.util.SplittableRandom;

/** What transmitters send; all fits into 12.5 kHz. */
public enum Modulation {
    /** Speech in narrow-band frequency modulation, at most 2.5 kHz off the carrier. */
    NBFM,
    /** Speech in the upper side band, 300 to 2700 Hz over the suppressed carrier. */
    SSB,
    /** Morse letters, 20 to 30 words a minute. */
    CW,
    /** Packet radio: tones of 1200 and 2200 Hz at 1200 baud, frequency modulated. */
    AFSK,
    /** Digital voice: 4800 symbols a second of four frequencies, 648 and 1944 Hz to both sides. */
    FSK4;

    /** Returns one of all, each as likely. */
    static Modulation draw(SplittableRandom random) {
        return values()[random.nextInt(values().length)];
    }
}
