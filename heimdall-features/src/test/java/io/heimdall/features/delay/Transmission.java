package io.heimdall.features.delay;

import io.heimdall.features.recording.Gap;
import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.RecordingInfo;
import io.heimdall.features.recording.Recordings;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.jtransforms.fft.DoubleFFT_1D;

/** Signals of a known delay, in double precision. */
final class Transmission {
    static final Instant START = Instant.parse("2026-05-04T03:02:01Z");

    /** Kinds of signals, each of mean power 1. */
    enum Kind {
        DRM {
            @Override
            double[] signal(Random random, int samples, double rateHz) {
                return filtered(noise(random, samples), f -> Math.abs(f) * rateHz < 5000 ? 1 : 0, 0);
            }
        },
        AM {
            @Override
            double[] signal(Random random, int samples, double rateHz) {
                double[] audio = filtered(noise(random, samples), f -> audio(f, rateHz, 100, 4500), 0);
                double[] am = new double[2 * samples];
                for (int i = 0; i < samples; i++) {
                    am[2 * i] = 1 + 0.5 * Math.sqrt(2) * audio[2 * i];
                }
                return am;
            }
        },
        NBFM {
            @Override
            double[] signal(Random random, int samples, double rateHz) {
                double[] audio = filtered(noise(random, samples), f -> audio(f, rateHz, 300, 3000), 0);
                return modulated(audio, 2500 / rateHz);
            }
        },
        FSK4 {
            @Override
            double[] signal(Random random, int samples, double rateHz) {
                double[] symbols = new double[2 * samples];
                for (int i = 0, last = -1; i < samples; i++) {
                    int symbol = (int) (i * 4800 / rateHz);
                    symbols[2 * i] = symbol == last ? symbols[2 * i - 2] : 2 * random.nextInt(4) - 3;
                    last = symbol;
                }
                double[] shaped = filtered(symbols, f -> Math.abs(f) * rateHz < 2400 ? 1 : 0, 0);
                return modulated(shaped, 1500 / rateHz);
            }
        },
        CARRIER {
            @Override
            double[] signal(Random random, int samples, double rateHz) {
                return modulated(new double[2 * samples], 0);
            }
        };

        abstract double[] signal(Random random, int samples, double rateHz);

        private static double audio(double f, double rateHz, double from, double to) {
            double hertz = Math.abs(f) * rateHz;
            return hertz > from && hertz < to ? 1 : 0;
        }

        /** Frequency modulation by the real parts. */
        private static double[] modulated(double[] by, double cyclesPerSample) {
            double[] fm = new double[by.length];
            double phase = 0;
            for (int i = 0; i < by.length; i += 2) {
                phase += 2 * Math.PI * cyclesPerSample * by[i];
                fm[i] = Math.cos(phase);
                fm[i + 1] = Math.sin(phase);
            }
            return fm;
        }
    }

    private Transmission() {}

    static double[] noise(Random random, int samples) {
        double[] noise = new double[2 * samples];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = random.nextGaussian() * Math.sqrt(0.5);
        }
        return noise;
    }

    /**
     * Filters and delays a signal that repeats itself, to mean power 1.
     *
     * @param gain by cycles per sample
     * @param delaySamples any
     */
    static double[] filtered(double[] signal, DoubleUnaryOperator gain, double delaySamples) {
        double[] y = delayed(signal, gain, delaySamples);
        double power = 0;
        for (double value : y) {
            power += value * value;
        }
        double scale = Math.sqrt(y.length / 2 / power);
        for (int i = 0; i < y.length; i++) {
            y[i] *= scale;
        }
        return y;
    }

    static double[] delayed(double[] signal, DoubleUnaryOperator gain, double delaySamples) {
        int n = signal.length / 2;
        double[] y = signal.clone();
        DoubleFFT_1D fft = new DoubleFFT_1D(n);
        fft.complexForward(y);
        for (int k = 0; k < n; k++) {
            double f = (k < (n + 1) / 2 ? k : k - n) / (double) n;
            double g = gain.applyAsDouble(f);
            double c = Math.cos(2 * Math.PI * f * delaySamples) * g;
            double s = -Math.sin(2 * Math.PI * f * delaySamples) * g;
            double re = y[2 * k];
            double im = y[2 * k + 1];
            y[2 * k] = re * c - im * s;
            y[2 * k + 1] = re * s + im * c;
        }
        fft.complexInverse(y, true);
        return y;
    }

    /** Returns {@code samples} of a signal from {@code from} on, in noise of power 1, raised in frequency and turned. */
    static float[] received(
            double[] signal, int from, int samples, double snrDb, double cyclesPerSample, Random random) {
        double amplitude = Math.pow(10, snrDb / 20);
        double phase = 2 * Math.PI * random.nextDouble();
        float[] out = new float[2 * samples];
        for (int i = 0; i < samples; i++) {
            double angle = 2 * Math.PI * cyclesPerSample * i + phase;
            double c = Math.cos(angle) * amplitude;
            double s = Math.sin(angle) * amplitude;
            double re = signal[2 * (from + i)];
            double im = signal[2 * (from + i) + 1];
            out[2 * i] = (float) (0.1 * (re * c - im * s + random.nextGaussian() * Math.sqrt(0.5)));
            out[2 * i + 1] = (float) (0.1 * (re * s + im * c + random.nextGaussian() * Math.sqrt(0.5)));
        }
        return out;
    }

    static TimedRecording timed(float[] iq, double rateHz) {
        return timed(Recordings.of(iq, true, rateHz), START);
    }

    static TimedRecording timed(Recording recording, Instant start) {
        return new TimedRecording(recording, start, 1e-7, 1);
    }

    /** A recording that says of itself what the samples do not. */
    static Recording described(
            float[] samples, boolean complex, double rateHz, OptionalDouble tunedHz, List<Gap> gaps) {
        Recording plain = Recordings.of(samples, complex, rateHz);
        RecordingInfo said = new RecordingInfo(
                        "test",
                        complex,
                        plain.info().samples(),
                        OptionalDouble.of(rateHz),
                        tunedHz,
                        java.util.Optional.empty())
                .withGaps(gaps);
        return new Recording() {
            @Override
            public RecordingInfo info() {
                return said;
            }

            @Override
            public int read(long firstSample, float[] out, int outOffset, int count) throws java.io.IOException {
                return plain.read(firstSample, out, outOffset, count);
            }

            @Override
            public void close() {}
        };
    }
}
