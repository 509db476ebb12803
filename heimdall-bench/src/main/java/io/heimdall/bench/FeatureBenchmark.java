package io.heimdall.bench;

import io.heimdall.features.spectrum.MelScale;
import io.heimdall.features.spectrum.Sides;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The front end under JMH; {@code dev/bench.sh jmh} starts it with the kernels of your choice, {@code -t 2} gives each of
 * two threads its own signal. A JVM may compile the same code to half the speed of another: hence five of them.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
public class FeatureBenchmark {

    /** A mel spectrogram of 375 frames. */
    @State(Scope.Thread)
    public static class MelState {
        /** Which part of the spectrum. */
        @Param({"REAL", "TWO_SIDED", "FOLDED"})
        public Sides sides;

        private FeatureCases.Case work;

        /** Makes the signal. */
        @Setup
        public void prepare() {
            work = FeatureCases.mel(sides, sides == Sides.REAL ? MelScale.SLANEY : MelScale.AUDIO);
        }
    }

    /** The powers of 64 frames. */
    @State(Scope.Thread)
    public static class FftState {
        /** Samples in a frame. */
        @Param({"256", "512", "1024", "2048", "4096", "8192"})
        public int length;

        /** Whether samples are pairs. */
        @Param({"false", "true"})
        public boolean complex;

        private FeatureCases.Case work;

        /** Makes the signal. */
        @Setup
        public void prepare() {
            work = FeatureCases.power(length, complex);
        }
    }

    /** 262 144 samples of a file. */
    @State(Scope.Thread)
    public static class DecodeState {
        /** The file's format. */
        @Param({"cu8", "cs16", "cf32"})
        public String format;

        private FeatureCases.Case work;

        /** Writes the file. */
        @Setup
        public void prepare() throws IOException {
            work = new FeatureCases().of("decode_" + format, 1);
        }
    }

    /** Coefficients of 375 frames. */
    @State(Scope.Thread)
    public static class MfccState {
        private final FeatureCases.Case work = FeatureCases.mfcc();
    }

    /** Measures the way from a signal to decibels. */
    @Benchmark
    public void mel(MelState state) throws IOException {
        state.work.run();
    }

    /** Measures window, transform and power. */
    @Benchmark
    public void fftPower(FftState state) throws IOException {
        state.work.run();
    }

    /** Measures the way from a file to floats. */
    @Benchmark
    public void decode(DecodeState state) throws IOException {
        state.work.run();
    }

    /** Measures the way from levels to coefficients. */
    @Benchmark
    public void mfcc(MfccState state) throws IOException {
        state.work.run();
    }
}
