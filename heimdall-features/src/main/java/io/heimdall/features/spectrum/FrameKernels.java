package io.heimdall.features.spectrum;

import io.heimdall.features.internal.KernelChoice;
import io.heimdall.features.internal.Kernels;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Computes the first frames with the portable kernels and those after with the vector kernels, where the choice is left
 * to us: until the JVM has compiled them, vectors are objects, and a hundred times slower than plain floats.
 *
 * <p>Both give the same bits, so it cannot be seen in the results. Thread-safe.
 */
final class FrameKernels {
    /** The vector kernels take about as long to get fast as these many frames do with the portable ones. */
    static final long EARLY_FRAMES = 20_000;

    private final FrameBands early;
    private final FrameBands late;
    private final AtomicLong frames = new AtomicLong();

    FrameKernels(MelParameters parameters) {
        if (LaneFrames.take(parameters)) {
            Kernels kernels = KernelChoice.kernels();
            late = new LaneFrames(parameters, kernels);
            early = KernelChoice.isFixed() || kernels.lanes() == 1
                    ? late
                    : new LaneFrames(parameters, KernelChoice.portable());
        } else {
            late = new SingleFrames(parameters);
            early = late;
        }
    }

    /** Returns what computes the next so many frames. */
    FrameBands next(long count) {
        return early == late || frames.addAndGet(count) > EARLY_FRAMES ? late : early;
    }

    MelBank bank() {
        return late.bank();
    }
}
