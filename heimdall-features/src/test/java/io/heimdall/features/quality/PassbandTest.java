package io.heimdall.features.quality;

import io.heimdall.features.recording.Recordings;
import java.io.IOException;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class PassbandTest {
    private static final int SAMPLES = 1 << 17;

    enum Receiver {
        FULL(f -> 1),
        USB(f -> f > 0.025 && f < 0.225 ? 1 : 0),
        LSB(f -> f > -0.23 && f < -0.02 ? 1 : 0),
        WALLS(f -> Math.abs(f) < 0.41 ? 1 : 0),
        UPPER(f -> f > 0 && f < 0.42 ? 1 : 0),
        AM(f -> Math.abs(f) < 0.1 ? 1 : 0),
        CW(f -> Math.abs(f - 0.07) < 0.02 ? 1 : 0),
        SOFT(f -> slope(0.25, 0.2, f)),
        SOFT_STEEP(f -> slope(0.2, 0.05, f)),
        SOFT_GENTLE(f -> slope(0.15, 0.4, f)),
        ONE_SIDED(f -> f < 0 ? slope(0.3, 0.02, f) : slope(0.1, 0.3, f)),
        GAUSS(f -> Math.exp(-f * f / 0.03)),
        BUTTERWORTH(f -> 1 / Math.sqrt(1 + Math.pow(f / 0.2, 8))),
        NOTCH(f -> Math.abs(f) > 0.01 ? 1 : 0),
        TILT(f -> Math.pow(10, 6 * f / 20));

        private final DoubleUnaryOperator amplitude;

        Receiver(DoubleUnaryOperator amplitude) {
            this.amplitude = amplitude;
        }
    }

    private static double slope(double edge, double width, double f) {
        return Math.max(1e-4, Math.pow(10, -3 * Math.max(0, Math.abs(f) - edge) / width));
    }

    static float[] noise(DoubleUnaryOperator amplitude, double powerDb, long seed) {
        Random random = new Random(seed);
        double[] re = new double[SAMPLES];
        double[] im = new double[SAMPLES];
        for (int k = 0; k < SAMPLES; k++) {
            double f = (k < SAMPLES / 2 ? k : k - SAMPLES) / (double) SAMPLES;
            re[k] = random.nextGaussian() * amplitude.applyAsDouble(f);
            im[k] = random.nextGaussian() * amplitude.applyAsDouble(f);
        }
        fft(re, im);
        double power = 0;
        for (int n = 0; n < SAMPLES; n++) {
            power += (re[n] * re[n] + im[n] * im[n]) / SAMPLES;
        }
        double scale = Math.sqrt(Math.pow(10, powerDb / 10) / power);
        float[] iq = new float[2 * SAMPLES];
        for (int n = 0; n < SAMPLES; n++) {
            iq[2 * n] = (float) (re[n] * scale);
            iq[2 * n + 1] = (float) (im[n] * scale);
        }
        return iq;
    }

    static void fft(double[] re, double[] im) {
        int size = re.length;
        for (int i = 0; i < size; i++) {
            int j = Integer.reverse(i) >>> Integer.numberOfLeadingZeros(size) + 1;
            if (j > i) {
                double a = re[i];
                re[i] = re[j];
                re[j] = a;
                a = im[i];
                im[i] = im[j];
                im[j] = a;
            }
        }
        for (int half = 1; half < size; half *= 2) {
            for (int k = 0; k < half; k++) {
                double c = Math.cos(Math.PI * k / half), s = Math.sin(Math.PI * k / half);
                for (int i = k; i < size; i += 2 * half) {
                    int j = i + half;
                    double x = re[j] * c - im[j] * s, y = re[j] * s + im[j] * c;
                    re[j] = re[i] - x;
                    im[j] = im[i] - y;
                    re[i] += x;
                    im[i] += y;
                }
            }
        }
    }

    @Test
    void explore() throws IOException {
        for (Receiver r : Receiver.values()) {
            StringBuilder line = new StringBuilder(String.format("%-12s alone:", r));
            for (int seed = 0; seed < 6; seed++) {
                float[] iq = noise(r.amplitude, seed % 2 == 0 ? -30 : -45, seed);
                round(iq, 32767);
                line.append(' ').append(db(iq));
            }
            for (String kind : new String[] {"tone", "fm", "psk", "ook"}) {
                line.append(" | ").append(kind);
                for (double snr : new double[] {0, 10, 25, 40}) {
                    float[] iq = noise(r.amplitude, -45, (long) snr + 77);
                    add(iq, kind, r == Receiver.LSB ? -0.11 : r == Receiver.CW ? 0.07 : 0.09, -45 + snr);
                    round(iq, 32767);
                    line.append(' ').append(db(iq));
                }
            }
            System.out.println(line);
        }
    }

    static void add(float[] iq, String kind, double f, double powerDb) {
        Random random = new Random(3);
        double a = Math.pow(10, powerDb / 20);
        double phase = 0, low = 0;
        int symbol = 0;
        double s1 = 0, s2 = 0;
        double[] re = new double[SAMPLES], im = new double[SAMPLES];
        double p = 0;
        for (int n = 0; n < SAMPLES; n++) {
            double amp = 1, df = 0;
            switch (kind) {
                case "fm" -> {
                    low += 0.01 * (random.nextGaussian() - low);
                    df = 0.02 * low * 3;
                }
                case "psk" -> {
                    if (n % 64 == 0) symbol = random.nextInt(4);
                    s1 += 0.05 * (Math.cos(symbol * Math.PI / 2) - s1);
                    s2 += 0.05 * (Math.sin(symbol * Math.PI / 2) - s2);
                }
                case "ook" -> amp = n / 6000 % 3 == 0 ? 1 : 0;
                default -> {}
            }
            phase += 2 * Math.PI * (f + df);
            double c = Math.cos(phase), s = Math.sin(phase);
            if (kind.equals("psk")) {
                re[n] = s1 * c - s2 * s;
                im[n] = s1 * s + s2 * c;
            } else {
                re[n] = amp * c;
                im[n] = amp * s;
            }
            p += (re[n] * re[n] + im[n] * im[n]) / SAMPLES;
        }
        for (int n = 0; n < SAMPLES; n++) {
            iq[2 * n] += a * re[n] / Math.sqrt(p);
            iq[2 * n + 1] += a * im[n] / Math.sqrt(p);
        }
    }

    static void round(float[] iq, double top) {
        for (int n = 0; n < iq.length; n++) iq[n] = (float) (Math.round(iq[n] * top) / top);
    }

    static String db(float[] iq) throws IOException {
        var d = RecordingQuality.of(Recordings.of(iq, true, 48000)).snrDb();
        return d.isPresent() ? String.format("%.1f", d.getAsDouble()) : "-";
    }
}
