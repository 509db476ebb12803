package io.heimdall.features.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.features.recording.Recordings;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NoiseShaperTest {
    private static final FeatureParameters FEATURES = FeatureParameters.network();
    private static final int SAMPLES = 40_000;

    private final NoiseShaper shaper = NoiseShaper.of(FEATURES);

    /** Mean power of each band, or of each frame. */
    private static double[] powers(float[] iq, boolean ofBands) throws IOException {
        FeatureExtractor extractor = FeatureExtractor.of(FEATURES, 12_500);
        float[] decibels = new float[extractor.size()];
        extractor.extract(Recordings.of(iq, true, 12_500), 0, decibels, extractor.newScratch());
        double[] powers = new double[ofBands ? FEATURES.mels() : FEATURES.frames()];
        for (int i = 0; i < decibels.length; i++) {
            powers[ofBands ? i / FEATURES.frames() : i % FEATURES.frames()] +=
                    Math.pow(10, decibels[i] / 10) / (decibels.length / powers.length);
        }
        return powers;
    }

    private static double[] even(int length) {
        double[] even = new double[length];
        Arrays.fill(even, 1);
        return even;
    }

    /** Two humps, one on each side, 20 dB apart. */
    private static double[] humps() {
        double[] bands = new double[FEATURES.mels()];
        for (int i = 0; i < bands.length; i++) {
            bands[i] = Math.exp(-Math.pow((i - 30) / 8.0, 2)) + 0.01 * Math.exp(-Math.pow((i - 95) / 8.0, 2)) + 1e-5;
        }
        return bands;
    }

    @Test
    void bandsOfTheNoiseHaveTheGivenPowers() throws IOException {
        double[] wanted = humps();

        double[] found = powers(shaper.noise(wanted, even(32), SAMPLES, new SplittableRandom(1)), true);

        for (int band : new int[] {20, 26, 30, 34, 40, 90, 95, 100}) {
            assertThat(10 * Math.log10(found[band] / wanted[band]))
                    .as("band %d, dB", band)
                    .isCloseTo(0, within(1.5));
        }
        assertThat(Arrays.stream(found).sum() / Arrays.stream(wanted).sum()).isCloseTo(1, within(0.05));
    }

    @Test
    void framesOfTheNoiseHaveTheGivenCourseUpToTheEdges() throws IOException {
        double[] frames = even(32);
        Arrays.fill(frames, 0, 16, 0.1);
        Arrays.fill(frames, 16, 32, 1.9);

        double[] found = powers(shaper.noise(even(128), frames, SAMPLES, new SplittableRandom(2)), false);

        double mean = Arrays.stream(found).average().orElseThrow();
        assertThat(mean).isCloseTo(1, within(0.05));
        for (int frame : new int[] {3, 10, 20, 28}) {
            assertThat(found[frame] / mean).as("frame %d", frame).isCloseTo(frames[frame], within(0.2));
        }
    }

    @Test
    void whiteNoiseHasThePowerThatIsSaid() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        float[] iq = new float[2 * SAMPLES];
        for (int n = 0; n < iq.length; n++) {
            iq[n] = (float) (Math.sqrt(0.5) * random.nextGaussian());
        }

        double mean = Arrays.stream(powers(iq, true)).average().orElseThrow();

        assertThat(mean / shaper.whitePower()).isCloseTo(1, within(0.05));
    }

    @Test
    void sameSeedGivesTheSameNoise() {
        float[] first = shaper.noise(humps(), even(32), 3000, new SplittableRandom(4));

        assertThat(shaper.noise(humps(), even(32), 3000, new SplittableRandom(4)))
                .isEqualTo(first);
        assertThat(first).hasSize(6000);
    }

    @Test
    void otherFeaturesAreRefused() {
        assertThatThrownBy(() -> NoiseShaper.of(FEATURES.withSides(Sides.FOLDED)))
                .hasMessageContaining("sides=folded");
        assertThatThrownBy(() -> shaper.noise(even(64), even(32), 100, new SplittableRandom(1)))
                .hasMessageContaining("64 bands and 32 frames, where 128 and 32 are wanted");
    }
}
