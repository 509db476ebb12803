package io.heimdall.features.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the spectrogram against its definition, summed as written, over odd sizes and large dynamic ranges. */
class DefinitionTest {

    @ParameterizedTest
    @CsvSource({
        "REAL, 2, 1",
        "REAL, 3, 2",
        "REAL, 16, 5",
        "REAL, 30, 7",
        "REAL, 31, 40",
        "REAL, 100, 33",
        "REAL, 128, 300",
        "TWO_SIDED, 2, 1",
        "TWO_SIDED, 3, 1",
        "TWO_SIDED, 64, 16",
        "TWO_SIDED, 90, 31",
        "TWO_SIDED, 97, 20",
        "FOLDED, 5, 3",
        "FOLDED, 32, 8",
        "FOLDED, 75, 10",
        "FOLDED, 120, 121",
    })
    void powersAreThoseOfTheDefinition(Sides sides, int fftLength, int hop) {
        for (boolean centred : new boolean[] {true, false}) {
            for (int samples : new int[] {0, 1, fftLength - 1, fftLength, 257}) {
                MelParameters parameters = MelParameters.of(8000)
                        .withFrames(fftLength, hop)
                        .withMels(6)
                        .withBand(10, 3900)
                        .withScale(hop % 2 == 0 ? MelScale.HTK : MelScale.SLANEY)
                        .withSlaneyNorm(hop % 3 == 0)
                        .withSides(sides)
                        .withCentred(centred);
                assertAgrees(parameters, ReferenceSignals.of(sides, "x" + fftLength, samples), samples);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"REAL, 512", "REAL, 500", "TWO_SIDED, 512", "TWO_SIDED, 441", "FOLDED, 512"})
    void weakSignalsBesideAStrongOneKeepTheirLevel(Sides sides, int fftLength) {
        int samples = 4 * fftLength;
        int width = sides.complex() ? 2 : 1;
        float[] signal = new float[width * samples];
        Random random = new Random(5);
        for (int i = 0; i < signal.length; i++) {
            double angle = 0.37 * Math.PI * (i / width) - i % width * Math.PI / 2;
            signal[i] = (float) (Math.cos(angle) + 1e-6 * random.nextGaussian());
        }
        MelParameters parameters = MelParameters.of(16000)
                .withFrames(fftLength, fftLength / 2)
                .withMels(20)
                .withSides(sides);
        double[] expected = definition(parameters, signal, samples);
        assertThat(Arrays.stream(expected).min().orElseThrow())
                .isLessThan(1e-9 * Arrays.stream(expected).max().orElseThrow());
        assertAgrees(parameters, signal, samples);
    }

    @Test
    void decibelsAreThoseOfThePowersWithAFloor() {
        MelSpectrogram mel =
                MelSpectrogram.of(MelParameters.of(8000).withFrames(64, 16).withMels(8));
        float[] signal = ReferenceSignals.real("decibels", 500);
        Arrays.fill(signal, 200, 400, 0);
        float[] powers = new float[8 * mel.frames(500)];
        float[] levels = new float[8 * mel.frames(500)];
        mel.power(signal, 500, powers, mel.newScratch());
        mel.decibels(signal, 500, levels, mel.newScratch());
        for (int i = 0; i < levels.length; i++) {
            assertThat(levels[i]).isEqualTo((float) (10 * Math.log10(Math.max(powers[i], 1e-10))), offset());
        }
        assertThat(levels).contains(FeatureParameters.FLOOR_DB);
    }

    private static Offset<Float> offset() {
        return within(1e-4f);
    }

    private static void assertAgrees(MelParameters parameters, float[] signal, int samples) {
        MelSpectrogram mel = MelSpectrogram.of(parameters);
        double[] expected = definition(parameters, signal, samples);
        float[] actual = new float[expected.length];
        mel.power(signal, samples, actual, mel.newScratch());
        double largest = Arrays.stream(expected).max().orElse(0);
        for (int i = 0; i < actual.length; i++) {
            assertThat(Math.abs(actual[i] - expected[i]))
                    .as("%s, %d samples, element %d: %s for %s", parameters, samples, i, actual[i], expected[i])
                    .isLessThanOrEqualTo(1e-6 * expected[i] + 1e-20 * largest + 1e-30);
        }
    }

    /** The power spectrogram by sums over all samples and all bins. */
    private static double[] definition(MelParameters p, float[] signal, int samples) {
        int n = p.fftLength();
        int padding = p.centred() ? n / 2 : 0;
        int frames = Math.max(0, 1 + Math.floorDiv(samples + 2 * padding - n, p.hopSamples()));
        double[] out = new double[p.mels() * frames];
        for (int t = 0; t < frames; t++) {
            double[] power = new double[n];
            for (int k = 0; k < n; k++) {
                power[k] = power(
                        signal,
                        samples,
                        t * p.hopSamples() - padding,
                        n,
                        k,
                        p.sides().complex());
            }
            for (int m = 0; m < p.mels(); m++) {
                out[m * frames + t] = band(p, m, power);
            }
        }
        return out;
    }

    private static double power(float[] signal, int samples, int start, int n, int k, boolean complex) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < n; i++) {
            int s = start + i;
            if (s >= 0 && s < samples) {
                double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / n);
                double angle = -2 * Math.PI * ((long) k * i % n) / n;
                double x = window * (complex ? signal[2 * s] : signal[s]);
                double y = complex ? window * signal[2 * s + 1] : 0;
                re += x * Math.cos(angle) - y * Math.sin(angle);
                im += x * Math.sin(angle) + y * Math.cos(angle);
            }
        }
        return re * re + im * im;
    }

    private static double band(MelParameters p, int row, double[] power) {
        int n = p.fftLength();
        int bands = p.sides() == Sides.TWO_SIDED ? p.mels() / 2 : p.mels();
        boolean negative = p.sides() == Sides.TWO_SIDED && row < bands;
        int band = p.sides() != Sides.TWO_SIDED ? row : negative ? bands - 1 - row : row - bands;
        double fmaxHz = Double.isNaN(p.fmaxHz()) ? p.sampleRateHz() / 2 : p.fmaxHz();
        double[] edgesHz = new double[3];
        for (int e = 0; e < 3; e++) {
            double lowest = p.scale().toMel(p.fminHz());
            double highest = p.scale().toMel(fmaxHz);
            edgesHz[e] = p.scale().toHz(lowest + (band + e) * (highest - lowest) / (bands + 1));
        }
        double sum = 0;
        for (int k = 0; k <= n / 2; k++) {
            double hz = p.sampleRateHz() / 2 * k / (n / 2);
            double weight = Math.max(
                    0,
                    Math.min(
                            (hz - edgesHz[0]) / (edgesHz[1] - edgesHz[0]),
                            (edgesHz[2] - hz) / (edgesHz[2] - edgesHz[1])));
            double bin = negative ? power[(n - k) % n] : power[k];
            if (p.sides() == Sides.FOLDED) {
                bin += power[(n - k) % n];
            }
            sum += weight * bin * (p.slaneyNorm() ? 2 / (edgesHz[2] - edgesHz[0]) : 1);
        }
        return sum;
    }
}
