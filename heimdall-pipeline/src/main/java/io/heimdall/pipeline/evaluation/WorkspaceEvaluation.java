package io.heimdall.pipeline.evaluation;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.dataset.split.Split;
import io.heimdall.dataset.split.SplitRule;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.data.SplitSessions;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Judges a model file on sessions of the catalogue, split by the rule that the file itself carries: what the model has
 * learned from stays apart.
 *
 * @param services that have the sessions
 * @param onnx the model file
 */
public record WorkspaceEvaluation(Services services, Path onnx) {
    /**
     * An evaluation, and what was evaluated.
     *
     * @param evaluation of the model and the other methods
     * @param sessions all of them, split
     */
    public record Judged(Evaluation evaluation, SplitSessions sessions) {}

    /**
     * Evaluates one side of the split.
     *
     * @throws IOException if the model cannot be read
     * @throws PipelineException if that side is empty, or the model does not say how its sessions were split
     */
    public Judged on(Split side, PipelineListener listener) throws IOException {
        FeatureCache cache = new FeatureCache(services.featureCache());
        try (SessionLocalizer localizer = SessionLocalizer.open(onnx, services.objects(), cache)) {
            SplitSessions split = split(localizer);
            List<Session> judged = split.on(side);
            if (judged.isEmpty()) {
                throw new PipelineException("the " + side.name().toLowerCase(Locale.ROOT) + " split of "
                        + split.rule().canonical() + " has no session");
            }
            listener.begin(Phase.REPORT, judged.size());
            Evaluation evaluation = Evaluator.trainedOn(split.training(), services.world())
                    .evaluate(localizer, judged, done -> listener.advance(done, ""));
            return new Judged(evaluation, split);
        }
    }

    private SplitSessions split(SessionLocalizer localizer) {
        String rule = localizer.model().description().extra().get(SplitSessions.RULE);
        if (rule == null) {
            throw new PipelineException(onnx + " does not say how its sessions were split (metadata "
                    + SplitSessions.RULE + "): it cannot be judged fairly");
        }
        try (Stream<Session> sessions = services.catalog().sessions()) {
            return SplitSessions.of(sessions.toList(), SplitRule.parse(rule));
        }
    }
}
