package io.heimdall.dataset;

import io.heimdall.features.quality.RecordingQuality;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The limits of quality for recordings.
 *
 * @param minSnrDb least signal-to-noise ratio in the recorded band, of the recording's quality, else as the station said;
 *     one that is not known does not meet it
 * @param maxClippedShare largest share of clipped samples, 0..1; one that is not known does not meet it
 * @see RecordingQuality
 */
public record QualityLimits(OptionalDouble minSnrDb, OptionalDouble maxClippedShare) {

    /** Everything is good enough. */
    public static final QualityLimits NONE = new QualityLimits(OptionalDouble.empty(), OptionalDouble.empty());

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one cannot be met or is none
     */
    public QualityLimits {
        if (!Double.isFinite(minSnrDb.orElse(0))) {
            throw new IllegalArgumentException("SNR " + minSnrDb.getAsDouble() + " dB is not finite");
        }
        if (!(maxClippedShare.orElse(0) >= 0 && maxClippedShare.orElse(0) <= 1)) {
            throw new IllegalArgumentException("clipped share " + maxClippedShare.getAsDouble() + " is not in 0..1");
        }
    }

    /** Returns the limit on the signal-to-noise ratio alone. */
    public static QualityLimits ofSnrDb(double least) {
        return new QualityLimits(OptionalDouble.of(least), OptionalDouble.empty());
    }

    /** Returns the limit on the share of clipped samples alone. */
    public static QualityLimits ofClippedShare(double most) {
        return new QualityLimits(OptionalDouble.empty(), OptionalDouble.of(most));
    }

    /**
     * Returns whether a measurement's recording is good enough, by what was measured of it; a level without a recording is not.
     * Silence stays: it has no quality to fall short of.
     */
    boolean admit(Measurement measurement) {
        if (measurement.isSilence()) {
            return true;
        }
        Optional<RecordingQuality> quality = measurement.recorded().flatMap(Recorded::quality);
        double snrDb = quality.map(q -> q.snrDb().orElse(Double.NaN)).orElse(Double.NaN);
        double clipped = quality.map(RecordingQuality::clippedShare).orElse(Double.NaN);
        return (minSnrDb.isEmpty() || snrDb >= minSnrDb.getAsDouble())
                && (maxClippedShare.isEmpty() || clipped <= maxClippedShare.getAsDouble());
    }

    /** Returns the limits as a user would say them; empty for {@link #NONE}. */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        minSnrDb.ifPresent(db -> words.add("SNR " + db + " dB or more"));
        maxClippedShare.ifPresent(share -> words.add("clipped share " + share + " or less"));
        return String.join(", ", words);
    }
}
