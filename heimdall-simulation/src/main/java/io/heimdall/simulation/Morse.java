package io.heimdall.simulation;

import java.util.SplittableRandom;

/** A carrier keyed by letters of dots and dashes, with soft edges. */
final class Morse {
    private static final double EDGE_SECONDS = 0.005;
    private static final int LONGEST_LETTER = 4;

    private Morse() {}

    /** Writes pairs: the amplitude, 0..1, in the real part. */
    static void write(SplittableRandom random, double rateHz, float[] iq) {
        double dot = 1.2 / (20 + 10 * random.nextDouble());
        // The piece begins somewhere within the first element.
        double begin = -dot * random.nextDouble();
        int left = 1 + random.nextInt(LONGEST_LETTER);
        double end = begin + mark(random, dot);
        for (int n = 0; n < iq.length; n += 2) {
            double time = n / 2 / rateHz;
            if (time > end) {
                left--;
                begin = end + (left > 0 ? dot : 3 * dot);
                end = begin + mark(random, dot);
                left = left > 0 ? left : 1 + random.nextInt(LONGEST_LETTER);
            }
            iq[n] = (float) (time < begin ? 0 : edge(time - begin) * edge(end - time));
            iq[n + 1] = 0;
        }
    }

    private static double mark(SplittableRandom random, double dot) {
        return random.nextBoolean() ? dot : 3 * dot;
    }

    /** Raised cosine from 0 to 1. */
    private static double edge(double seconds) {
        return seconds >= EDGE_SECONDS ? 1 : 0.5 - 0.5 * Math.cos(Math.PI * seconds / EDGE_SECONDS);
    }
}
