package io.heimdall.features.delay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.features.internal.KernelChoice;
import io.heimdall.features.internal.Kernels;
import java.util.Random;
import java.util.stream.Stream;
import org.jtransforms.fft.DoubleFFT_1D;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GroupFftTest {

    static Stream<Arguments> cases() {
        return Stream.of(KernelChoice.kernels(), KernelChoice.portable())
                .flatMap(kernels ->
                        Stream.of(8, 64, 512, 1024, 2048, 4096, 16384).map(size -> Arguments.of(kernels, size)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eachSegmentIsTransformed(Kernels kernels, int size) {
        GroupFft fft = new GroupFft(size, kernels);
        float[] group = fft.newGroup();
        double[][] expected = new double[GroupFft.SEGMENTS][2 * size];
        Random random = new Random(7);
        for (int s = 0; s < expected.length; s++) {
            for (int i = 0; i < size; i++) {
                int at = at(fft, s, i);
                group[at] = random.nextFloat() - 0.5f;
                group[at + fft.lanes()] = random.nextFloat() - 0.5f;
                expected[s][2 * i] = group[at];
                expected[s][2 * i + 1] = group[at + fft.lanes()];
            }
        }
        fft.forward(group, GroupFft.SEGMENTS);
        for (int s = 0; s < expected.length; s++) {
            new DoubleFFT_1D(size).complexForward(expected[s]);
            for (int k = 0; k < size; k++) {
                int at = at(fft, s, fft.place()[k]);
                assertThat((double) group[at]).isCloseTo(expected[s][2 * k], within(1e-6 * size));
                assertThat((double) group[at + fft.lanes()]).isCloseTo(expected[s][2 * k + 1], within(1e-6 * size));
            }
        }
    }

    private static int at(GroupFft fft, int segment, int i) {
        return fft.batch(segment / fft.lanes()) + 2 * i * fft.lanes() + segment % fft.lanes();
    }
}
