package io.heimdall.features.spectrum;

import java.util.Arrays;

/**
 * A transform of any length as a convolution with a chirp, done by transforms of a power of two.
 *
 * @see <a href="https://doi.org/10.1109/TAU.1970.1162132">Bluestein, 1970</a>
 */
final class BluesteinFft implements Fft {
    private final int length;
    private final int convolutionLength;
    private final Fft convolution;
    private final double[] chirp;
    private final double[] chirpSpectrum;

    BluesteinFft(int length) {
        this.length = length;
        convolutionLength = Integer.highestOneBit(2 * length - 1) * 2;
        convolution = new JTransformsFft(convolutionLength);
        chirp = new double[2 * length];
        chirpSpectrum = new double[2 * convolutionLength];
        for (int n = 0; n < length; n++) {
            // n^2 is reduced as an integer: the angle of a large n^2 would have lost its digits.
            double angle = Math.PI * ((long) n * n % (2L * length)) / length;
            chirp[2 * n] = Math.cos(angle);
            chirp[2 * n + 1] = -Math.sin(angle);
            int mirror = (convolutionLength - n) % convolutionLength;
            chirpSpectrum[2 * n] = chirpSpectrum[2 * mirror] = Math.cos(angle) / convolutionLength;
            chirpSpectrum[2 * n + 1] = chirpSpectrum[2 * mirror + 1] = Math.sin(angle) / convolutionLength;
        }
        convolution.forward(chirpSpectrum, new double[convolution.workLength()]);
    }

    @Override
    public int workLength() {
        return 2 * convolutionLength;
    }

    @Override
    public void forward(double[] values, double[] work) {
        multiply(values, chirp, work, length, 1);
        Arrays.fill(work, 2 * length, 2 * convolutionLength, 0);
        convolution.forward(work, work);
        // The inverse transform is the forward one between two conjugations.
        multiply(work, chirpSpectrum, work, convolutionLength, -1);
        convolution.forward(work, work);
        for (int i = 1; i < 2 * length; i += 2) {
            work[i] = -work[i];
        }
        multiply(work, chirp, values, length, 1);
    }

    /** {@code out = a b}, with the imaginary part multiplied by {@code sign}. */
    private static void multiply(double[] a, double[] b, double[] out, int n, int sign) {
        for (int i = 0; i < 2 * n; i += 2) {
            double re = a[i] * b[i] - a[i + 1] * b[i + 1];
            double im = a[i] * b[i + 1] + a[i + 1] * b[i];
            out[i] = re;
            out[i + 1] = sign * im;
        }
    }
}
