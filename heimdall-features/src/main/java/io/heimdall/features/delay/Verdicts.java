package io.heimdall.features.delay;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;

/** Says what was measured: a delay, or why it is none. */
final class Verdicts {
    /** Another peak whose log likelihood is that close may be the true one. */
    private static final double AS_LIKELY = 3;

    private Verdicts() {}

    static Delay of(Pair pair, Measurement measured) {
        DelayCurve curve = measured.curve(pair.range());
        DelayEstimate estimate = new DelayEstimate(
                measured.delay(),
                measured.noiseSigma(),
                measured.dispersionSigma(),
                Math.hypot(pair.a().clockSigmaSeconds(), pair.b().clockSigmaSeconds()),
                measured.offsetHz(),
                measured.drift() * 1e6,
                measured.coherence().mean(),
                measured.rmsBandwidthHz(),
                curve.secondPeak(),
                pair.epoch()
                        .plus(Duration.ofNanos(Math.round(measured.alignment().middle() * 1e9))),
                Stretch.seconds(pair.stretches(measured.alignment())),
                curve);
        double lost = measured.logLikelihoodScale();
        if (lost * (1 - curve.secondPeak()) < AS_LIKELY) {
            return new NoDelay(
                    NoDelay.Reason.AMBIGUOUS,
                    String.format(
                            Locale.ROOT,
                            "a second peak is %.4f as high as the first: either may be the true one",
                            curve.secondPeak()));
        }
        if (lost * (1 - curve.lowest()) < AS_LIKELY
                || !(measured.noiseSigma() < pair.range().delay())) {
            return new NoDelay(
                    NoDelay.Reason.AMBIGUOUS,
                    String.format(
                            Locale.ROOT,
                            "the common signal is %.3g Hz wide: no delay within %.3g ms is more likely than another",
                            measured.rmsBandwidthHz(),
                            pair.range().delay() * 1e3));
        }
        return estimate;
    }

    static NoDelay nothing(Pair pair, OptionalDouble carrier) {
        if (carrier.isPresent()) {
            return new NoDelay(
                    NoDelay.Reason.CARRIER_ALONE,
                    String.format(
                            Locale.ROOT,
                            "both hear a carrier at %+.1f Hz and nothing else in common; a carrier tells no time",
                            carrier.getAsDouble()));
        }
        return new NoDelay(
                NoDelay.Reason.NO_COHERENCE,
                String.format(
                        Locale.ROOT,
                        "the recordings have no common signal within %.4g ms and %.3g Hz",
                        pair.range().delay() * 1e3,
                        pair.range().offsetHz()));
    }

    static NoDelay noCommonTime(Pair pair, SegmentLengths lengths) {
        return new NoDelay(
                NoDelay.Reason.NO_COMMON_TIME,
                lengths.samples() == 0
                        ? "the recordings share no time: the first is of " + span(pair.a()) + ", the second of "
                                + span(pair.b())
                        : String.format(
                                Locale.ROOT,
                                "the recordings share %.3g s without a gap, %.3g s are needed",
                                lengths.seconds(),
                                lengths.neededSeconds()));
    }

    private static String span(TimedRecording timed) {
        double seconds = timed.recording().info().samples()
                / timed.recording().info().sampleRateHz().orElseThrow();
        return timed.startTime() + " to " + timed.startTime().plus(Duration.ofNanos((long) (seconds * 1e9)));
    }
}
