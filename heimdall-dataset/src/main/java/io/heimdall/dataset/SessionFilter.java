package io.heimdall.dataset;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which measurements of the training data are wanted: those that meet every condition.
 *
 * <p>A session is there with its measurements that meet them, and not at all if none does that heard something.
 *
 * @param sessionIds these sessions; empty for all
 * @param period in which the session started
 * @param band in which it was
 * @param stations names; empty for all
 * @param trainingDataset name of one of Heimdall's training datasets
 * @param quality of the recordings
 */
public record SessionFilter(
        Set<String> sessionIds,
        Period period,
        Band band,
        Set<String> stations,
        Optional<String> trainingDataset,
        QualityLimits quality) {

    private static final SessionFilter ALL =
            new SessionFilter(Set.of(), Period.ANY, Band.ANY, Set.of(), Optional.empty(), QualityLimits.NONE);

    /** Copies the sets. */
    public SessionFilter {
        sessionIds = Set.copyOf(sessionIds);
        stations = Set.copyOf(stations);
        Objects.requireNonNull(period, "period");
        Objects.requireNonNull(band, "band");
        Objects.requireNonNull(trainingDataset, "trainingDataset");
        Objects.requireNonNull(quality, "quality");
    }

    /** Returns the filter that everything passes. */
    public static SessionFilter all() {
        return ALL;
    }

    /** Returns this filter for these sessions only. */
    public SessionFilter withSessions(Collection<String> ids) {
        return new SessionFilter(Set.copyOf(ids), period, band, stations, trainingDataset, quality);
    }

    /** Returns this filter for sessions that started in a period. */
    public SessionFilter with(Period newPeriod) {
        return new SessionFilter(sessionIds, newPeriod, band, stations, trainingDataset, quality);
    }

    /** Returns this filter for a frequency band. */
    public SessionFilter with(Band newBand) {
        return new SessionFilter(sessionIds, period, newBand, stations, trainingDataset, quality);
    }

    /** Returns this filter for these stations only. */
    public SessionFilter withStations(Collection<String> names) {
        return new SessionFilter(sessionIds, period, band, Set.copyOf(names), trainingDataset, quality);
    }

    /** Returns this filter for the measurements of one of Heimdall's training datasets. */
    public SessionFilter withTrainingDataset(String name) {
        return new SessionFilter(sessionIds, period, band, stations, Optional.of(name), quality);
    }

    /** Returns this filter for recordings of a quality. */
    public SessionFilter with(QualityLimits limits) {
        return new SessionFilter(sessionIds, period, band, stations, trainingDataset, limits);
    }

    /**
     * Returns what is left of a session, by the conditions that a session itself can answer: all but the training dataset.
     *
     * @param session any
     * @return the session with the stations that are wanted; empty if it or all of them are not
     */
    public Optional<Session> of(Session session) {
        boolean wanted = (sessionIds.isEmpty() || sessionIds.contains(session.id()))
                && period.contains(session.start())
                && band.contains(session.frequencyHz());
        if (!wanted) {
            return Optional.empty();
        }
        List<Measurement> heard = session.measurements().stream()
                .filter(m -> stations.isEmpty() || stations.contains(m.station().name()))
                .filter(quality::admit)
                .toList();
        return heard.stream().allMatch(Measurement::isSilence) ? Optional.empty() : Optional.of(session.heardBy(heard));
    }

    /** Returns the conditions as a user would say them: {@code stations Genova, Torino; SNR 10.0 dB or more}. */
    @Override
    public String toString() {
        return equals(ALL)
                ? "all"
                : Stream.of(
                                sessionIds.isEmpty() ? "" : "sessions " + NameList.of(sessionIds),
                                period.toString(),
                                band.toString(),
                                stations.isEmpty() ? "" : "stations " + NameList.of(stations),
                                trainingDataset
                                        .map(name -> "training dataset " + name)
                                        .orElse(""),
                                quality.toString())
                        .filter(words -> !words.isEmpty())
                        .collect(Collectors.joining("; "));
    }
}
