package io.heimdall.pipeline.data;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.split.FoldRule;
import io.heimdall.dataset.split.GroupRule;
import io.heimdall.export.Location;
import io.heimdall.export.ModelDescription;
import io.heimdall.pipeline.PipelineException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The members that a model file mixes: member {@code k} has not seen the sessions of fold {@code k}.
 *
 * @param rule of the folds
 * @param sigmaScales of the members, in the order of their folds
 */
public record Ensemble(FoldRule rule, List<Double> sigmaScales) {
    private static final String SIGMA_SCALES = "member_sigma_scales";

    /** Copies the list. */
    public Ensemble {
        sigmaScales = List.copyOf(sigmaScales);
    }

    /** Returns what a model file says of its members, beside the {@linkplain SplitSessions#RULE rule}. */
    public static Map<String, String> metadata(List<Double> sigmaScales) {
        return Map.of(SIGMA_SCALES, sigmaScales.stream().map(String::valueOf).collect(Collectors.joining(" ")));
    }

    /**
     * Returns the ensemble in a model file.
     *
     * @return empty if the file has a single network
     * @throws PipelineException if what the file says of its members makes no sense
     */
    public static Optional<Ensemble> in(ModelDescription description) {
        String scales = description.extra().get(SIGMA_SCALES);
        if (scales == null) {
            return Optional.empty();
        }
        try {
            List<Double> parsed =
                    Arrays.stream(scales.split(" ")).map(Double::valueOf).toList();
            GroupRule rule = GroupRule.parse(description.extra().getOrDefault(SplitSessions.RULE, ""));
            if (rule instanceof FoldRule folds && folds.folds() == parsed.size()) {
                return Optional.of(new Ensemble(folds, parsed));
            }
            throw new IllegalArgumentException(parsed.size() + " members of the rule " + rule.canonical());
        } catch (IllegalArgumentException e) {
            throw new PipelineException("the model file does not say what its members are: " + e.getMessage(), e);
        }
    }

    /** Returns what the member says that has not seen a session's group. */
    public Location unseen(Session session, Location ofAll) {
        return ofAll.ofMember(rule.of(session), rule.folds());
    }

    /** Returns the sigma scale of the member that has not seen a session's group. */
    public double sigmaScale(Session session) {
        return sigmaScales.get(rule.of(session));
    }
}
