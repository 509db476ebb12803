package io.heimdall.pipeline.versions;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.split.GroupRule;
import io.heimdall.dataset.split.Split;
import io.heimdall.dataset.split.SplitRule;
import io.heimdall.export.ModelDescription;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.SessionSource;
import io.heimdall.pipeline.data.LearnedSessions;
import io.heimdall.pipeline.data.SplitSessions;
import io.heimdall.pipeline.prediction.Estimate;
import io.heimdall.pipeline.prediction.ModelFiles;
import io.heimdall.pipeline.prediction.OutOfFold;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import io.heimdall.tracking.Tracker;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * An opened model that is compared, with its knowledge of what it has learned from.
 *
 * @param title for people: {@code v3}
 * @param localizer of its sessions
 * @param rule by which its sessions were split
 * @param learned the sessions of its training, where its run has recorded them
 */
public record Contender(String title, SessionLocalizer localizer, GroupRule rule, Optional<LearnedSessions> learned)
        implements AutoCloseable {

    /** Opens a model with a thread for each processor. */
    static Contender open(String word, String modelName, SessionSource source, Tracker tracker) throws IOException {
        return open(word, modelName, source, tracker, Runtime.getRuntime().availableProcessors());
    }

    /**
     * Opens a model.
     *
     * @param word a version, alias or model file
     * @param modelName of the registered model
     * @param threads that compute features, and as many that the model computes with, at least 1
     * @throws PipelineException if there is no such model, or its file does not say how its sessions were split
     */
    public static Contender open(String word, String modelName, SessionSource source, Tracker tracker, int threads)
            throws IOException {
        ModelFiles.Found found = ModelFiles.found(tracker, modelName, word);
        SessionLocalizer localizer = SessionLocalizer.open(found.file(), source.objects(), source.features(), threads);
        try {
            ModelDescription description = localizer.model().description();
            GroupRule rule = SplitSessions.ruleOf(found.file(), description);
            return new Contender(found.title(), localizer, rule, LearnedSessions.of(tracker, description.runId()));
        } catch (IOException | RuntimeException e) {
            localizer.close();
            throw e;
        }
    }

    /** Returns whether it has something to locate the session by. */
    public boolean takes(Session session) {
        return localizer.takes(session);
    }

    /**
     * Returns whether its training may have read the session: one of the training or validation side, unless its run has recorded its
     * sessions and this one is not among them. An ensemble locates each session by a member that has not read it.
     */
    public boolean mayHaveLearnedFrom(Session session) {
        return rule instanceof SplitRule split
                && split.of(session) != Split.TEST
                && learned.map(sessions -> sessions.ids().contains(session.id()))
                        .orElse(true);
    }

    /** Returns whether its training may have learned from the session, not only validated with it; an ensemble has learned from all. */
    public boolean hasTrainedOn(Session session) {
        return !(rule instanceof SplitRule split)
                || split.of(session) == Split.TRAIN
                        && learned.map(sessions -> sessions.ids().contains(session.id()))
                                .orElse(true);
    }

    /** Returns whether the session is new, and of a group that its training may have read. */
    boolean knowsGroupOf(Session session) {
        return rule instanceof SplitRule split && split.of(session) != Split.TEST;
    }

    /** Locates sessions, each by a member that has not seen its group where there are members. */
    public List<Estimate> locate(List<Session> sessions, LongConsumer done) {
        return OutOfFold.of(localizer).locate(localizer, sessions, done);
    }

    @Override
    public void close() {
        localizer.close();
    }
}
