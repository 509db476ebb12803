package io.heimdall.features.delay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Random;
import org.jtransforms.fft.DoubleFFT_1D;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The estimate is the maximum of the weighted cross-ambiguity as its definition has it, in double precision. */
class DelayDefinitionTest {
    private static final double RATE = 24_000;
    private static final int SAMPLES = 1 << 16;
    private static final int PAD = 256;

    @ParameterizedTest
    @CsvSource({
        "DRM, -10",
        "DRM, 0",
        "DRM, 15",
        "DRM, 40",
        "NBFM, -10",
        "NBFM, 10",
        "NBFM, 40",
        "FSK4, -10",
        "FSK4, 10",
        "FSK4, 40",
        "AM, -5",
        "AM, 10",
        "AM, 40",
    })
    void estimateIsTheMaximumOfTheDefinition(Transmission.Kind kind, double snrDb) throws IOException {
        Random random = new Random(kind.ordinal() + 31);
        double[] signal = kind.signal(random, SAMPLES + 2 * PAD, RATE);
        double[] late = Transmission.delayed(signal, f -> 1, 3.37);
        float[] a = Transmission.received(late, PAD, SAMPLES, snrDb, 0.02 / RATE, random);
        float[] b = Transmission.received(signal, PAD, SAMPLES, snrDb, 0, random);
        Pair pair = Pair.of(Transmission.timed(a, RATE), Transmission.timed(b, RATE), new Range(1e-3, 1, 1e-6));
        Measurement measured = new DelaySearch(pair).measure().orElseThrow();
        DelayEstimate estimate = (DelayEstimate) Verdicts.of(pair, measured);

        double defined = maximum(a, b, measured, estimate);
        assertThat(estimate.delaySeconds()).isCloseTo(defined, within(0.01 * estimate.noiseSigmaSeconds()));
        assertThat(defined).isCloseTo(3.37 / RATE, within(4 * estimate.noiseSigmaSeconds()));
    }

    /**
     * Maximises over {@code tau} next to the estimate, with lines {@code f_k}, their weights {@code W_k}, half overlapping
     * segments {@code s} with middles {@code t_s}, aligned by {@code tau_0}, and sums over all samples {@code t} of a recording:
     * <pre>{@code
     * | sum_s sum_k W_k A_sk conj(B_sk) |,  A_sk = sum_t w(t - t_s) a(t) exp(-2i pi f_k t)
     *                                       B_sk = sum_t w(t + tau_0 - t_s) b(t) exp(2i pi nu t) exp(-2i pi f_k (t + tau))
     * }</pre>
     */
    private static double maximum(float[] a, float[] b, Measurement measured, DelayEstimate estimate) {
        double[] products =
                products(a, b, measured.products().size(), measured.alignment().delay(), estimate.frequencyOffsetHz());
        double[] weights = weights(measured);
        double step = estimate.noiseSigmaSeconds() / 2;
        double tau = estimate.delaySeconds();
        for (int i = 0; i < 6; i++) {
            double left = ambiguity(products, weights, tau - step);
            double middle = ambiguity(products, weights, tau);
            double right = ambiguity(products, weights, tau + step);
            tau += step * Math.max(-1, Math.min(1, (left - right) / 2 / (left - 2 * middle + right)));
        }
        return tau;
    }

    /** The weight of the product of each line, from 0 Hz on. */
    private static double[] weights(Measurement measured) {
        Products products = measured.products();
        double[] weights = products.weights(measured.coherence());
        double[] all = new double[products.size()];
        for (int i = 0; i < weights.length; i++) {
            all[Math.floorMod(Math.round(products.hertz()[i] / products.lineHz()), all.length)] = weights[i];
        }
        return all;
    }

    /** {@code sum_s A_sk conj(B_sk)} for a {@code tau} of 0. */
    private static double[] products(float[] a, float[] b, int size, double aligned, double nu) {
        DoubleFFT_1D fft = new DoubleFFT_1D(size);
        double[] products = new double[2 * size];
        // The stretch that both have, less two samples at the ends of the second.
        double end = SAMPLES - 2 + Math.min(0, aligned * RATE);
        for (int first = (int) Math.ceil(2 + aligned * RATE); first + size <= end; first += size / 2) {
            int other = (int) Math.round(first - aligned * RATE);
            double[] x = segment(a, first, size, 0, 0);
            double[] y = segment(b, other, size, other - first + aligned * RATE, nu);
            fft.complexForward(x);
            fft.complexForward(y);
            for (int k = 0; k < size; k++) {
                double c = x[2 * k] * y[2 * k] + x[2 * k + 1] * y[2 * k + 1];
                double s = x[2 * k + 1] * y[2 * k] - x[2 * k] * y[2 * k + 1];
                double angle = 2 * Math.PI * k * (other - first) / size;
                products[2 * k] += c * Math.cos(angle) - s * Math.sin(angle);
                products[2 * k + 1] += c * Math.sin(angle) + s * Math.cos(angle);
            }
        }
        return products;
    }

    private static double ambiguity(double[] products, double[] weights, double tau) {
        int size = weights.length;
        double re = 0;
        double im = 0;
        for (int k = 0; k < size; k++) {
            double angle = 2 * Math.PI * (k < size / 2 ? k : k - size) / size * tau * RATE;
            re += weights[k] * (products[2 * k] * Math.cos(angle) - products[2 * k + 1] * Math.sin(angle));
            im += weights[k] * (products[2 * k] * Math.sin(angle) + products[2 * k + 1] * Math.cos(angle));
        }
        return Math.hypot(re, im);
    }

    private static double[] segment(float[] iq, int first, int size, double off, double nu) {
        double[] values = new double[2 * size];
        for (int i = 0; i < size; i++) {
            double w = SegmentReader.window((i + 0.5 + off) / size);
            double angle = 2 * Math.PI * nu * (first + i) / RATE;
            double re = iq[2 * (first + i)];
            double im = iq[2 * (first + i) + 1];
            values[2 * i] = w * (re * Math.cos(angle) - im * Math.sin(angle));
            values[2 * i + 1] = w * (re * Math.sin(angle) + im * Math.cos(angle));
        }
        return values;
    }
}
