package io.heimdall.features.delay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.features.internal.KernelChoice;
import io.heimdall.features.internal.Kernels;
import io.heimdall.features.recording.Recordings;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChirpSpectraTest {
    private static final int SIZE = 64;

    static Stream<Arguments> cases() {
        return Stream.of(KernelChoice.kernels(), KernelChoice.portable())
                .flatMap(kernels -> Stream.of(
                        Arguments.of(kernels, 12_000.0, 20_250.0, 0.0),
                        Arguments.of(kernels, 20_250.0, 12_000.0, 0.0),
                        Arguments.of(kernels, 12_001.145, 48_000.3, 333.3),
                        Arguments.of(kernels, 48_000.0, 12_000.0, -50.0),
                        Arguments.of(kernels, 1000.0, 1003.0, 7.5)));
    }

    /** Line {@code k} is {@code sum w(t) x(t) exp(-2i pi k L t)}, with t = 0 where the segment of the first recording begins. */
    @ParameterizedTest
    @MethodSource("cases")
    void linesAreTheSumsThatDefineThem(Kernels kernels, double lineRate, double rate, double raise) throws IOException {
        float[] samples = new float[2 * 4000];
        Random random = new Random(3);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) random.nextGaussian();
        }
        GroupFft fft = new GroupFft(SIZE, kernels);
        double lineHz = lineRate / SIZE;
        ChirpSpectra spectra = new ChirpSpectra(Recordings.of(samples, true, rate), fft, lineHz, raise);
        Piece piece = new Piece(0, 4000, 0.25, rate);
        double[] centres = new double[GroupFft.SEGMENTS];
        for (int s = 0; s < centres.length; s++) {
            centres[s] = 0.25 + 0.6 / lineHz + s * 0.5 / lineHz;
        }
        double[] late = new double[GroupFft.SEGMENTS];
        spectra.compute(piece, centres, GroupFft.SEGMENTS, late);

        int length = (int) Math.round(rate / lineHz);
        double phase = Double.NaN;
        for (int s : List.of(0, 3, 7)) {
            long first = Math.round(piece.sampleAt(centres[s]) - length / 2.0);
            assertThat(late[s]).isCloseTo(piece.secondsAt(first + length / 2.0) - centres[s], within(1e-12));
            for (int k : List.of(-20, -3, 0, 1, 17)) {
                double re = 0;
                double im = 0;
                for (int i = 0; i < length; i++) {
                    double t = piece.secondsAt(first + i) - centres[s] + 0.5 / lineHz;
                    double w = SegmentReader.window((i + 0.5 + late[s] * rate) / length);
                    double angle = 2 * Math.PI * (raise / rate * (i - length / 2) - k * lineHz * t);
                    double x = samples[2 * (int) (first + i)] * w;
                    double y = samples[2 * (int) (first + i) + 1] * w;
                    re += x * Math.cos(angle) - y * Math.sin(angle);
                    im += x * Math.sin(angle) + y * Math.cos(angle);
                }
                int at = fft.batch(s / fft.lanes())
                        + 2 * fft.place()[k < 0 ? k + SIZE : k] * fft.lanes()
                        + s % fft.lanes();
                double gotRe = spectra.group()[at];
                double gotIm = spectra.group()[at + fft.lanes()];
                // All lines of all segments are turned by the same phase.
                double turn = Math.atan2(gotIm * re - gotRe * im, gotRe * re + gotIm * im);
                phase = Double.isNaN(phase) ? turn : phase;
                double scale = Math.hypot(re, im);
                assertThat(gotRe)
                        .as("%s segment %s line %s", kernels, s, k)
                        .isCloseTo(re * Math.cos(phase) - im * Math.sin(phase), within(2e-4 * scale + 1e-4));
                assertThat(gotIm).isCloseTo(re * Math.sin(phase) + im * Math.cos(phase), within(2e-4 * scale + 1e-4));
            }
        }
    }
}
