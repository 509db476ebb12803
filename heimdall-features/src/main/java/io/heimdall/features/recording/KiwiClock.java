package io.heimdall.features.recording;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Estimates sample rate and start of a KiwiSDR recording from the GNSS time that stands before each of its blocks.
 *
 * <p>A stamp is the GPS second of the week of the block's first sample. The first block often carries the time at
 * which the receiver was last in use, and lost packets leave gaps; so only successive stamps that lie apart as the
 * nominal rate says, within 1 %, count. The rate is all samples between such stamps by all time between them. Stamps
 * that lie further apart, the first aside, are a gap.
 */
final class KiwiClock {
    private static final int NO_SOLUTION = 255;
    private static final long WEEK_SECONDS = 604_800;
    private static final long WEEK_NANOS = WEEK_SECONDS * 1_000_000_000;
    private static final Instant GPS_EPOCH = Instant.parse("1980-01-06T00:00:00Z");
    private static final Duration NAME_TOLERANCE = Duration.ofHours(1);
    private static final double TOLERANCE = 0.01;

    /** A longer way from stamp to stamp is a step back of the receiver's clock. */
    private static final long MAX_GAP_NANOS = WEEK_NANOS / 2;

    private final double nominalRateHz;
    private long previousSample = -1;
    private long previousNanos;
    private long countedSamples;
    private long countedNanos;
    private long anchorSample = -1;
    private long anchorNanos;
    private boolean pastFirst;
    private final List<Gap> gaps = new ArrayList<>();

    KiwiClock(double nominalRateHz) {
        this.nominalRateHz = nominalRateHz;
    }

    /**
     * Takes a stamp.
     *
     * @param sample the block's first sample
     * @param solutionAge seconds since the receiver last knew the time, 255 for never
     * @param second GPS second of the week
     * @param nanos nanoseconds of that second
     */
    void stamp(long sample, int solutionAge, long second, long nanos) {
        if (solutionAge == NO_SOLUTION || second >= WEEK_SECONDS || nanos >= 1_000_000_000) {
            return;
        }
        long now = second * 1_000_000_000 + nanos;
        if (previousSample >= 0 && sample > previousSample) {
            long samples = sample - previousSample;
            long elapsed = Math.floorMod(now - previousNanos, WEEK_NANOS);
            double expected = samples * 1e9 / nominalRateHz;
            if (Math.abs(elapsed - expected) <= TOLERANCE * expected) {
                countedSamples += samples;
                countedNanos += elapsed;
                if (anchorSample < 0) {
                    anchorSample = previousSample;
                    anchorNanos = previousNanos;
                }
            } else if (pastFirst
                    && elapsed > expected
                    && elapsed < MAX_GAP_NANOS
                    && gaps.size() < RecordingInfo.MAX_GAPS) {
                gaps.add(new Gap(sample, Duration.ofNanos(Math.max(1, Math.round(elapsed - expected)))));
            }
            pastFirst = true;
        }
        previousSample = sample;
        previousNanos = now;
    }

    /** Returns where time is missing between two blocks. */
    List<Gap> gaps() {
        return gaps;
    }

    /** Returns the true sample rate, empty where no two stamps belong together. */
    OptionalDouble sampleRateHz() {
        return countedSamples == 0 ? OptionalDouble.empty() : OptionalDouble.of(countedSamples * 1e9 / countedNanos);
    }

    /**
     * Returns the time of sample 0. The stamps know no week: that comes from the time in the file's name, which is
     * returned as it is where the stamps do not agree with it within an hour.
     *
     * @param named the time in the file's name
     */
    Optional<Instant> startTime(Optional<Instant> named) {
        if (named.isEmpty() || anchorSample < 0) {
            return named;
        }
        long start =
                anchorNanos - Math.round(anchorSample * 1e9 / sampleRateHz().getAsDouble());
        Instant rough = named.get();
        Duration leap = Duration.ofSeconds(gpsMinusUtcSeconds(rough));
        long sinceEpoch = Duration.between(GPS_EPOCH, rough.plus(leap)).toSeconds();
        long week = Math.floorDiv(sinceEpoch - start / 1_000_000_000 + WEEK_SECONDS / 2, WEEK_SECONDS);
        Instant exact =
                GPS_EPOCH.plusSeconds(week * WEEK_SECONDS).plusNanos(start).minus(leap);
        return Duration.between(rough, exact).abs().compareTo(NAME_TOLERANCE) <= 0 ? Optional.of(exact) : named;
    }

    /** Leap seconds since GPS time began, for the years in which there are KiwiSDRs. */
    private static int gpsMinusUtcSeconds(Instant time) {
        if (time.isBefore(Instant.parse("2015-07-01T00:00:00Z"))) {
            return 16;
        }
        return time.isBefore(Instant.parse("2017-01-01T00:00:00Z")) ? 17 : 18;
    }
}
