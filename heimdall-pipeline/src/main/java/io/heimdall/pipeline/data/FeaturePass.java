package io.heimdall.pipeline.data;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.sample.MeasuredFeatures;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.features.spectrum.RunningStatistics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * One pass over all recordings before the training: their features are in the cache then, and what cannot be read is known.
 *
 * @param sessions that can be used, without the recordings that cannot be read
 * @param statistics of each session's features in decibels, by session id
 * @param unreadable the recordings that were left out
 */
record FeaturePass(List<Session> sessions, Map<String, RunningStatistics> statistics, List<Unreadable> unreadable) {

    /** All processors together have half as many recordings in memory as the two windows of an epoch that streams. */
    private static final int MOST_RECORDINGS = 32_768 / 2;

    /** A recording that cannot be read, and why. */
    record Unreadable(String session, String reason) {

        @Override
        public String toString() {
            return "session " + session + ": " + reason;
        }
    }

    /** What a session gave: what can be read or has no recording, the statistics, the faults of the rest. */
    private record Outcome(
            Session session, List<Measurement> readable, RunningStatistics values, List<Unreadable> faults) {}

    /**
     * Computes or finds the features of all sessions, on all processors.
     *
     * @param taken tells of what is left of a session whether it can be used
     * @param done is told how many sessions are done; called by several threads, one at a time
     */
    static FeaturePass over(
            List<Session> sessions, RecordingFeatures features, Predicate<Session> taken, LongConsumer done) {
        AtomicInteger count = new AtomicInteger();
        // Collected in the sessions' order: the statistics have the same bits at every run.
        List<Outcome> outcomes;
        try {
            outcomes = pieces(sessions, features).parallelStream()
                    .flatMap(piece -> {
                        MeasuredFeatures source = piece.size() > 1 ? loaded(piece, features) : features;
                        return piece.stream().map(session -> {
                            Outcome outcome = read(session, source);
                            synchronized (count) {
                                done.accept(count.incrementAndGet());
                            }
                            return outcome;
                        });
                    })
                    .toList();
        } finally {
            features.flush();
        }
        List<Session> usable = new ArrayList<>();
        Map<String, RunningStatistics> statistics = new LinkedHashMap<>();
        List<Unreadable> unreadable = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            unreadable.addAll(outcome.faults());
            Optional<Session> left = left(outcome).filter(taken);
            if (left.isPresent()) {
                usable.add(left.get());
                statistics.put(outcome.session().id(), outcome.values());
            }
        }
        return new FeaturePass(usable, statistics, unreadable);
    }

    private static List<List<Session>> pieces(List<Session> sessions, RecordingFeatures features) {
        return features.remembersKeys()
                ? pieces(
                        sessions,
                        Math.max(1, MOST_RECORDINGS / Runtime.getRuntime().availableProcessors()))
                : sessions.stream().map(List::of).toList();
    }

    /** Cuts sessions into pieces of a number of recordings at most, or of one session that has more. */
    static List<List<Session>> pieces(List<Session> sessions, int mostRecordings) {
        List<List<Session>> pieces = new ArrayList<>();
        int from = 0;
        int recordings = 0;
        for (int i = 0; i < sessions.size(); i++) {
            int more = sessions.get(i).recordings().size();
            if (i > from && recordings + more > mostRecordings) {
                pieces.add(sessions.subList(from, i));
                from = i;
                recordings = 0;
            }
            recordings += more;
        }
        if (from < sessions.size()) {
            pieces.add(sessions.subList(from, sessions.size()));
        }
        return pieces;
    }

    /** Sessions that follow each other lie in few shards. */
    private static MeasuredFeatures loaded(List<Session> piece, RecordingFeatures features) {
        List<Measurement> recorded = piece.stream()
                .flatMap(session -> session.measurements().stream())
                .filter(measurement -> measurement.recorded().isPresent())
                .toList();
        return features.loaded(recorded, List.of());
    }

    private static Outcome read(Session session, MeasuredFeatures features) {
        RunningStatistics values = new RunningStatistics();
        List<Measurement> readable = new ArrayList<>();
        List<Unreadable> faults = new ArrayList<>();
        for (Measurement measurement : session.measurements()) {
            if (measurement.recorded().isEmpty()) {
                readable.add(measurement);
                continue;
            }
            try {
                float[] decibels = features.of(measurement);
                values.add(decibels, 0, decibels.length);
                readable.add(measurement);
            } catch (DatasetException e) {
                faults.add(new Unreadable(session.id(), e.getMessage()));
            }
        }
        return new Outcome(session, readable, values, faults);
    }

    private static Optional<Session> left(Outcome outcome) {
        return outcome.readable().isEmpty()
                ? Optional.empty()
                : Optional.of(outcome.session().heardBy(outcome.readable()));
    }

    /** Returns the statistics over some of the sessions. */
    RunningStatistics statistics(List<Session> some) {
        RunningStatistics sum = new RunningStatistics();
        some.forEach(session -> sum.merge(statistics.get(session.id())));
        return sum;
    }
}
