package io.heimdall.features.spectrum;

import org.jtransforms.fft.DoubleFFT_1D;
import org.jtransforms.utils.CommonUtils;

/** JTransforms' split-radix transform, for powers of two: its other lengths allocate on every call. */
final class JTransformsFft implements Fft {
    static {
        // From 8192 points on JTransforms would hand halves to a pool of its own: that allocates, competes with the
        // threads that already share the recordings, and its threads keep a finished program alive for a minute.
        CommonUtils.setThreadsBeginN_1D_FFT_2Threads(Long.MAX_VALUE);
        CommonUtils.setThreadsBeginN_1D_FFT_4Threads(Long.MAX_VALUE);
    }

    private final DoubleFFT_1D transform;

    JTransformsFft(int length) {
        transform = new DoubleFFT_1D(length);
    }

    @Override
    public int workLength() {
        return 0;
    }

    @Override
    public void forward(double[] values, double[] work) {
        transform.complexForward(values);
    }
}
