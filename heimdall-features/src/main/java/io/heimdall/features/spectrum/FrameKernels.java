package io.heimdall.features.spectrum;

import io.heimdall.features.internal.KernelChoice;
import io.heimdall.features.internal.Kernels;
import io.heimdall.features.internal.WarmUp;
import java.util.function.Supplier;

/**
 * Computes frames with the portable kernels until the vector kernels are warm, where the choice is left to us.
 *
 * <p>Both give the same bits, so it cannot be seen in the results. Thread-safe.
 */
final class FrameKernels {
    private static final long EARLY_FRAMES = 20_000;
    private static final WarmUp REAL = new WarmUp(EARLY_FRAMES);
    private static final WarmUp COMPLEX = new WarmUp(EARLY_FRAMES);

    private final FrameBands cold;
    private final FrameBands warm;
    private final WarmUp warmUp;
    /** Kept, so that asking allocates nothing. */
    private final Supplier<Runnable> coldTrial;

    private final Supplier<Runnable> warmTrial;

    FrameKernels(MelParameters parameters) {
        warmUp = parameters.sides().complex() ? COMPLEX : REAL;
        if (LaneFrames.take(parameters)) {
            Kernels kernels = KernelChoice.kernels();
            warm = new LaneFrames(parameters, kernels);
            cold = KernelChoice.isFixed() || kernels.lanes() == 1
                    ? warm
                    : new LaneFrames(parameters, KernelChoice.portable());
        } else {
            warm = new SingleFrames(parameters);
            cold = warm;
        }
        coldTrial = () -> new FrameTrial(cold);
        warmTrial = () -> new FrameTrial(warm);
    }

    /** Returns what computes the next so many frames. */
    FrameBands next(long count) {
        return cold == warm || warmUp.isOver(count, coldTrial, warmTrial) ? warm : cold;
    }

    MelBank bank() {
        return warm.bank();
    }
}
