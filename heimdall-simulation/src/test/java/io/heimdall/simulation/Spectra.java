package io.heimdall.simulation;

/** Spectra by definition, for tests. */
final class Spectra {
    private Spectra() {}

    /** Returns the share of the power between two frequencies; a Hann window keeps the rest out of it to -60 dB and below. */
    static double share(float[] iq, double rateHz, double fromHz, double toHz) {
        double[] power = power(iq, 1024);
        double inside = 0;
        double all = 0;
        for (int k = 0; k < power.length; k++) {
            double hz = (k < power.length / 2 ? k : k - power.length) * rateHz / power.length;
            all += power[k];
            inside += hz >= fromHz && hz <= toHz ? power[k] : 0;
        }
        return inside / all;
    }

    /** Returns the power at one frequency in cycles per sample, over the whole signal. */
    static double at(float[] iq, double cycles) {
        double real = 0;
        double imaginary = 0;
        int samples = iq.length / 2;
        for (int n = 0; n < samples; n++) {
            double window = 1 - Math.cos(2 * Math.PI * n / samples);
            double c = window * Math.cos(2 * Math.PI * cycles * n);
            double s = window * Math.sin(2 * Math.PI * cycles * n);
            real += iq[2 * n] * c + iq[2 * n + 1] * s;
            imaginary += iq[2 * n + 1] * c - iq[2 * n] * s;
        }
        return (real * real + imaginary * imaginary) / samples / samples;
    }

    private static double[] power(float[] iq, int length) {
        double[] sum = new double[length];
        double[] cos = new double[length];
        double[] sin = new double[length];
        for (int n = 0; n < length; n++) {
            cos[n] = Math.cos(2 * Math.PI * n / length);
            sin[n] = Math.sin(2 * Math.PI * n / length);
        }
        for (int start = 0; start + length <= iq.length / 2; start += length) {
            for (int k = 0; k < length; k++) {
                double real = 0;
                double imaginary = 0;
                for (int n = 0; n < length; n++) {
                    int turn = (int) ((long) k * n % length);
                    double window = 1 - cos[n];
                    float i = iq[2 * (start + n)];
                    float q = iq[2 * (start + n) + 1];
                    real += window * (i * cos[turn] + q * sin[turn]);
                    imaginary += window * (q * cos[turn] - i * sin[turn]);
                }
                sum[k] += real * real + imaginary * imaginary;
            }
        }
        return sum;
    }
}
