package io.heimdall.pipeline.data;

import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.RecordingCatalog;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.pipeline.PipelineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * How good a recording must be to be learned from.
 *
 * @param minSnrDb least signal-to-noise ratio, decibels in the recorded band; empty for any
 * @param maxClippedShare largest share of clipped samples, 0..1; empty for any
 * @see io.heimdall.features.quality.RecordingQuality
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
        filter(minSnrDb, maxClippedShare);
    }

    private static SessionFilter filter(OptionalDouble minSnrDb, OptionalDouble maxClippedShare) {
        SessionFilter filter = SessionFilter.all();
        if (minSnrDb.isPresent()) {
            filter = filter.withSnrOfAtLeastDb(minSnrDb.getAsDouble());
        }
        return maxClippedShare.isPresent() ? filter.withClippedShareOfAtMost(maxClippedShare.getAsDouble()) : filter;
    }

    /**
     * What is left of the training data.
     *
     * @param sessions with the measurements that are good enough
     * @param note how much was left out; empty if nothing was
     */
    record Selection(List<Session> sessions, Optional<String> note) {}

    /**
     * Reads the training data and leaves out what is not good enough.
     *
     * @throws PipelineException if there was some, and nothing is left
     */
    Selection of(RecordingCatalog catalog) {
        try (Stream<Session> good = catalog.sessions(filter(minSnrDb, maxClippedShare))) {
            List<Session> left = good.toList();
            if (equals(NONE)) {
                return new Selection(left, Optional.empty());
            }
            return new Selection(left, note(left, catalog));
        }
    }

    private Optional<String> note(List<Session> left, RecordingCatalog catalog) {
        long measurements = 0;
        long unmeasured = 0;
        int sessions = 0;
        try (Stream<Session> all = catalog.sessions()) {
            for (Session session : (Iterable<Session>) all::iterator) {
                sessions++;
                measurements += session.measurements().size();
                unmeasured += session.measurements().stream()
                        .map(Measurement::quality)
                        .filter(Optional::isEmpty)
                        .count();
            }
        }
        long kept = left.stream().mapToLong(s -> s.measurements().size()).sum();
        if (kept == measurements) {
            return Optional.empty();
        }
        String said = "of " + measurements + " measurements in " + sessions + " sessions, " + (measurements - kept)
                + " are left out for their quality (" + this + "), and with them " + (sessions - left.size())
                + " whole sessions"
                + (unmeasured == 0
                        ? ""
                        : "; the quality of " + unmeasured
                                + " was never measured: 'heimdall ingest' does, 'heimdall simulate' does not");
        if (left.isEmpty()) {
            throw new PipelineException("nothing to learn from: " + said);
        }
        return Optional.of(said);
    }

    /** Returns the limits as a user would say them: {@code SNR 10.0 dB or more, 0.1 % clipped or less}. */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        minSnrDb.ifPresent(db -> words.add("SNR " + db + " dB or more"));
        maxClippedShare.ifPresent(share -> words.add("clipped share " + share + " or less"));
        return words.isEmpty() ? "any" : String.join(", ", words);
    }
}
