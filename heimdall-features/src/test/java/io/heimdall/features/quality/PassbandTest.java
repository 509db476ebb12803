package io.heimdall.features.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.features.recording.Recordings;
import java.io.IOException;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Receivers whose filter is narrower than the sampling rate: the noise to compare with is that of the passband. */
class PassbandTest {
    private static final int SAMPLES = 1 << 16;
    private static final double NOISE_DB = -45;

    /** The amplitude that a receiver's filter lets through, by frequency in cycles per sample. */
    private enum Receiver {
        WHOLE_BAND(f -> 1),
        UPPER_SIDE_BAND(f -> f > 0.025 && f < 0.225 ? 1 : 0),
        LOWER_SIDE_BAND(f -> f > -0.23 && f < -0.02 ? 1 : 0),
        BOTH_ENDS_CUT(f -> Math.abs(f) < 0.41 ? 1 : 0),
        ONE_SIDE_OF_ZERO(f -> f > 0 && f < 0.42 ? 1 : 0),
        NARROW(f -> Math.abs(f) < 0.1 ? 1 : 0),
        MORSE(f -> Math.abs(f - 0.07) < 0.02 ? 1 : 0),
        SOFT(f -> slope(0.25, 0.2, f)),
        STEEP(f -> slope(0.2, 0.05, f)),
        GENTLE(f -> slope(0.15, 0.4, f)),
        UNEQUAL_SIDES(f -> f < 0 ? slope(0.3, 0.02, f) : slope(0.1, 0.3, f)),
        GAUSSIAN(f -> Math.exp(-f * f / 0.03)),
        BUTTERWORTH(f -> 1 / Math.sqrt(1 + Math.pow(f / 0.2, 8))),
        NOTCH_AT_ZERO(f -> Math.abs(f) > 0.01 ? 1 : 0),
        TILTED(f -> Math.pow(10, 6 * f / 20));

        private final DoubleUnaryOperator amplitude;

        Receiver(DoubleUnaryOperator amplitude) {
            this.amplitude = amplitude;
        }

        /** Returns a frequency in the passband. */
        double inside() {
            return switch (this) {
                case LOWER_SIDE_BAND -> -0.11;
                case MORSE -> 0.07;
                default -> 0.09;
            };
        }

        /** Falls 60 dB over a width beyond an edge, to -80 dB at most. */
        private static double slope(double edge, double width, double f) {
            return Math.max(1e-4, Math.pow(10, -3 * Math.max(0, Math.abs(f) - edge) / width));
        }

        /** Returns noise that has passed the filter, of {@link #NOISE_DB}. */
        private double[][] noise(long seed) {
            Random random = new Random(seed);
            double[][] z = new double[2][SAMPLES];
            for (int k = 0; k < SAMPLES; k++) {
                double gain = amplitude.applyAsDouble(k / (double) SAMPLES - (k < SAMPLES / 2 ? 0 : 1));
                z[0][k] = gain * random.nextGaussian();
                z[1][k] = gain * random.nextGaussian();
            }
            transform(z[0], z[1]);
            return scaled(z, NOISE_DB);
        }
    }

    /** Signals of which the mean power is 1. */
    private enum Signal {
        TONE,
        FREQUENCY_MODULATION,
        ON_AND_OFF;

        private double[][] samples(double frequency, double powerDb) {
            Random random = new Random(3);
            double[][] z = new double[2][SAMPLES];
            double phase = 0;
            double speech = 0;
            double on = 0;
            for (int n = 0; n < SAMPLES; n++) {
                speech += 0.01 * (random.nextGaussian() - speech);
                on += 0.005 * ((n / 3000 % 3 == 0 ? 1 : 0) - on); // without a click at the key's ends
                phase += 2 * Math.PI * (frequency + (this == FREQUENCY_MODULATION ? 0.06 * speech : 0));
                double amplitude = this == ON_AND_OFF ? on : 1;
                z[0][n] = amplitude * Math.cos(phase);
                z[1][n] = amplitude * Math.sin(phase);
            }
            return scaled(z, powerDb);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noiseAloneHasNoSignal(Receiver receiver) throws IOException {
        for (int seed = 1; seed <= 4; seed++) {
            assertThat(quality(receiver.noise(seed)).snrDb())
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSignalIsComparedWithTheNoiseThatPassed(Receiver receiver) throws IOException {
        for (Signal signal : Signal.values()) {
            for (double snrDb : new double[] {0, 10, 25}) {
                double[][] z = receiver.noise(77 + (long) snrDb);
                double[][] sent = signal.samples(receiver.inside(), NOISE_DB + snrDb);
                for (int n = 0; n < SAMPLES; n++) {
                    z[0][n] += sent[0][n];
                    z[1][n] += sent[1][n];
                }
                // The few lines of a narrow passband lie beneath the side bands of a strong signal.
                double tolerance = receiver == Receiver.MORSE && snrDb > 20 ? 3 : 0.8;
                assertThat(quality(z).snrDb().orElse(Double.NaN))
                        .as("%s of %.0f dB", signal, snrDb)
                        .isCloseTo(snrDb, within(tolerance));
            }
        }
    }

    /** Measures samples that were rounded to 16 bits. */
    private static RecordingQuality quality(double[][] z) throws IOException {
        float[] iq = new float[2 * SAMPLES];
        IntStream.range(0, iq.length).forEach(i -> iq[i] = Math.round(32767 * z[i % 2][i / 2]) / 32767f);
        return RecordingSurvey.of(Recordings.of(iq, true, 48_000), 1).quality();
    }

    private static double[][] scaled(double[][] z, double powerDb) {
        double power = 0;
        for (int n = 0; n < SAMPLES; n++) {
            power += (z[0][n] * z[0][n] + z[1][n] * z[1][n]) / SAMPLES;
        }
        double scale = Math.sqrt(Math.pow(10, powerDb / 10) / power);
        for (int n = 0; n < SAMPLES; n++) {
            z[0][n] *= scale;
            z[1][n] *= scale;
        }
        return z;
    }

    /** The discrete Fourier transform, in place (Cooley and Tukey, 1965). */
    private static void transform(double[] re, double[] im) {
        int size = re.length;
        for (int i = 0; i < size; i++) {
            int j = Integer.reverse(i) >>> (Integer.numberOfLeadingZeros(size) + 1);
            if (j > i) {
                swap(re, i, j);
                swap(im, i, j);
            }
        }
        for (int half = 1; half < size; half *= 2) {
            for (int k = 0; k < half; k++) {
                double cos = Math.cos(Math.PI * k / half);
                double sin = Math.sin(Math.PI * k / half);
                for (int i = k; i < size; i += 2 * half) {
                    double x = re[i + half] * cos - im[i + half] * sin;
                    double y = re[i + half] * sin + im[i + half] * cos;
                    re[i + half] = re[i] - x;
                    im[i + half] = im[i] - y;
                    re[i] += x;
                    im[i] += y;
                }
            }
        }
    }

    private static void swap(double[] values, int i, int j) {
        double kept = values[i];
        values[i] = values[j];
        values[j] = kept;
    }
}
