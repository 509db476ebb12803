package io.heimdall.features.quality;

import io.heimdall.features.recording.RecordingInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the samples of a recording show to be wrong with it, in sentences for a user. */
final class SampleWarnings {
    private static final double MOST_DBFS = 3;
    private static final double LEAST_RUN_SHARE = 0.1;
    private static final long LEAST_RUN = 100;

    /** Of numbers that go from -1 to 1, a hundredth. */
    private static final double LEAST_SPAN = 0.02;

    /** Two signals whose difference is 60 dB below them are one. */
    private static final double ALIKE = 1e-6;

    /** A difference by rounding says little where the signal itself is little more than that. */
    private static final double MOST_ROUNDING = 1e-3;

    private final RecordingInfo info;
    private final SampleStatistics statistics;
    private final List<String> warnings = new ArrayList<>();

    private SampleWarnings(RecordingInfo info, SampleStatistics statistics) {
        this.info = info;
        this.statistics = statistics;
    }

    /** Returns the sentences, each without the recording's name; none where nothing is wrong. */
    static List<String> of(RecordingInfo info, SampleStatistics statistics) {
        SampleWarnings all = new SampleWarnings(info, statistics);
        if (statistics.samples() > 0) {
            all.level();
            if (!all.constant()) {
                all.span();
                all.alike();
            }
        }
        return List.copyOf(all.warnings);
    }

    private void level() {
        double level = statistics.levelDbfs();
        if (level > MOST_DBFS) {
            int bits = 8;
            while (bits < 32 && statistics.peak() > Math.scalb(1.0, bits - 1)) {
                bits += 8;
            }
            say(
                    "the level of %+.1f dBFS is above full scale: numbers up to %.6g, where 1 is full scale; %d-bit"
                            + " integers written as floating point must be divided by %.0f",
                    level, statistics.peak(), bits, Math.scalb(1.0, bits - 1));
        }
    }

    /** Returns whether all samples are the same. */
    private boolean constant() {
        SampleStatistics.ConstantRun run = statistics.longestRun();
        boolean whole = run.samples() == statistics.samples();
        if (!whole && run.samples() < Math.max(LEAST_RUN, LEAST_RUN_SHARE * statistics.samples())) {
            return false;
        }
        String which = whole
                ? "all " + run.samples() + " samples are "
                : run.samples() + " of " + statistics.samples() + " samples, from number " + run.first() + " on, are ";
        if (run.i() == 0 && run.q() == 0) {
            say("silence: %s0", which);
        } else if (statistics.complex()) {
            say("a constant in place of a signal: %sI %.4g, Q %.4g", which, run.i(), run.q());
        } else {
            say("a constant in place of a signal: %s%.4g", which, run.i());
        }
        return whole;
    }

    private void span() {
        if (info.bits().isEmpty() || statistics.span() > LEAST_SPAN) {
            return;
        }
        int bits = info.bits().getAsInt();
        double codes = statistics.span() * Math.scalb(1.0, bits - 1);
        int needed = 1;
        while (Math.scalb(1.0, needed) < codes + 1) {
            needed++;
        }
        say(
                "the samples fill %.2g %% of the range of their %d-bit numbers: %d bits would hold them; the input was too"
                        + " weak, or the numbers are of another type",
                50 * statistics.span(), bits, needed);
    }

    private void alike() {
        double i = statistics.varianceI();
        double q = statistics.varianceQ();
        double both = i + q;
        if (!statistics.complex() || !(both > 0)) {
            return;
        }
        double code =
                info.bits().isEmpty() ? 0 : Math.scalb(1.0, 1 - info.bits().getAsInt());
        double least = Math.max(ALIKE * both, Math.min(code * code, MOST_ROUNDING * both));
        if (q <= least) {
            say("I and Q are one real signal: Q is always %.4g", statistics.meanQ());
        } else if (i <= least) {
            say("I and Q are one real signal: I is always %.4g", statistics.meanI());
        } else if (both - 2 * statistics.covariance() <= least) {
            say("I and Q are equal: one real signal in two channels, as of sound in stereo, not IQ samples");
        } else if (both + 2 * statistics.covariance() <= least) {
            say("I and Q are opposite, I = -Q: one real signal in two channels, not IQ samples");
        }
    }

    private void say(String format, Object... values) {
        warnings.add(String.format(Locale.ROOT, format, values));
    }
}
