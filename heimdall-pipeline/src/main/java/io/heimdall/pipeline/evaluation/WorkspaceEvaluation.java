package io.heimdall.pipeline.evaluation;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.dataset.split.FoldRule;
import io.heimdall.dataset.split.GroupRule;
import io.heimdall.dataset.split.Split;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.SessionSource;
import io.heimdall.pipeline.data.FilterFields;
import io.heimdall.pipeline.data.Selection;
import io.heimdall.pipeline.data.SplitSessions;
import io.heimdall.pipeline.location.SessionEvidences;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Evaluates a model file on sessions of the catalogue. The split is that of the rule in the file, so sessions that the
 * model has learned from are not judged. The other methods learn from the sessions that the model has learned from.
 *
 * @param source of the sessions
 * @param onnx the model file
 * @param filter which sessions to judge on; empty for those like the training's, as the file says
 * @param rivals other models that are judged on the same sessions
 */
public record WorkspaceEvaluation(
        SessionSource source, Path onnx, Optional<SessionFilter> filter, List<RivalModel> rivals) {

    /** Copies the list. */
    public WorkspaceEvaluation {
        rivals = List.copyOf(rivals);
    }

    /** Prepares an evaluation on sessions like the training's. */
    public WorkspaceEvaluation(SessionSource source, Path onnx) {
        this(source, onnx, Optional.empty());
    }

    /** Prepares an evaluation without other models. */
    public WorkspaceEvaluation(SessionSource source, Path onnx, Optional<SessionFilter> filter) {
        this(source, onnx, filter, List.of());
    }

    /**
     * An evaluation, and what was evaluated.
     *
     * @param evaluation of the model and the other methods
     * @param rule by which the sessions were split
     * @param filter of the sessions
     */
    public record Judged(Evaluation evaluation, GroupRule rule, SessionFilter filter) {}

    /**
     * Evaluates one side of the split; all sessions of an ensemble, whose side is the test.
     *
     * @throws IOException if the model cannot be read
     * @throws IllegalArgumentException if the filter names what the catalogue does not have
     * @throws PipelineException if that side is empty, or the model does not say how its sessions were split
     */
    public Judged on(Split side, PipelineListener listener) throws IOException {
        try (SessionLocalizer localizer = SessionLocalizer.open(onnx, source.objects(), source.features())) {
            Map<String, String> origin = localizer.model().description().extra();
            GroupRule rule = SplitSessions.ruleOf(onnx, localizer.model().description());
            requireTest(rule, side);
            SessionFilter learned = learned(origin);
            SessionFilter wanted = filter.orElse(learned);
            List<SplitSessions> splits = SplitSessions.all(taken(learned, localizer, listener), rule);
            List<SplitSessions> judging =
                    wanted.equals(learned) ? splits : SplitSessions.all(taken(wanted, localizer, listener), rule);
            List<Session> judged =
                    judging.stream().flatMap(split -> split.on(side).stream()).toList();
            if (judged.isEmpty()) {
                throw new PipelineException("the " + side.name().toLowerCase(Locale.ROOT) + " split of "
                        + rule.canonical() + " has no session; wanted are: " + wanted);
            }
            listener.begin(Phase.REPORT, judged.size());
            Evaluation evaluation = Evaluator.trainedOn(splits, source.world(), wanted, listener)
                    .beside(rivals)
                    .evaluate(localizer, judged, new SessionEvidences(source.objects()), listener);
            return new Judged(evaluation, rule, wanted);
        }
    }

    /** Returns the sessions that have something for the model, as its training took them. */
    private List<Session> taken(SessionFilter wanted, SessionLocalizer localizer, PipelineListener listener) {
        List<Session> all = Selection.of(source.catalog(), wanted).sessions();
        List<Session> taken = all.stream().filter(localizer::takes).toList();
        if (taken.isEmpty() && !all.isEmpty()) {
            throw new IllegalArgumentException(
                    localizer.nothingIn("the " + all.size() + " sessions") + ": there is nothing to evaluate");
        }
        if (taken.size() < all.size()) {
            listener.warn(localizer.nothingIn((all.size() - taken.size()) + " of " + all.size() + " sessions"));
        }
        return taken;
    }

    private static void requireTest(GroupRule rule, Split side) {
        if (rule instanceof FoldRule folds && side != Split.TEST) {
            throw new IllegalArgumentException("the model has " + folds.folds()
                    + " members, and every session is judged by the one that has not seen its group: there is no "
                    + side.name().toLowerCase(Locale.ROOT) + " split");
        }
    }

    private SessionFilter learned(Map<String, String> origin) {
        String line = origin.get(FilterFields.METADATA);
        try {
            return line == null ? SessionFilter.all() : FilterFields.parse(line);
        } catch (IllegalArgumentException e) {
            throw new PipelineException(
                    onnx + " does not state which sessions it has learned from (metadata " + FilterFields.METADATA
                            + "): " + e.getMessage(),
                    e);
        }
    }
}
