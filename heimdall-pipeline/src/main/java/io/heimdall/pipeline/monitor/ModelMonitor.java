package io.heimdall.pipeline.monitor;

import io.heimdall.dataset.Session;
import io.heimdall.model.metrics.Quantiles;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.SessionSource;
import io.heimdall.pipeline.evaluation.Answer;
import io.heimdall.pipeline.prediction.Estimate;
import io.heimdall.pipeline.versions.Contender;
import io.heimdall.tracking.Tracker;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/**
 * Looks at sessions that came after a training: their stations and levels, their places by the model, and the model's coverage
 * where the place is known.
 *
 * @param source of the sessions, those of unknown places among them
 * @param tracker that has the versions
 * @param modelName of the registered model
 * @param threads that compute features, and as many that the model computes with, at least 1
 */
public record ModelMonitor(SessionSource source, Tracker tracker, String modelName, int threads) {

    /** Makes a monitor with a thread for each processor. */
    public ModelMonitor(SessionSource source, Tracker tracker, String modelName) {
        this(source, tracker, modelName, Runtime.getRuntime().availableProcessors());
    }

    /**
     * Looks.
     *
     * @param model a version, alias or model file
     * @param since start of the new sessions
     * @param listener that is asked for each session whether to go on
     * @throws java.util.concurrent.CancellationException if the listener says that it is cancelled
     * @throws IOException if the model cannot be read
     * @throws PipelineException if there is no such model, or no new session that the model can locate
     */
    public MonitorReport look(String model, Instant since, PipelineListener listener) throws IOException {
        try (Contender contender = Contender.open(model, modelName, source, tracker, threads)) {
            return look(contender, since, listener);
        }
    }

    private MonitorReport look(Contender model, Instant since, PipelineListener listener) {
        List<Session> recent;
        TrainedSessions training = new TrainedSessions(session -> !isSince(session, since));
        try (Stream<Session> all = source.catalog().allSessions()) {
            recent = all.peek(session -> checkWanted(listener))
                    .filter(session -> isSince(session, since))
                    .filter(Session::isHeard)
                    .toList();
        }
        try (Stream<Session> all = source.catalog().sessions()) {
            // Without its list, a session of the training side that is new cannot be told from one that was learned
            // from.
            all.peek(session -> checkWanted(listener))
                    .filter(model::hasTrainedOn)
                    .filter(session -> model.learned().isPresent() || !isSince(session, since))
                    .forEach(training::add);
        }
        List<Session> taken = recent.stream().filter(model::takes).toList();
        if (taken.isEmpty()) {
            throw new PipelineException("of " + recent.size() + " sessions since " + since + ", " + model.title()
                    + " can locate none: there is nothing to look at");
        }
        if (training.isEmpty()) {
            throw new PipelineException("no session that " + model.title()
                    + " has learned from is in the catalogue: there is nothing to compare with");
        }
        listener.begin(Phase.REPORT, taken.size());
        List<Estimate> estimates = model.locate(taken, done -> {
            checkWanted(listener);
            listener.advance(done, model.title());
        });
        List<Session> known = recent.stream()
                .filter(session -> session.approved() && session.source().isPresent())
                .toList();
        Set<String> confirmed = new HashSet<>();
        known.stream()
                .filter(session -> !model.mayHaveLearnedFrom(session))
                .forEach(session -> confirmed.add(session.id()));
        List<Answer> answers = estimates.stream()
                .filter(estimate -> confirmed.contains(estimate.sessionId()))
                .map(estimate -> Answer.of(estimate.judged()))
                .toList();
        return new MonitorReport(
                model.title(),
                recent.size(),
                GainDrifts.of(training.withLevels(), known, model.rule().groupBy()),
                training.unseen(recent),
                estimates.size(),
                training.outside(estimates),
                answers.size(),
                (int) answers.stream()
                        .filter(answer -> answer.belief().orElseThrow().credibleLevel() <= MonitorReport.REGION)
                        .count(),
                answers.isEmpty()
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(Quantiles.of(
                                answers.stream().mapToDouble(Answer::distance).toArray(), 0.5)));
    }

    private static void checkWanted(PipelineListener listener) {
        if (listener.cancelled()) {
            throw new CancellationException("the look was cancelled");
        }
    }

    /** A session of no known time cannot be told to be new. */
    private static boolean isSince(Session session, Instant since) {
        return session.start().filter(start -> !start.isBefore(since)).isPresent();
    }
}
