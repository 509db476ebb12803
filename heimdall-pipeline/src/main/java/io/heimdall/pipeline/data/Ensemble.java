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
 * @param sigmaScale what the file multiplies sigmas by, fitted on the sessions of all folds
 * @param foldScales what it would be for each fold if it were fitted on the sessions of the others alone
 */
public record Ensemble(FoldRule rule, double sigmaScale, List<Double> foldScales) {
    private static final String FOLD_SCALES = "fold_sigma_scales";

    /** Copies the list. */
    public Ensemble {
        foldScales = List.copyOf(foldScales);
    }

    /** Returns what a model file says of this, beside the {@linkplain SplitSessions#RULE rule} and the sigma scale. */
    public Map<String, String> metadata() {
        return Map.of(FOLD_SCALES, foldScales.stream().map(String::valueOf).collect(Collectors.joining(" ")));
    }

    /**
     * Returns the ensemble in a model file.
     *
     * @return empty if the file has a single network
     * @throws PipelineException if what the file says of its members makes no sense
     */
    public static Optional<Ensemble> in(ModelDescription description) {
        String scales = description.extra().get(FOLD_SCALES);
        if (scales == null) {
            return Optional.empty();
        }
        try {
            List<Double> parsed =
                    Arrays.stream(scales.split(" ")).map(Double::valueOf).toList();
            GroupRule rule = GroupRule.parse(description.extra().getOrDefault(SplitSessions.RULE, ""));
            if (rule instanceof FoldRule folds && folds.folds() == parsed.size()) {
                return Optional.of(new Ensemble(folds, description.sigmaScale(), parsed));
            }
            throw new IllegalArgumentException(parsed.size() + " members of the rule " + rule.canonical());
        } catch (IllegalArgumentException e) {
            throw new PipelineException("the model file does not say what its members are: " + e.getMessage(), e);
        }
    }

    /** Returns what the member says that has not seen a session's group, with the scale that the group has not shaped either. */
    public Location unseen(Session session, Location ofAll) {
        return ofAll.ofMember(rule.of(session), rule.folds(), sigmaScale(session) / sigmaScale);
    }

    /** Returns the sigma scale that a session's group has not shaped. */
    public double sigmaScale(Session session) {
        return foldScales.get(rule.of(session));
    }
}
