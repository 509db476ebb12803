package io.heimdall.dataset;

import io.heimdall.features.quality.RecordingQuality;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which measurements of the training data are wanted: those that meet every condition.
 *
 * <p>A session is there with its measurements that meet them, and not at all if none does.
 *
 * @param sessionIds these sessions; empty for all
 * @param from session start, this or later; a session of unknown start does not meet it
 * @param until session start, before this
 * @param minFrequencyHz lower end of the band, included
 * @param maxFrequencyHz upper end of the band, included
 * @param minSnrDb signal-to-noise ratio of the recording's quality, else as the station said; one that is not known does
 *     not meet it
 * @param maxClippedShare share of clipped samples of the recording's quality, 0..1; one that is not known does not meet it
 * @param stations names; empty for all
 * @param trainingDataset name of one of Heimdall's training datasets
 */
public record SessionFilter(
        Set<String> sessionIds,
        Optional<Instant> from,
        Optional<Instant> until,
        OptionalLong minFrequencyHz,
        OptionalLong maxFrequencyHz,
        OptionalDouble minSnrDb,
        OptionalDouble maxClippedShare,
        Set<String> stations,
        Optional<String> trainingDataset) {

    private static final SessionFilter ALL = new SessionFilter(
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Set.of(),
            Optional.empty());

    /** Checks that the two ends of dates and band are in order. */
    public SessionFilter {
        sessionIds = Set.copyOf(sessionIds);
        stations = Set.copyOf(stations);
        Objects.requireNonNull(trainingDataset, "trainingDataset");
        if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
            throw new IllegalArgumentException("from " + from.get() + " is not before until " + until.get());
        }
        if (minFrequencyHz.isPresent()
                && maxFrequencyHz.isPresent()
                && minFrequencyHz.getAsLong() > maxFrequencyHz.getAsLong()) {
            throw new IllegalArgumentException("band " + minFrequencyHz.getAsLong() + ".." + maxFrequencyHz.getAsLong()
                    + " Hz ends before it begins");
        }
        if (minSnrDb.isPresent() && !Double.isFinite(minSnrDb.getAsDouble())) {
            throw new IllegalArgumentException("SNR " + minSnrDb.getAsDouble() + " dB is not finite");
        }
        if (maxClippedShare.isPresent()
                && !(maxClippedShare.getAsDouble() >= 0 && maxClippedShare.getAsDouble() <= 1)) {
            throw new IllegalArgumentException("clipped share " + maxClippedShare.getAsDouble() + " is not in 0..1");
        }
    }

    /** Returns the filter that everything passes. */
    public static SessionFilter all() {
        return ALL;
    }

    /** Returns this filter for these sessions only. */
    public SessionFilter withSessions(Collection<String> ids) {
        return new SessionFilter(
                Set.copyOf(ids),
                from,
                until,
                minFrequencyHz,
                maxFrequencyHz,
                minSnrDb,
                maxClippedShare,
                stations,
                trainingDataset);
    }

    /**
     * Returns this filter for sessions that started between two moments.
     *
     * @param first included
     * @param end excluded
     */
    public SessionFilter withStartBetween(Instant first, Instant end) {
        return new SessionFilter(
                sessionIds,
                Optional.of(first),
                Optional.of(end),
                minFrequencyHz,
                maxFrequencyHz,
                minSnrDb,
                maxClippedShare,
                stations,
                trainingDataset);
    }

    /**
     * Returns this filter for a frequency band.
     *
     * @param minHz included
     * @param maxHz included
     */
    public SessionFilter withBandHz(long minHz, long maxHz) {
        return new SessionFilter(
                sessionIds,
                from,
                until,
                OptionalLong.of(minHz),
                OptionalLong.of(maxHz),
                minSnrDb,
                maxClippedShare,
                stations,
                trainingDataset);
    }

    /** Returns this filter for measurements of at least this signal-to-noise ratio. */
    public SessionFilter withSnrOfAtLeastDb(double snrDb) {
        return withQuality(OptionalDouble.of(snrDb), maxClippedShare);
    }

    /** Returns this filter for measurements of which at most this share of samples is clipped. */
    public SessionFilter withClippedShareOfAtMost(double share) {
        return withQuality(minSnrDb, OptionalDouble.of(share));
    }

    /** Returns this filter without its conditions on signal-to-noise ratio and clipping. */
    public SessionFilter withAnyQuality() {
        return withQuality(OptionalDouble.empty(), OptionalDouble.empty());
    }

    private SessionFilter withQuality(OptionalDouble leastSnrDb, OptionalDouble mostClipped) {
        return new SessionFilter(
                sessionIds,
                from,
                until,
                minFrequencyHz,
                maxFrequencyHz,
                leastSnrDb,
                mostClipped,
                stations,
                trainingDataset);
    }

    /** Returns this filter for these stations only. */
    public SessionFilter withStations(Collection<String> names) {
        return new SessionFilter(
                sessionIds,
                from,
                until,
                minFrequencyHz,
                maxFrequencyHz,
                minSnrDb,
                maxClippedShare,
                Set.copyOf(names),
                trainingDataset);
    }

    /** Returns this filter for the measurements of one of Heimdall's training datasets. */
    public SessionFilter withTrainingDataset(String name) {
        return new SessionFilter(
                sessionIds,
                from,
                until,
                minFrequencyHz,
                maxFrequencyHz,
                minSnrDb,
                maxClippedShare,
                stations,
                Optional.of(name));
    }

    /**
     * What is left of a session, by the conditions that a session itself can answer: all but the training dataset.
     *
     * @param session any
     * @return the session with the stations that are wanted; empty if it or all of them are not
     */
    public Optional<Session> of(Session session) {
        boolean wanted = (sessionIds.isEmpty() || sessionIds.contains(session.id()))
                && from.map(first ->
                                session.start().map(s -> !s.isBefore(first)).orElse(false))
                        .orElse(true)
                && until.map(end -> session.start().map(s -> s.isBefore(end)).orElse(false))
                        .orElse(true)
                && session.frequencyHz() >= minFrequencyHz.orElse(Long.MIN_VALUE)
                && session.frequencyHz() <= maxFrequencyHz.orElse(Long.MAX_VALUE);
        if (!wanted) {
            return Optional.empty();
        }
        var heard = session.measurements().stream()
                .filter(m -> stations.isEmpty() || stations.contains(m.station().name()))
                .filter(m -> minSnrDb.isEmpty() || snrDb(m) >= minSnrDb.getAsDouble())
                .filter(m -> maxClippedShare.isEmpty() || clippedShare(m) <= maxClippedShare.getAsDouble())
                .toList();
        return heard.isEmpty() ? Optional.empty() : Optional.of(session.heardBy(heard));
    }

    /** NaN, which meets no condition, where it is not known. */
    private static double snrDb(Measurement measurement) {
        return measurement.quality().map(q -> q.snrDb().orElse(Double.NaN)).orElse(Double.NaN);
    }

    private static double clippedShare(Measurement measurement) {
        return measurement.quality().map(RecordingQuality::clippedShare).orElse(Double.NaN);
    }
}
