package io.heimdall.pipeline.evaluation;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.dataset.split.FoldRule;
import io.heimdall.dataset.split.GroupRule;
import io.heimdall.export.ModelDescription;
import io.heimdall.files.ObjectFiles;
import io.heimdall.model.ModelException;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.data.Ensemble;
import io.heimdall.pipeline.data.SplitSessions;
import io.heimdall.pipeline.prediction.Estimate;
import io.heimdall.pipeline.prediction.OutOfFold;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Another model file, evaluated on the same sessions as the network.
 *
 * @param id key in the evaluation's JSON: {@code resnet18}
 * @param title for people
 * @param onnx the file
 * @param objects where the sessions' recordings are
 * @param cache of features
 */
public record RivalModel(String id, String title, Path onnx, ObjectFiles objects, FeatureCache cache) {

    /**
     * Locates the sessions; those that no station of this model heard are left out.
     *
     * @throws UncheckedIOException if the file cannot be read
     * @throws ModelException if it is no model of a training
     */
    List<Estimate> locate(List<Session> sessions) {
        try (SessionLocalizer localizer = SessionLocalizer.open(onnx, objects, cache)) {
            return OutOfFold.of(localizer).locate(localizer, sessions, done -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Checks that there is something to compare, before anything is located, and says why the comparison may be unfair: this model
     * may have learned from sessions that are judged.
     *
     * @param rule by which the sessions are split
     * @throws UncheckedIOException if the file cannot be read
     * @throws ModelException if it is no model of a training
     * @throws PipelineException if this model takes none of the sessions
     */
    Optional<String> check(List<Session> sessions, GroupRule rule) {
        try (SessionLocalizer localizer = SessionLocalizer.open(onnx, objects, cache)) {
            if (sessions.stream().noneMatch(localizer::takes)) {
                throw new PipelineException(onnx + ": " + localizer.nothingIn("the " + sessions.size() + " sessions")
                        + ": it cannot be compared");
            }
            ModelDescription description = localizer.model().description();
            String own = description.extra().get(SplitSessions.RULE);
            if (own != null
                    && GroupRule.parse(own) instanceof FoldRule
                    && Ensemble.in(description).isEmpty()) {
                throw new PipelineException(
                        onnx + " is a member of an ensemble by itself, which has learned from sessions"
                                + " that are judged; compare with the ensemble's model");
            }
            return rule.canonical().equals(own)
                    ? Optional.empty()
                    : Optional.of(onnx + " may have learned from sessions that it is judged on: it was split by "
                            + (own == null ? "a rule that its file does not state" : own) + ", the sessions here by "
                            + rule.canonical());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
