package io.heimdall.features.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MelSpectrogramTest {

    @ParameterizedTest
    @CsvSource({"REAL, 2048", "REAL, 1000", "TWO_SIDED, 2048", "TWO_SIDED, 1001", "FOLDED, 8192"})
    void nothingIsAllocatedPerFrame(Sides sides, int fftLength) throws IOException {
        MelSpectrogram mel = MelSpectrogram.of(
                MelParameters.of(48000).withFrames(fftLength, 16).withSides(sides));
        int samples = 16 * 200;
        float[] signal = ReferenceSignals.of(sides, "allocation", samples);
        float[] out = new float[128 * mel.frames(samples)];
        Scratch scratch = mel.newScratch();

        long allocated = Allocations.least(() -> {
            mel.decibels(signal, samples, out, scratch);
            mel.power(signal, samples, out, scratch);
        });

        assertThat(allocated).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void threadsWithTheirOwnScratchGetTheSameBits(Sides sides) {
        MelSpectrogram mel = MelSpectrogram.of(
                MelParameters.of(48000).withFrames(600, 100).withMels(40).withSides(sides));
        int samples = 20000;
        float[] signal = ReferenceSignals.of(sides, "threads", samples);
        float[][] outs = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> {
                    float[] out = new float[40 * mel.frames(samples)];
                    mel.power(signal, samples, out, mel.newScratch());
                    return out;
                })
                .toArray(float[][]::new);
        for (float[] out : outs) {
            assertThat(out).isEqualTo(outs[0]);
        }
    }

    @Test
    void frequencyModulationStaysVisible() {
        MelSpectrogram mel = MelSpectrogram.of(
                MelParameters.of(1e6).withScale(MelScale.AUDIO).withSides(Sides.TWO_SIDED));
        float[] iq = new float[2 * 8192];
        for (int n = 0; n < 8192; n++) {
            iq[2 * n] = (float) Math.cos(-0.5 * Math.PI * n);
            iq[2 * n + 1] = (float) Math.sin(-0.5 * Math.PI * n);
        }
        float[] levels = new float[128 * mel.frames(8192)];
        mel.decibels(iq, 8192, levels, mel.newScratch());
        int t = 8;
        int loudest = IntStream.range(0, 128)
                .reduce((a, b) -> levels[a * 17 + t] >= levels[b * 17 + t] ? a : b)
                .orElseThrow();
        assertThat(loudest).isBetween(0, 63);
        assertThat(levels[loudest * 17 + t]).isGreaterThan(levels[(127 - loudest) * 17 + t] + 100);
    }

    @Test
    void bandsWithoutABinAreNamed() {
        MelSpectrogram narrow = MelSpectrogram.of(MelParameters.of(1e6));
        assertThat(narrow.emptyBands()).hasSize(27).isSorted();
        float[] levels = new float[128 * narrow.frames(5000)];
        narrow.decibels(ReferenceSignals.real("empty", 5000), 5000, levels, narrow.newScratch());
        for (int band : narrow.emptyBands()) {
            assertThat(levels[band * narrow.frames(5000)]).isEqualTo(-100);
        }
        int[] twoSided = MelSpectrogram.of(MelParameters.of(1e6).withSides(Sides.TWO_SIDED))
                .emptyBands();
        assertThat(twoSided).isNotEmpty().isSorted();
        assertThat(IntStream.of(twoSided).map(row -> 127 - row)).containsExactlyInAnyOrder(box(twoSided));
        assertThat(MelSpectrogram.of(MelParameters.of(1e6).withScale(MelScale.AUDIO))
                        .emptyBands())
                .isEmpty();
        assertThat(MelBank.ranges(new int[] {0, 1, 2, 5, 7, 8})).isEqualTo("0-2, 5, 7-8");
    }

    private static Integer[] box(int[] values) {
        return IntStream.of(values).boxed().toArray(Integer[]::new);
    }

    @Test
    void wrongArgumentsAreRefusedWithTheirValues() {
        MelParameters p = MelParameters.of(48000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> p.withFrames(2048, 0))
                .withMessage("hop 0 is not in 1..2147483647");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> p.withFrames(1, 1))
                .withMessage("FFT length 1 is not in 2..1048576");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> p.withMels(0))
                .withMessageContaining("0 is not in 1..65536");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> p.withMels(65).withSides(Sides.TWO_SIDED))
                .withMessageContaining("65 is not even");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> p.withBand(30000, Double.NaN))
                .withMessageContaining("30000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> p.withBand(-1, 100))
                .withMessageContaining("-1.0 Hz");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MelParameters.of(0))
                .withMessageContaining("0.0 Hz");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MelParameters.of(Double.NaN))
                .withMessageContaining("NaN Hz");

        MelSpectrogram mel = MelSpectrogram.of(p);
        float[] out = new float[128 * mel.frames(4000)];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mel.power(new float[3999], 4000, out, mel.newScratch()))
                .withMessageContaining("3999");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mel.power(new float[4000], 4000, new float[5], mel.newScratch()))
                .withMessageContaining("out has 5 elements, not 128 bands x 8 frames");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mel.power(
                        new float[4000], 4000, out, MelSpectrogram.of(p).newScratch()))
                .withMessageContaining("scratch");
        assertThatIllegalArgumentException().isThrownBy(() -> mel.frames(-1)).withMessageContaining("-1");
    }

    @Test
    void scalesInvertThemselves() {
        for (MelScale scale : MelScale.values()) {
            for (double hz : new double[] {0, 50, 999, 1000, 1001, 20000}) {
                assertThat(scale.toHz(scale.toMel(hz))).isCloseTo(hz, within(1e-9 * (1 + hz)));
            }
        }
    }
}
