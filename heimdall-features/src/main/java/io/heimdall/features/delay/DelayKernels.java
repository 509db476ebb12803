package io.heimdall.features.delay;

import io.heimdall.features.internal.KernelChoice;
import io.heimdall.features.internal.Kernels;
import io.heimdall.features.internal.WarmUp;
import java.util.Random;
import java.util.function.Supplier;

/** The kernels that transform segments: the portable ones until the vector ones are warm. Both give the same bits. */
final class DelayKernels {
    private static final int TRIAL = 1024;
    private static final WarmUp WARM_UP = new WarmUp(2000);

    private DelayKernels() {}

    /** Returns the kernels for so many segments. */
    static Kernels next(long segments) {
        Kernels kernels = KernelChoice.kernels();
        boolean taken = KernelChoice.isFixed()
                || kernels.lanes() == 1
                || WARM_UP.isOver(segments, trial(KernelChoice.portable()), trial(kernels));
        return taken ? kernels : KernelChoice.portable();
    }

    private static Supplier<Runnable> trial(Kernels kernels) {
        return () -> {
            GroupFft fft = new GroupFft(TRIAL, kernels);
            float[] group = fft.newGroup();
            float[] noise = new float[group.length];
            Random random = new Random(1);
            for (int i = 0; i < noise.length; i++) {
                noise[i] = random.nextFloat() - 0.5f;
            }
            return () -> {
                System.arraycopy(noise, 0, group, 0, noise.length);
                fft.forward(group, GroupFft.SEGMENTS);
            };
        };
    }
}
