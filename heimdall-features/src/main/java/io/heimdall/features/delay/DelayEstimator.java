package io.heimdall.features.delay;

import io.heimdall.features.recording.RecordingInfo;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Estimates the delay between two recordings of the same signal.
 *
 * <p>The delay maximises the cross-ambiguity of the recordings, each spectral line weighted by what its measured coherence
 * tells (Knapp and Carter's maximum-likelihood weights), over all delays up to the path difference at the speed of light plus
 * four sigma of the clocks, and all frequency offsets up to what the oscillators' errors make. Rates, start times and tuned
 * frequencies may differ; carriers and a receiver's own lines do not count; time is missing where the recordings have gaps.
 * Nothing is allocated per segment, and memory does not grow with the recordings.
 *
 * <p>Immutable and thread-safe; each recording is read by the calling thread.
 *
 * @see <a href="https://doi.org/10.1109/TASSP.1976.1162830">Knapp and Carter, 1976</a>
 */
public final class DelayEstimator {
    /** The speed of light in vacuum, metres a second. */
    public static final double SPEED_OF_LIGHT = 299_792_458;

    private static final double CLOCK_SIGMAS = 4;

    /** Oscillators make this of an unknown frequency, as if it were one of UHF. */
    private static final double UNKNOWN_HZ = 1e9;

    /** But no more than this part of the rate. */
    private static final double LARGEST_OFFSET = 0.125;

    private final double pathMetres;
    private final OptionalDouble offsetHz;

    private DelayEstimator(double pathMetres, OptionalDouble offsetHz) {
        this.pathMetres = pathMetres;
        this.offsetHz = offsetHz;
    }

    /**
     * Makes an estimator for receivers a distance apart.
     *
     * @param metres between the receivers, or the largest difference of the paths from the transmitter; 0 and more
     * @throws IllegalArgumentException if the distance is negative or not finite
     */
    public static DelayEstimator withinMetres(double metres) {
        if (!(metres >= 0) || Double.isInfinite(metres)) {
            throw new IllegalArgumentException("a distance of " + metres + " m is not finite and 0 or more");
        }
        return new DelayEstimator(metres, OptionalDouble.empty());
    }

    /**
     * Returns this with another bound of the frequency offset than the one that follows from the oscillators' ppm.
     *
     * @param hertz the largest offset of either sign, 0 and more
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public DelayEstimator withMaxOffsetHz(double hertz) {
        if (!(hertz >= 0) || Double.isInfinite(hertz)) {
            throw new IllegalArgumentException("a frequency offset of " + hertz + " Hz is not finite and 0 or more");
        }
        return new DelayEstimator(pathMetres, OptionalDouble.of(hertz));
    }

    /**
     * Estimates how much later {@code a} has a signal than {@code b}.
     *
     * @param a the first recording; the delay is positive where it has the signal later
     * @param b the second recording
     * @return the estimate, or why there is none
     * @throws IOException if a recording cannot be read
     */
    public Delay estimate(TimedRecording a, TimedRecording b) throws IOException {
        OptionalDouble rateA = a.recording().info().sampleRateHz();
        OptionalDouble rateB = b.recording().info().sampleRateHz();
        if (rateA.isEmpty() || rateB.isEmpty()) {
            return new NoDelay(
                    NoDelay.Reason.UNKNOWN_RATE,
                    "the " + (rateA.isEmpty() ? "first" : "second") + " recording does not state its sample rate");
        }
        Pair pair = Pair.of(a, b, range(a, b));
        if (!(pair.sharedHz() > 0)) {
            return new NoDelay(NoDelay.Reason.NO_COMMON_BAND, bands(a, b));
        }
        return new DelaySearch(pair).run();
    }

    private Range range(TimedRecording a, TimedRecording b) {
        double clocks = Math.hypot(a.clockSigmaSeconds(), b.clockSigmaSeconds());
        double error = (a.clockPpm() + b.clockPpm()) * 1e-6;
        RecordingInfo infoOfA = a.recording().info();
        RecordingInfo infoOfB = b.recording().info();
        double tuned =
                infoOfA.centerFrequencyHz().orElse(infoOfB.centerFrequencyHz().orElse(UNKNOWN_HZ));
        double rate = Math.min(
                infoOfA.sampleRateHz().orElseThrow(), infoOfB.sampleRateHz().orElseThrow());
        double offset = offsetHz.orElse(error * (Math.abs(tuned) + rate / 2));
        return new Range(
                pathMetres / SPEED_OF_LIGHT + CLOCK_SIGMAS * clocks, Math.min(offset, LARGEST_OFFSET * rate), error);
    }

    private static String bands(TimedRecording a, TimedRecording b) {
        return String.format(
                Locale.ROOT,
                "the first recording holds %s, the second %s: no frequency is in both",
                band(a.recording().info()),
                band(b.recording().info()));
    }

    private static String band(RecordingInfo info) {
        Band band = Band.of(info);
        double tuned = info.centerFrequencyHz().orElse(0);
        return String.format(Locale.ROOT, "%.0f to %.0f Hz", tuned + band.fromHz(), tuned + band.toHz());
    }
}
