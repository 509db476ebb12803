package io.heimdall.pipeline.data;

import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.QualityLimits;
import io.heimdall.dataset.RecordingCatalog;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.pipeline.PipelineException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The part of the training data that is wanted.
 *
 * @param sessions with the measurements that are wanted
 * @param note how much was left out, and why; empty if nothing was
 */
public record Selection(List<Session> sessions, Optional<String> note) {

    /**
     * Reads the training data and leaves out what is not wanted.
     *
     * @throws IllegalArgumentException if the filter names what the catalogue does not have
     * @throws PipelineException if there is training data, and nothing is left of it
     */
    public static Selection of(RecordingCatalog catalog, SessionFilter filter) {
        catalog.check(filter);
        try (Stream<Session> wanted = catalog.sessions(filter)) {
            List<Session> left = wanted.toList();
            Optional<String> note = filter.equals(SessionFilter.all()) ? Optional.empty() : note(left, catalog, filter);
            if (left.isEmpty() && note.isPresent()) {
                throw new PipelineException("no session is left: " + note.get());
            }
            return new Selection(left, note);
        }
    }

    private static Optional<String> note(List<Session> left, RecordingCatalog catalog, SessionFilter filter) {
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
        boolean byQuality = !filter.quality().equals(QualityLimits.NONE);
        return Optional.of("of " + measurements + " measurements in " + sessions + " sessions, " + (measurements - kept)
                + " are left out, and with them " + (sessions - left.size()) + " whole sessions; wanted are: " + filter
                + (byQuality && unmeasured > 0
                        ? "; the quality of " + unmeasured
                                + " was never measured: 'heimdall ingest' does, 'heimdall simulate' does not"
                        : ""));
    }
}
