package io.heimdall.simulation;

import java.util.SplittableRandom;

/** The modulation of a transmitter. Every modulation but {@link #WIDEBAND} fits into 12.5 kHz. */
public enum Modulation {
    /** Speech in narrow-band frequency modulation, at most 2.5 kHz off the carrier. */
    NBFM {
        @Override
        void write(SplittableRandom random, double rateHz, float[] iq) {
            Speech.write(random, rateHz, iq);
            FrequencyModulation.ofRealPart(iq, PEAK_DEVIATION_HZ, rateHz);
        }
    },
    /** Speech in the upper side band, 300 to 2700 Hz over the suppressed carrier. */
    SSB {
        @Override
        void write(SplittableRandom random, double rateHz, float[] iq) {
            Speech.write(random, rateHz, iq);
        }
    },
    /** Morse letters, 20 to 30 words a minute. */
    CW {
        @Override
        void write(SplittableRandom random, double rateHz, float[] iq) {
            Morse.write(random, rateHz, iq);
        }
    },
    /** Packet radio: tones of 1200 and 2200 Hz at 1200 baud, frequency modulated by 2.5 kHz. */
    AFSK {
        @Override
        void write(SplittableRandom random, double rateHz, float[] iq) {
            DataSignals.writeTones(random, rateHz, iq);
            FrequencyModulation.ofRealPart(iq, PEAK_DEVIATION_HZ, rateHz);
        }
    },
    /** Digital voice: 4800 symbols a second of four frequencies, 648 and 1944 Hz to both sides. */
    FSK4 {
        @Override
        void write(SplittableRandom random, double rateHz, float[] iq) {
            DataSignals.writeFourLevels(random, rateHz, iq);
            FrequencyModulation.ofRealPart(iq, DataSignals.INNER_DEVIATION_HZ, rateHz);
        }
    },
    /** Many carriers side by side, noise-like, over four fifths of the recorded band: only in worlds of stated clocks. */
    WIDEBAND {
        @Override
        void write(SplittableRandom random, double rateHz, float[] iq) {
            Wideband.write(random, iq);
        }
    };

    private static final double PEAK_DEVIATION_HZ = 2500;

    private static final Modulation[] NARROW = {NBFM, SSB, CW, AFSK, FSK4};

    /**
     * Writes a piece of a transmission at complex baseband, of any power.
     *
     * @param random what is said
     * @param rateHz samples a second, 16 000 or more
     * @param iq pairs I, Q; every element overwritten
     */
    abstract void write(SplittableRandom random, double rateHz, float[] iq);

    /** Returns one of the narrow ones, each as likely. */
    static Modulation draw(SplittableRandom random) {
        return NARROW[random.nextInt(NARROW.length)];
    }
}
