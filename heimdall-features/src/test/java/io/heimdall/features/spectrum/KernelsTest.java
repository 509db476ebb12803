package io.heimdall.features.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heimdall.features.internal.KernelChoice;
import io.heimdall.features.internal.Kernels;
import io.heimdall.features.internal.WarmUp;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the vector kernels to the bits of the portable ones; without the vector module, what then must be said. */
@Isolated("It changes a system property that others read.")
class KernelsTest {
    private static final boolean VECTOR =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    private final String property = System.getProperty(KernelChoice.PROPERTY);

    @AfterEach
    void restoreTheProperty() {
        if (property == null) {
            System.clearProperty(KernelChoice.PROPERTY);
        } else {
            System.setProperty(KernelChoice.PROPERTY, property);
        }
    }

    private static Kernels vector() {
        assumeTrue(VECTOR, "needs --add-modules jdk.incubator.vector");
        return KernelChoice.kernels();
    }

    static Stream<Arguments> sizes() {
        return Stream.of(Sides.values())
                .flatMap(sides -> Stream.of(128, 256, 512, 1024, 2048, 4096, 8192)
                        .flatMap(n -> Stream.of(n / 4, n / 4 + 3, 7 + n / 64, n + 5)
                                .map(hop -> Arguments.of(sides, n, hop))));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void bothGiveTheSameBits(Sides sides, int length, int hop) {
        Kernels vector = vector();
        MelParameters parameters =
                MelParameters.of(48000).withFrames(length, hop).withMels(20).withSides(sides);
        int samples = length + 20 * hop + 3;
        float[] signal = ReferenceSignals.of(sides, "kernels", samples);
        for (int i = 0; i < signal.length; i++) {
            int kind = i / (4 * length) % 4; // loud, 100 dB less, nothing, less than the least normal number
            signal[i] *= kind == 0 ? 1 : kind == 1 ? 1e-5f : kind == 2 ? 0 : 1e-39f;
        }
        assertThat(powers(parameters, vector, signal, samples))
                .isEqualTo(powers(parameters, KernelChoice.portable(), signal, samples));
    }

    private static float[] powers(MelParameters parameters, Kernels kernels, float[] signal, int samples) {
        LaneFrames work = new LaneFrames(parameters, kernels);
        FrameMemory memory = work.newMemory();
        int frames = (int) parameters.frames(samples, parameters.hopSamples());
        int lanes = kernels.lanes();
        float[] out = new float[parameters.mels() * frames];
        for (int t = 0; t < frames; t += lanes) {
            int start = t * parameters.hopSamples() - parameters.paddingSamples();
            work.power(signal, samples, start, parameters.hopSamples(), t > 0, memory);
            for (int m = 0; m < parameters.mels(); m++) {
                System.arraycopy(memory.bands(), m * lanes, out, m * frames + t, Math.min(lanes, frames - t));
            }
        }
        return out;
    }

    @Test
    void decibelsAreTheSameAndThoseOfTheLogarithm() {
        Random random = new Random(7);
        float[] powers = new float[20011];
        for (int i = 0; i < powers.length; i++) {
            powers[i] = (float) Math.pow(10, 45 * random.nextDouble() - 15);
        }
        powers[0] = 0;
        powers[1] = Float.MIN_VALUE;
        powers[2] = 1e-10f;
        powers[3] = Float.MAX_VALUE;
        float[] portable = new float[powers.length];
        KernelChoice.portable().decibels(powers, powers.length, portable);
        for (int i = 0; i < powers.length; i++) {
            double exact = 10 * Math.log10(Math.max(powers[i], 1e-10));
            assertThat((double) portable[i]).isCloseTo(exact, within(4e-5));
        }
        assertThat(portable[0]).isEqualTo(FeatureParameters.FLOOR_DB);
        powers[4] = Float.NaN;
        powers[5] = Float.POSITIVE_INFINITY;
        KernelChoice.portable().decibels(powers, powers.length, portable);
        assertThat(Arrays.copyOfRange(portable, 4, 6)).containsOnly(Float.NaN);
        float[] fast = new float[powers.length];
        vector().decibels(powers, powers.length, fast);
        assertThat(fast).isEqualTo(portable);
    }

    @Test
    void shortIntegersBecomeTheSameFloats() {
        short[] numbers = new short[1001];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (short) (i * 131 - 32768);
        }
        float[] portable = new float[1003];
        float[] fast = new float[1003];
        KernelChoice.portable().scale(numbers, 1, 0x1p-15f, portable, 2, 1000);
        assertThat(portable[2]).isEqualTo(numbers[1] / 32768f);
        vector().scale(numbers, 1, 0x1p-15f, fast, 2, 1000);
        assertThat(fast).isEqualTo(portable);
    }

    @Test
    void nothingIsAllocatedOnceTheVectorKernelsAreCompiled() throws IOException {
        Kernels vector = vector();
        MelParameters parameters =
                MelParameters.of(48000).withFrames(1024, 256).withMels(16).withSides(Sides.TWO_SIDED);
        LaneFrames work = new LaneFrames(parameters, vector);
        FrameMemory memory = work.newMemory();
        float[] signal = ReferenceSignals.complex("allocation", 8192);
        assertThat(Allocations.least(() -> {
                    for (int t = 0; t < 24; t += vector.lanes()) {
                        work.power(signal, 8192, 256 * t, 256, t > 0, memory);
                        vector.decibels(memory.bands(), memory.bands().length, memory.bands());
                    }
                }))
                .isZero();
    }

    @Test
    void whatTheJvmLacksIsNotReplacedSilently() {
        System.setProperty(KernelChoice.PROPERTY, "vector");
        if (VECTOR) {
            assertThat(KernelChoice.kernels().name()).isEqualTo("vector");
        } else {
            assertThatThrownBy(KernelChoice::kernels)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("start Java with --add-modules jdk.incubator.vector");
        }
        System.setProperty(KernelChoice.PROPERTY, "fast");
        assertThatIllegalArgumentException()
                .isThrownBy(KernelChoice::kernels)
                .withMessageContaining("fast is not one of vector, portable, auto");
    }

    @Test
    void theChoiceSaysWhyAndHowToGetTheFastOnes() {
        FeatureKernels kernels = FeatureKernels.ofThisJvm();
        if (VECTOR) {
            assertThat(kernels.description())
                    .startsWith("vector kernels of ")
                    .endsWith("jdk.incubator.vector is there");
            assertThat(kernels.remedy()).isEmpty();
        } else {
            assertThat(kernels.description())
                    .isEqualTo("portable kernels, the module jdk.incubator.vector is not there");
            assertThat(kernels.remedy()).isEqualTo("start Java with --add-modules jdk.incubator.vector");
        }
    }

    @Test
    void theVectorKernelsTakeOverOnceTheyAreFaster() throws InterruptedException {
        MelParameters parameters = MelParameters.of(48000);
        Supplier<Runnable> portable = () -> new FrameTrial(new LaneFrames(parameters, KernelChoice.portable()));
        LaneFrames lanes = new LaneFrames(parameters, vector());
        Supplier<Runnable> vector = () -> new FrameTrial(lanes);
        WarmUp warmUp = new WarmUp(1000);
        assertThat(warmUp.isOver(999, portable, vector)).isFalse();
        boolean over = warmUp.isOver(1, portable, vector);
        for (int i = 0; i < 15_000 && !over; i++) {
            Thread.sleep(10);
            over = warmUp.isOver(1, portable, vector);
        }
        assertThat(over).isTrue();
    }
}
