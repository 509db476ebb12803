package io.heimdall.pipeline.world;

import java.util.Optional;

/** The measurement of a station in service in a session: silence, a level alone, or a recording. */
public sealed interface Received {
    /** Of the noise; a signal is at least this part of it, so that its level is a number. */
    double LEAST_SIGNAL = 0.05;

    /** Returns whether it heard the session. */
    default boolean heard() {
        return true;
    }

    /** Returns the powers of its recording, if there is one. */
    default Optional<MeanPowers> powers() {
        return Optional.empty();
    }

    /**
     * Returns the level of a station that heard the session, decibels.
     *
     * @param noise mean power of a band without signal; of a recording it is taken off
     */
    double levelDb(double noise);

    /** Nothing: the signal was too weak, or the station dropped out. */
    record Silence() implements Received {
        @Override
        public boolean heard() {
            return false;
        }

        @Override
        public double levelDb(double noise) {
            return 0;
        }
    }

    /**
     * A level alone.
     *
     * @param decibels in the station's own reference, noise and all
     */
    record LevelAlone(double decibels) implements Received {
        @Override
        public double levelDb(double noise) {
            return decibels;
        }
    }

    /**
     * A recording.
     *
     * @param mean its powers
     */
    record Spectrum(MeanPowers mean) implements Received {
        @Override
        public Optional<MeanPowers> powers() {
            return Optional.of(mean);
        }

        @Override
        public double levelDb(double noise) {
            double own = mean.noise(noise);
            return 10 * Math.log10(Math.max(mean.total() - own, LEAST_SIGNAL * own));
        }
    }
}
