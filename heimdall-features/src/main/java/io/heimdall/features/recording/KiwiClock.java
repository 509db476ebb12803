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
 * <p>A stamp is the GPS second of the week of the block's first sample. Some stamps are 0 or the time at which the receiver
 * was last in use, most often the first ones. So a stamp counts only together with the next one, where the two lie apart as
 * the nominal rate says, within 1 %, or where it continues the time of the stamps before. The rate is all samples between
 * such successive stamps by all time between them.
 *
 * <p>The first such pair is where the receiver's time begins: nothing before it counts. Where a later pair lies ahead of that
 * time, by at most ten minutes, a gap is before it. Where it lies further ahead, or back, the receiver's clock was set:
 * nothing is missing, and the new time counts from there on.
 */
final class KiwiClock {
    private static final int NO_SOLUTION = 255;
    private static final long WEEK_SECONDS = 604_800;
    private static final long WEEK_NANOS = WEEK_SECONDS * 1_000_000_000;
    private static final Instant GPS_EPOCH = Instant.parse("1980-01-06T00:00:00Z");
    private static final Duration NAME_TOLERANCE = Duration.ofHours(1);
    private static final double TOLERANCE = 0.01;

    /** A receiver that has nothing to send for longer cuts the connection. */
    private static final long MAX_GAP_NANOS = Duration.ofMinutes(10).toNanos();

    /**
     * What stamps of the same firmware differ by from receiver to receiver, and from the air: some 100 ns to 20 us are known.
     */
    private static final double RECEIVER_SIGMA_SECONDS = 5e-6;

    /** Without GNSS the receiver's oscillator goes so wrong, seconds a second. */
    private static final double HOLDOVER = 2e-8;

    private final double nominalRateHz;
    /** The stamp before, whether it counts or not. */
    private Stamp previous;
    /** The last stamp that counts. */
    private Stamp trusted;
    /** The first stamp that counts, since the clock was set for the last time. */
    private Stamp anchor;
    /** What was missing before the anchor. */
    private long anchorMissingNanos;
    /** The last stamp before the clock was set. */
    private Stamp beforeSetting;

    private long countedSamples;
    private long countedNanos;
    private long missingNanos;
    private StampSpread spread = new StampSpread();
    private int oldestSolutionSeconds;
    private final List<Gap> gaps = new ArrayList<>();

    /**
     * The time of a sample.
     *
     * @param nanos of the GPS week
     */
    private record Stamp(long sample, long nanos) {

        /** Returns how much later another stamp is than the samples between the two say; within half a week. */
        long ahead(Stamp later, double rateHz) {
            long elapsed = Math.floorMod(later.nanos - nanos, WEEK_NANOS);
            long ahead = elapsed - expected(later, rateHz);
            return ahead > WEEK_NANOS / 2 ? ahead - WEEK_NANOS : ahead;
        }

        long expected(Stamp later, double rateHz) {
            return Math.round((later.sample - sample) * 1e9 / rateHz);
        }
    }

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
        Stamp now = new Stamp(sample, second * 1_000_000_000 + nanos);
        if (previous != null && sample > previous.sample() && take(now)) {
            oldestSolutionSeconds = Math.max(oldestSolutionSeconds, solutionAge);
            spread.add(
                    now.sample() - anchor.sample(),
                    (anchor.ahead(now, nominalRateHz) - missingNanos + anchorMissingNanos) * 1e-9);
        }
        previous = now;
    }

    /** Returns whether a stamp counts. */
    private boolean take(Stamp now) {
        double tolerance = TOLERANCE * previous.expected(now, nominalRateHz);
        if (Math.abs(previous.ahead(now, nominalRateHz)) <= tolerance) {
            begin(previous, tolerance);
            countedSamples += now.sample() - previous.sample();
            countedNanos += Math.floorMod(now.nanos() - previous.nanos(), WEEK_NANOS);
            trusted = now;
            return true;
        }
        if (trusted != null && Math.abs(trusted.ahead(now, rate())) <= tolerance) {
            trusted = now;
            return true;
        }
        return false;
    }

    /** Takes the first stamp of a pair, which continues the time so far, comes after a gap, or begins another time. */
    private void begin(Stamp first, double tolerance) {
        if (anchor == null) {
            anchor = first;
        } else if (trusted.sample() < first.sample()) {
            long ahead = trusted.ahead(first, rate());
            if (Math.abs(ahead) <= tolerance) {
                return;
            }
            boolean back = beforeSetting != null && Math.abs(beforeSetting.ahead(first, rate())) <= tolerance;
            if (!back && ahead > 0 && ahead <= MAX_GAP_NANOS) {
                missingNanos += ahead;
                if (gaps.size() < RecordingInfo.MAX_GAPS) {
                    gaps.add(new Gap(first.sample(), Duration.ofNanos(ahead)));
                }
            } else {
                beforeSetting = trusted;
                anchor = first;
                anchorMissingNanos = missingNanos;
                spread = new StampSpread();
            }
        }
    }

    private double rate() {
        return sampleRateHz().orElse(nominalRateHz);
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
        if (named.isEmpty() || anchor == null) {
            return named;
        }
        long start = anchor.nanos() - Math.round(anchor.sample() * 1e9 / rate()) - anchorMissingNanos;
        Instant rough = named.get();
        Duration leap = Duration.ofSeconds(gpsMinusUtcSeconds(rough));
        long sinceEpoch = Duration.between(GPS_EPOCH, rough.plus(leap)).toSeconds();
        long week = Math.floorDiv(sinceEpoch - start / 1_000_000_000 + WEEK_SECONDS / 2, WEEK_SECONDS);
        Instant exact =
                GPS_EPOCH.plusSeconds(week * WEEK_SECONDS).plusNanos(start).minus(leap);
        return Duration.between(rough, exact).abs().compareTo(NAME_TOLERANCE) <= 0 ? Optional.of(exact) : named;
    }

    /**
     * Returns one sigma of the time of samples, seconds: of the receiver itself, of its stamps around a steady rate, and of its
     * oscillator while it had no GNSS. Empty where the stamps do not tell the time.
     *
     * @param named the time in the file's name
     */
    OptionalDouble sigmaSeconds(Optional<Instant> named) {
        if (anchor == null || startTime(named).equals(named)) {
            return OptionalDouble.empty();
        }
        double heldOver = HOLDOVER * oldestSolutionSeconds;
        return OptionalDouble.of(Math.hypot(Math.hypot(RECEIVER_SIGMA_SECONDS, spread.sigma()), heldOver));
    }

    /** Leap seconds since GPS time began, for the years in which there are KiwiSDRs. */
    private static int gpsMinusUtcSeconds(Instant time) {
        if (time.isBefore(Instant.parse("2015-07-01T00:00:00Z"))) {
            return 16;
        }
        return time.isBefore(Instant.parse("2017-01-01T00:00:00Z")) ? 17 : 18;
    }
}
