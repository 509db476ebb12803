package io.heimdall.features.delay;

import io.heimdall.features.recording.Gap;
import io.heimdall.features.recording.RecordingInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of samples without a gap.
 *
 * @param first its first sample
 * @param end the sample behind its last
 * @param start the time of its first sample, seconds since an epoch
 * @param rateHz samples a second
 */
record Piece(long first, long end, double start, double rateHz) {

    /** Cuts a recording at its gaps. */
    static List<Piece> of(TimedRecording timed, Instant epoch) {
        RecordingInfo info = timed.recording().info();
        double rate = info.sampleRateHz().orElseThrow();
        double start = seconds(Duration.between(epoch, timed.startTime()));
        double missing = 0;
        long first = 0;
        List<Piece> pieces = new ArrayList<>();
        for (Gap gap : info.gaps()) {
            if (gap.sample() > first && gap.sample() < info.samples()) {
                pieces.add(new Piece(first, gap.sample(), start + missing + first / rate, rate));
                first = gap.sample();
            }
            missing += seconds(gap.missing());
        }
        pieces.add(new Piece(first, info.samples(), start + missing + first / rate, rate));
        return pieces;
    }

    static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() * 1e-9;
    }

    double secondsAt(double sample) {
        return start + (sample - first) / rateHz;
    }

    double sampleAt(double seconds) {
        return first + (seconds - start) * rateHz;
    }
}
