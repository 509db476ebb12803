package io.heimdall.simulation;

import java.util.SplittableRandom;

/**
 * A second way of the signal to a station.
 *
 * @param delaySeconds after the first, 0 or more
 * @param amplitude relative to the first, 0 or more and below 1
 * @param turns phase relative to the first, in turns
 */
record Echo(double delaySeconds, double amplitude, double turns) {
    static final double LONGEST_SECONDS = 5e-6;

    private static final double SHORTEST_SECONDS = 1e-6;
    private static final double WEAKEST = 0.2;
    private static final double STRONGEST = 0.8;
    private static final int DRAWS = 20_000;

    /** Returns one at random: a delay of 1 to 5 us, an amplitude of 0.2 to 0.8, any phase. */
    static Echo draw(SplittableRandom random) {
        return new Echo(
                SHORTEST_SECONDS + (LONGEST_SECONDS - SHORTEST_SECONDS) * random.nextDouble(),
                WEAKEST + (STRONGEST - WEAKEST) * random.nextDouble(),
                random.nextDouble());
    }

    /** Returns how much later both ways together arrive than the first alone: the group delay in the middle of the band, seconds. */
    double errorSeconds() {
        double cosine = Math.cos(2 * Math.PI * turns);
        return delaySeconds * amplitude * (amplitude + cosine) / (1 + amplitude * amplitude + 2 * amplitude * cosine);
    }

    /** Returns mean and standard deviation of {@link #errorSeconds()} over all echoes that are drawn, seconds. */
    static double[] law() {
        SplittableRandom random = Generators.of(DRAWS);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            double error = draw(random).errorSeconds();
            sum += error;
            squares += error * error;
        }
        double mean = sum / DRAWS;
        return new double[] {mean, Math.sqrt(squares / DRAWS - mean * mean)};
    }
}
