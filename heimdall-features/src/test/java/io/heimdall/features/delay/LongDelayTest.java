package io.heimdall.features.delay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.heimdall.features.internal.KernelChoice;
import io.heimdall.features.internal.Kernels;
import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.RecordingInfo;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Recordings that are made up while they are read, and so of any length. */
class LongDelayTest {
    private static final double RATE = 12_000;

    /** Noise that all share, from a sample on, and as much of its own. */
    private record Endless(long samples, long from, long own) implements Recording {
        @Override
        public RecordingInfo info() {
            return new RecordingInfo(
                    "endless", true, samples, OptionalDouble.of(RATE), OptionalDouble.of(1e7), Optional.empty());
        }

        @Override
        public int read(long firstSample, float[] out, int outOffset, int count) {
            int readable = (int) Math.min(count, samples - firstSample);
            for (int i = 0; i < 2 * readable; i++) {
                long n = 2 * firstSample + i;
                out[outOffset + i] = value(n + 2 * from) + value(n ^ own);
            }
            return readable;
        }

        /** Anything between -1/4 and 1/4 that depends on all bits of n. */
        private static float value(long n) {
            long z = (n + 0x9e3779b97f4a7c15L) * 0xbf58476d1ce4e5b9L;
            z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
            return ((z ^ z >>> 31) >> 40) * 0x1p-25f;
        }

        @Override
        public void close() {}
    }

    private static TimedRecording timed(long samples, long from, long own) {
        return Transmission.timed(new Endless(samples, from, own), Transmission.START);
    }

    private static long allocated(long samples) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        Delay delay = DelayEstimator.withinMetres(100_000)
                .withMaxOffsetHz(0.1)
                .estimate(timed(samples, 100, 1L << 50), timed(samples, 103, 1L << 51));
        long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        DelayEstimate estimate = (DelayEstimate) delay;
        assertThat(estimate.delaySeconds()).isCloseTo(3 / RATE, within(4 * estimate.noiseSigmaSeconds()));
        // Coherence 1/4 in the whole band: Stein's bound is sqrt(3/2) / (pi / sqrt(3)) over the root of the samples.
        double bound = Math.sqrt(1.5) * Math.sqrt(3) / Math.PI / Math.sqrt(samples);
        assertThat(estimate.noiseSigmaSeconds() * RATE).isCloseTo(bound, within(0.03 * bound));
        return bytes;
    }

    @Tag("slow")
    @Test
    void memoryDoesNotGrowWithTheRecording() throws IOException {
        allocated(1L << 23); // vectors are objects until their code is compiled
        // From the longest segments on.
        long some = allocated(1L << 24);
        long more = allocated(1L << 25);
        assertThat(more - some).isLessThan(100_000);
        assertThat(more).isLessThan(100L << 20);
    }

    @Test
    void aSegmentAllocatesNothing() throws IOException {
        Pair pair = Pair.of(timed(1 << 18, 5, 1L << 50), timed(1 << 18, 5, 1L << 51), new Range(1e-3, 0.1, 0));
        Alignment alignment = pair.start();
        for (Kernels kernels : new Kernels[] {KernelChoice.portable(), KernelChoice.kernels()}) {
            GroupFft fft = new GroupFft(1024, kernels);
            PairSpectra spectra = pair.spectra(fft, alignment);
            CrossSpectrum sums = new CrossSpectrum(fft, RATE / fft.size());
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long least = Long.MAX_VALUE;
            for (int round = 0; least > 4096 && round < 400; round++) {
                long before =
                        threads.getThreadAllocatedBytes(Thread.currentThread().getId());
                spectra.walk(pair.stretches(alignment).get(0), sums);
                least = Math.min(
                        least,
                        threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
            }
            // The stretch itself, and now and then a larger list; not 511 segments.
            assertThat(least).as(kernels.toString()).isLessThanOrEqualTo(4096);
        }
    }

    @Test
    void bothKernelsGiveTheSameBits() throws IOException {
        Pair pair = Pair.of(timed(1 << 17, 5, 1L << 50), timed(1 << 17, 7, 1L << 51), new Range(1e-3, 0.1, 0));
        Alignment alignment = new Alignment(2.3 / RATE, 0, 0.01, pair.start().middle());
        CrossSpectrum[] sums = new CrossSpectrum[2];
        for (int i = 0; i < 2; i++) {
            GroupFft fft = new GroupFft(2048, i == 0 ? KernelChoice.portable() : KernelChoice.kernels());
            sums[i] = new CrossSpectrum(fft, RATE / fft.size());
            pair.spectra(fft, alignment).walk(pair.stretches(alignment).get(0), sums[i]);
        }
        assertThat(sums[0].powerA()).isEqualTo(sums[1].powerA());
        assertThat(sums[0].powerB()).isEqualTo(sums[1].powerB());
        assertThat(sums[0].blocks().get(3).product())
                .isEqualTo(sums[1].blocks().get(3).product());
        assertThat(sums[0].blocks()).hasSameSizeAs(sums[1].blocks());
    }
}
