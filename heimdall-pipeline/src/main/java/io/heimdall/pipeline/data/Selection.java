package io.heimdall.pipeline.data;

import io.heimdall.dataset.QualityLimits;
import io.heimdall.dataset.Recorded;
import io.heimdall.dataset.RecordingCatalog;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.model.network.NetworkFamily;
import io.heimdall.model.network.Networks;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.input.Producer;
import io.heimdall.pipeline.input.Producers;
import java.time.Instant;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The chosen part of the training data.
 *
 * @param sessions with the measurements that are wanted
 * @param note how much was left out, and why; empty if nothing was
 */
public record Selection(List<Session> sessions, Optional<String> note) {

    /**
     * Checks that what the filter names is there and that something is left for an input, without reading more than it needs
     * for that.
     *
     * @throws IllegalArgumentException as {@link #of} does
     * @throws PipelineException as {@link #of} and {@link #taken} do
     */
    public static void check(RecordingCatalog catalog, SessionFilter filter, Producer producer) {
        catalog.check(filter);
        try (Stream<Session> wanted = catalog.sessions(filter)) {
            if (wanted.noneMatch(producer::takes)) {
                of(catalog, filter).taken(producer);
            }
        }
    }

    /**
     * Reads the training data and leaves out what is not wanted.
     *
     * @throws IllegalArgumentException if the filter names what the catalogue does not have
     * @throws PipelineException if there is training data, and nothing is left of it
     */
    public static Selection of(RecordingCatalog catalog, SessionFilter filter) {
        catalog.check(filter);
        List<Session> left;
        try (Stream<Session> wanted = catalog.sessions(filter)) {
            left = wanted.toList();
        }
        if (filter.equals(SessionFilter.all())) {
            return new Selection(left, Optional.empty());
        }
        Content all = Content.of(catalog);
        long out = all.measurements
                - left.stream().mapToLong(s -> s.measurements().size()).sum();
        if (out == 0) {
            return new Selection(left, Optional.empty());
        }
        int whole = all.sessions - left.size();
        String note = "of " + all.measurements + " measurements in " + all.sessions + " sessions, " + out
                + " are left out" + (whole == 0 ? "" : ", and with them " + whole + " whole sessions")
                + "; wanted are: " + filter + (filter.quality().equals(QualityLimits.NONE) ? "" : all.unmeasured());
        if (left.isEmpty()) {
            throw new PipelineException("no session is left: " + note + all.extent());
        }
        return new Selection(left, Optional.of(note));
    }

    /**
     * Returns the sessions that have something for an input.
     *
     * @throws PipelineException if none has, or there is no session at all
     */
    public List<Session> taken(Producer producer) {
        if (sessions.isEmpty()) {
            throw new PipelineException("the catalogue has no approved session of a known source: nothing to learn"
                    + " from; 'heimdall simulate' or 'heimdall ingest' add some");
        }
        List<Session> taken = sessions.stream().filter(producer::takes).toList();
        if (taken.isEmpty()) {
            List<String> others = Networks.all().stream()
                    .filter(family -> family.producers().stream()
                            .map(Producers::named)
                            .anyMatch(other -> sessions.stream().anyMatch(other::takes)))
                    .map(NetworkFamily::name)
                    .toList();
            throw new PipelineException("none of the " + sessions.size() + " sessions has what the input '"
                    + producer.id() + "' takes, " + producer.wanted() + ": nothing to learn from"
                    + (others.isEmpty() ? "" : "; networks that can learn from them: " + String.join(", ", others)));
        }
        return taken;
    }

    /** What the training data holds. */
    private static final class Content {
        private int sessions;
        private long measurements;
        private long unmeasured;
        private long unrecorded;
        private final TreeSet<Instant> ends = new TreeSet<>();
        private final LongSummaryStatistics frequencies = new LongSummaryStatistics();

        static Content of(RecordingCatalog catalog) {
            Content content = new Content();
            try (Stream<Session> all = catalog.sessions()) {
                all.forEach(content::add);
            }
            return content;
        }

        private void add(Session session) {
            sessions++;
            measurements += session.measurements().size();
            unmeasured += session.recordings().stream()
                    .map(Recorded::quality)
                    .filter(Optional::isEmpty)
                    .count();
            unrecorded += session.measurements().size() - session.recordings().size();
            frequencies.accept(session.frequencyHz());
            session.start().ifPresent(ends::add);
            if (ends.size() > 2) { // the first and the last are kept
                ends.remove(ends.higher(ends.first()));
            }
        }

        private String unmeasured() {
            return (unrecorded == 0 ? "" : "; " + unrecorded + " have no recording, and so no quality")
                    + (unmeasured == 0
                            ? ""
                            : "; the quality of " + unmeasured
                                    + " was never measured: 'heimdall ingest' does, 'heimdall simulate' does not");
        }

        private String extent() {
            return "; there are sessions" + (ends.isEmpty() ? "" : " from " + ends.first() + " to " + ends.last())
                    + " at " + frequencies.getMin() + ".." + frequencies.getMax() + " Hz";
        }
    }
}
