package io.heimdall.simulation;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * The time of one recording: what the station says of it, and what is true.
 *
 * @param startSamples after the session's start that the recording begins, by the station's clock
 * @param clockSigmaSeconds one sigma of its clock, as the station states it; empty where it states nothing
 * @param wrong whether the clock is wrong without saying so
 * @param echo a second way of the signal, where there is one
 */
public record Timing(int startSamples, OptionalDouble clockSigmaSeconds, boolean wrong, Optional<Echo> echo) {
    /** At the session's start, by a clock of which nothing is known. */
    static final Timing UNSTATED = new Timing(0, OptionalDouble.empty(), false, Optional.empty());

    /** Stations start within a hundredth of the recording: what they have in common hardly gets shorter. */
    static final double LATEST_START = 0.01;

    /** What is true of a recording's clock. */
    record Drawn(Timing timing, double clockOffsetSeconds) {}

    /**
     * Draws one.
     *
     * @param goodOffsetSeconds the clock's error if it is neither coarse nor wrong
     */
    static Drawn draw(World world, int station, double goodOffsetSeconds, SplittableRandom random) {
        Clocks clocks = world.conditions().clocks();
        if (!clocks.areStated()) {
            return new Drawn(UNSTATED, goodOffsetSeconds);
        }
        int start = random.nextInt(1 + (int) (LATEST_START * world.recorders().samples()));
        double kind = random.nextDouble();
        double coarseOffset = Draws.cutNormal(random, clocks.coarseSigmaSeconds());
        double wrongBy = random.nextBoolean() ? clocks.wrongSeconds() : -clocks.wrongSeconds();
        Echo echo = Echo.draw(random);
        boolean coarse = kind < clocks.coarseShare();
        boolean wrong = !coarse && kind < clocks.coarseShare() + clocks.wrongShare();
        Timing timing = new Timing(
                start,
                OptionalDouble.of(coarse ? clocks.coarseSigmaSeconds() : clocks.sigmaSeconds()),
                wrong,
                clocks.echoing().contains(world.stationNames().get(station)) ? Optional.of(echo) : Optional.empty());
        return new Drawn(timing, coarse ? coarseOffset : goodOffsetSeconds + (wrong ? wrongBy : 0));
    }
}
