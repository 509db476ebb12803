package io.heimdall.pipeline.evaluation;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.dataset.split.Split;
import io.heimdall.dataset.split.SplitRule;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.data.FilterFields;
import io.heimdall.pipeline.data.Selection;
import io.heimdall.pipeline.data.SplitSessions;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Judges a model file on sessions of the catalogue, split by the rule that the file itself carries: what the model has
 * learned from stays apart. The other methods learn from what the model has learned from.
 *
 * @param services that have the sessions
 * @param onnx the model file
 * @param filter which sessions to judge on; empty for those like the training's, as the file says
 * @param rivals other models that are judged on the same sessions
 */
public record WorkspaceEvaluation(
        Services services, Path onnx, Optional<SessionFilter> filter, List<RivalModel> rivals) {

    /** Copies the list. */
    public WorkspaceEvaluation {
        rivals = List.copyOf(rivals);
    }

    /** An evaluation on sessions like the training's. */
    public WorkspaceEvaluation(Services services, Path onnx) {
        this(services, onnx, Optional.empty());
    }

    /** An evaluation without other models. */
    public WorkspaceEvaluation(Services services, Path onnx, Optional<SessionFilter> filter) {
        this(services, onnx, filter, List.of());
    }

    /**
     * An evaluation, and what was evaluated.
     *
     * @param evaluation of the model and the other methods
     * @param rule by which the sessions were split
     * @param filter of the sessions
     */
    public record Judged(Evaluation evaluation, SplitRule rule, SessionFilter filter) {}

    /**
     * Evaluates one side of the split.
     *
     * @throws IOException if the model cannot be read
     * @throws IllegalArgumentException if the filter names what the catalogue does not have
     * @throws PipelineException if that side is empty, or the model does not say how its sessions were split
     */
    public Judged on(Split side, PipelineListener listener) throws IOException {
        FeatureCache cache = new FeatureCache(services.featureCache());
        try (SessionLocalizer localizer = SessionLocalizer.open(onnx, services.objects(), cache)) {
            Map<String, String> origin = localizer.model().description().extra();
            SplitRule rule = rule(origin);
            SessionFilter learned = learned(origin);
            SessionFilter wanted = filter.orElse(learned);
            SplitSessions split = SplitSessions.of(taken(learned, localizer, listener), rule);
            SplitSessions judging =
                    wanted.equals(learned) ? split : SplitSessions.of(taken(wanted, localizer, listener), rule);
            List<Session> judged = judging.on(side);
            if (judged.isEmpty()) {
                throw new PipelineException("the " + side.name().toLowerCase(Locale.ROOT) + " split of "
                        + rule.canonical() + " has no session; wanted are: " + wanted);
            }
            listener.begin(Phase.REPORT, judged.size());
            Evaluation evaluation = Evaluator.trainedOn(split, services.world(), wanted, listener)
                    .beside(rivals)
                    .evaluate(localizer, judged, listener);
            return new Judged(evaluation, rule, wanted);
        }
    }

    /** Returns the sessions that have something for the model, as its training took them. */
    private List<Session> taken(SessionFilter wanted, SessionLocalizer localizer, PipelineListener listener) {
        List<Session> all = Selection.of(services.catalog(), wanted).sessions();
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

    private SplitRule rule(Map<String, String> origin) {
        String rule = origin.get(SplitSessions.RULE);
        if (rule == null) {
            throw new PipelineException(onnx + " does not say how its sessions were split (metadata "
                    + SplitSessions.RULE + "): it cannot be judged fairly");
        }
        return SplitRule.parse(rule);
    }

    private SessionFilter learned(Map<String, String> origin) {
        String line = origin.get(FilterFields.METADATA);
        try {
            return line == null ? SessionFilter.all() : FilterFields.parse(line);
        } catch (IllegalArgumentException e) {
            throw new PipelineException(
                    onnx + " does not say what it has learned from (metadata " + FilterFields.METADATA + "): "
                            + e.getMessage(),
                    e);
        }
    }
}
