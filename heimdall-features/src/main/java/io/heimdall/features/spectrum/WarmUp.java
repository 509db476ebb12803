package io.heimdall.features.spectrum;

import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether the vector kernels are compiled: until they are, each vector is an object, and they are a hundred times slower
 * than the portable ones.
 *
 * <p>After the first frames, a thread of its own runs both kernels on noise, until the vector kernels win. It is a daemon, and
 * gives up after some time: so a JVM whose compiler makes nothing of vectors stays with the portable kernels. Thread-safe.
 */
final class WarmUp {
    /** With fewer frames in a whole JVM it is not worth the processor's time. */
    static final long EARLY_FRAMES = 20_000;

    private static final WarmUp REAL = new WarmUp();
    private static final WarmUp COMPLEX = new WarmUp();
    private static final int TRIAL_FRAMES = 64;
    private static final int WINS = 3;
    private static final long LIMIT_NS = 120_000_000_000L;

    private final AtomicLong frames = new AtomicLong();
    private volatile boolean over;

    /** Returns that of all spectrograms of a kind in this JVM. */
    static WarmUp of(boolean complex) {
        return complex ? COMPLEX : REAL;
    }

    /** Returns whether the next so many frames are for the vector kernels. */
    boolean isOver(long count, FrameBands portable, FrameBands vector) {
        if (!over) {
            long before = frames.getAndAdd(count);
            if (before < EARLY_FRAMES && before + count >= EARLY_FRAMES) {
                Thread thread = new Thread(() -> run(portable, vector), "heimdall-kernel-warm-up");
                thread.setDaemon(true);
                thread.start();
            }
        }
        return over;
    }

    private void run(FrameBands portable, FrameBands vector) {
        Trial one = new Trial(portable);
        Trial other = new Trial(vector);
        long begin = System.nanoTime();
        for (int wins = 0; wins < WINS && System.nanoTime() - begin < LIMIT_NS; ) {
            wins = one.run() > other.run() ? wins + 1 : 0;
            over = wins == WINS;
        }
    }

    private static final class Trial {
        private static final int HOP = 256;

        private final FrameBands bands;
        private final FrameMemory memory;
        private final float[] signal;

        Trial(FrameBands bands) {
            this.bands = bands;
            memory = bands.newMemory();
            signal = new float[2 * ((int) bands.span(HOP) + TRIAL_FRAMES * HOP)];
            Random random = new Random(1);
            for (int i = 0; i < signal.length; i++) {
                signal[i] = random.nextFloat() - 0.5f;
            }
        }

        /** Computes some frames; returns how long it took, in nanoseconds. */
        long run() {
            long begin = System.nanoTime();
            float[] levels = memory.bands();
            for (int t = 0; t < TRIAL_FRAMES; t += bands.lanes()) {
                bands.power(signal, signal.length / 2, t * HOP, HOP, t > 0, memory);
                bands.kernels().decibels(levels, levels.length, levels);
            }
            return System.nanoTime() - begin;
        }
    }
}
