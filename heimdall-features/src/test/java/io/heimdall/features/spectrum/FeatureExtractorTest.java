package io.heimdall.features.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.RecordingInfo;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureExtractorTest {
    private static final FeatureParameters SMALL = new FeatureParameters(256, 64, 16, 8, MelScale.AUDIO, Sides.FOLDED);

    @ParameterizedTest
    @CsvSource({
        "TWO_SIDED, 256, 64, 100000, 1000000000", "TWO_SIDED, 255, 300, 40001, 777", "REAL, 250, 20000, 90000, 5000",
        "FOLDED, 256, 64, 300, 1000", "REAL, 5000, 512, 50000, 19999", "FOLDED, 64, 7, 8, 3",
    })
    void aRecordingReadInBlocksGivesWhatTheWholeSignalGives(
            Sides sides, int fftLength, int hop, int samples, int mostAtOnce) throws IOException {
        FeatureParameters parameters = new FeatureParameters(fftLength, hop, 16, 8, MelScale.HTK, sides);
        float[] signal = ReferenceSignals.of(sides, "blocks", samples);
        int pooledHop = Math.min(hop, samples / 8);

        float[] all = features(parameters.withFrames(FeatureParameters.ALL_FRAMES), signal, mostAtOnce);
        assertThat(all).isEqualTo(power(parameters, hop, signal, samples));

        float[] pooled = features(parameters, signal, mostAtOnce);
        float[] every = power(parameters, pooledHop, signal, samples);
        int frames = every.length / 16;
        for (int m = 0; m < 16; m++) {
            for (int g = 0; g < 8; g++) {
                double mean = 0;
                int from = g * frames / 8;
                int to = (g + 1) * frames / 8;
                for (int t = from; t < to; t++) {
                    mean += (double) every[m * frames + t] / (to - from);
                }
                assertThat((double) pooled[m * 8 + g]).isCloseTo(mean, within(1e-6 * mean));
            }
        }
    }

    private static float[] features(FeatureParameters parameters, float[] signal, int mostAtOnce) throws IOException {
        boolean complex = parameters.sides().complex();
        FeatureExtractor extractor = FeatureExtractor.of(parameters, 48000);
        float[] out = new float[extractor.size(signal.length / (complex ? 2 : 1))];
        extractor.power(ReferenceSignals.recording(signal, complex, mostAtOnce), out, extractor.newScratch());
        return out;
    }

    private static float[] power(FeatureParameters parameters, int hop, float[] signal, int samples) {
        MelSpectrogram mel = MelSpectrogram.of(parameters.withHopSamples(hop).melParameters(48000));
        float[] out = new float[16 * mel.frames(samples)];
        mel.power(signal, samples, out, mel.newScratch());
        return out;
    }

    @Test
    void calibrationIsAddedToEveryLevelTheFloorToo() throws IOException {
        FeatureExtractor extractor = FeatureExtractor.of(SMALL, Double.NaN);
        float[] signal = ReferenceSignals.complex("calibration", 4000);
        Arrays.fill(signal, 4000, 8000, 0);
        float[] plain = new float[extractor.size()];
        float[] calibrated = new float[extractor.size()];
        Scratch scratch = extractor.newScratch();
        extractor.extract(ReferenceSignals.recording(signal, true), 0, plain, scratch);
        extractor.extract(ReferenceSignals.recording(signal, true), -3.5, calibrated, scratch);
        for (int i = 0; i < plain.length; i++) {
            assertThat(calibrated[i]).isCloseTo(plain[i] - 3.5f, within(1e-4f));
        }
        assertThat(plain).contains(FeatureParameters.FLOOR_DB);
    }

    @Test
    void nothingIsAllocatedPerFrame() throws IOException {
        FeatureExtractor extractor = FeatureExtractor.of(SMALL, Double.NaN);
        Recording recording = ReferenceSignals.recording(ReferenceSignals.complex("allocation", 64 * 1000), true);
        float[] out = new float[extractor.size()];
        Scratch scratch = extractor.newScratch();

        long allocated = Allocations.least(() -> extractor.extract(recording, 0, out, scratch));

        assertThat(allocated).isZero();
    }

    @Test
    void recordingsOfTheOtherKindAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(SMALL, ReferenceSignals.recording(new float[1000], false)))
                .withMessage("the recording (memory) is real, FOLDED features are of a complex one: take REAL");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(SMALL.withSides(Sides.REAL), ReferenceSignals.recording(new float[1000], true)))
                .withMessageContaining("is complex, REAL features are of a real one: take TWO_SIDED or FOLDED");
    }

    @Test
    void recordingsTooShortOrTooLongAreRefused() {
        FeatureExtractor extractor = FeatureExtractor.of(SMALL, 48000);
        assertThat(extractor.frames(8)).isEqualTo(8);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> extractor.frames(7))
                .withMessageContaining("a recording of 7 samples is too short for 8 frames");
        FeatureExtractor all = FeatureExtractor.of(SMALL.withFrames(FeatureParameters.ALL_FRAMES), 48000);
        assertThat(all.frames(1000)).isEqualTo(1 + 1000 / 64);
        assertThatIllegalArgumentException().isThrownBy(() -> all.frames(0)).withMessageContaining("too short");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> all.frames(1L << 40))
                .withMessageContaining("longer hop than 64");
        assertThatIllegalStateException().isThrownBy(all::size);
    }

    @Test
    void aRecordingThatEndsEarlyOrHoldsNoNumbersIsAnError() {
        float[] signal = new float[2000];
        Recording whole = ReferenceSignals.recording(signal, true);
        Recording cut = new Recording() {
            @Override
            public RecordingInfo info() {
                return whole.info();
            }

            @Override
            public int read(long firstSample, float[] out, int outOffset, int samples) throws IOException {
                return firstSample >= 900
                        ? 0
                        : whole.read(firstSample, out, outOffset, (int) Math.min(samples, 900 - firstSample));
            }

            @Override
            public void close() {}
        };
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> run(SMALL, cut))
                .withMessage("the recording ends at sample 900, its header promises 1000");
        signal[1500] = Float.NaN;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(SMALL, whole))
                .withMessageContaining("no finite numbers");
    }

    private static void run(FeatureParameters parameters, Recording recording) throws IOException {
        FeatureExtractor extractor = FeatureExtractor.of(parameters, 48000);
        extractor.extract(recording, 0, new float[extractor.size()], extractor.newScratch());
    }

    @Test
    void wrongBuffersAreRefused() {
        FeatureExtractor extractor = FeatureExtractor.of(SMALL, 48000);
        Recording recording = ReferenceSignals.recording(new float[2000], true);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> extractor.extract(recording, 0, new float[3], extractor.newScratch()))
                .withMessage("out has 3 elements, not 16 bands x 8 frames");
        Scratch foreign = FeatureExtractor.of(SMALL, 48000).newScratch();
        assertThatIllegalArgumentException().isThrownBy(() -> extractor.extract(recording, 0, new float[128], foreign));
    }

    @Test
    void emptyBandsAreThoseOfTheBank() {
        assertThat(FeatureExtractor.of(FeatureParameters.of(false), 1e6).emptyBands())
                .hasSize(27);
        assertThat(FeatureExtractor.of(FeatureParameters.of(true), 1e6).emptyBands())
                .isEmpty();
    }
}
