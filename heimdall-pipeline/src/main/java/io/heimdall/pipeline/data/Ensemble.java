package io.heimdall.pipeline.data;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.split.FoldRule;
import io.heimdall.export.Location;
import io.heimdall.export.ModelDescription;
import io.heimdall.model.metrics.LevelCalibration;
import io.heimdall.pipeline.PipelineException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The members of a model file that mixes several networks. Member {@code k} has not seen the sessions of fold
 * {@code k}.
 *
 * @param rule of the folds
 * @param sigmaScale the factor of sigmas in the file, fitted on the sessions of all folds
 * @param foldScales for each fold, the factor fitted on the sessions of the other folds
 * @param levels map of credible levels, fitted on the sessions of all folds
 * @param foldLevels what it would be for each fold
 * @param further metadata that is not this record's to read; often empty
 */
public record Ensemble(
        FoldRule rule,
        double sigmaScale,
        List<Double> foldScales,
        LevelCalibration levels,
        List<LevelCalibration> foldLevels,
        Map<String, String> further) {
    private static final String FOLD_SCALES = "fold_sigma_scales";
    private static final String FOLD_LEVELS = "fold_credible_levels";
    private static final String NEXT = " | ";

    /** Copies the lists, and checks that there is something for each fold. */
    public Ensemble {
        foldScales = List.copyOf(foldScales);
        foldLevels = List.copyOf(foldLevels);
        further = Map.copyOf(further);
        if (foldScales.size() != rule.folds() || foldLevels.size() != rule.folds()) {
            throw new IllegalArgumentException(foldScales.size() + " sigma scales and " + foldLevels.size()
                    + " maps of levels for the rule " + rule.canonical());
        }
    }

    /** Returns an ensemble whose members' answers are as they are. */
    public static Ensemble plain(FoldRule rule) {
        return scaled(rule, 1, Collections.nCopies(rule.folds(), 1.0));
    }

    /** Returns an ensemble with sigma scales and without maps of credible levels. */
    public static Ensemble scaled(FoldRule rule, double sigmaScale, List<Double> foldScales) {
        return new Ensemble(
                rule,
                sigmaScale,
                foldScales,
                LevelCalibration.NONE,
                Collections.nCopies(rule.folds(), LevelCalibration.NONE),
                Map.of());
    }

    /** Returns this ensemble with maps of credible levels. */
    public Ensemble with(LevelCalibration all, List<LevelCalibration> ofFolds) {
        return new Ensemble(rule, sigmaScale, foldScales, all, ofFolds, further);
    }

    /** Returns this ensemble with further metadata. */
    public Ensemble with(Map<String, String> metadata) {
        return new Ensemble(rule, sigmaScale, foldScales, levels, foldLevels, metadata);
    }

    /** Returns what a model file says of this, beside the {@linkplain SplitSessions#RULE rule} and the sigma scale. */
    public Map<String, String> metadata() {
        Map<String, String> metadata = new HashMap<>(further);
        metadata.put(FOLD_SCALES, foldScales.stream().map(String::valueOf).collect(Collectors.joining(" ")));
        metadata.put(LevelCalibration.KEY, levels.text());
        metadata.put(
                FOLD_LEVELS, foldLevels.stream().map(LevelCalibration::text).collect(Collectors.joining(NEXT)));
        return metadata;
    }

    /**
     * Returns the ensemble in a model file.
     *
     * @return empty if the file has a single network
     * @throws PipelineException if what the file says of its members makes no sense
     */
    public static Optional<Ensemble> in(ModelDescription description) {
        Map<String, String> extra = description.extra();
        String scales = extra.get(FOLD_SCALES);
        if (scales == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Ensemble(
                    FoldRule.parse(extra.getOrDefault(SplitSessions.RULE, "")),
                    description.sigmaScale(),
                    Arrays.stream(scales.split(" ")).map(Double::valueOf).toList(),
                    LevelCalibration.in(extra),
                    Arrays.stream(extra.getOrDefault(FOLD_LEVELS, "").split(Pattern.quote(NEXT)))
                            .map(LevelCalibration::parse)
                            .toList(),
                    Map.of()));
        } catch (IllegalArgumentException e) {
            throw new PipelineException("the model file does not describe its members: " + e.getMessage(), e);
        }
    }

    /**
     * Returns what the member says that has not seen a session's group, with the scale and the map of levels that the group has not
     * shaped either.
     */
    public Location unseen(Session session, Location ofAll) {
        int fold = rule.of(session);
        return ofAll.ofMember(fold, rule.folds(), sigmaScale(session) / sigmaScale)
                .with(foldLevels.get(fold).of(heard(session)));
    }

    /** Returns how many stations heard a session. */
    private static OptionalInt heard(Session session) {
        return OptionalInt.of(session.levels().size());
    }

    /** Returns the sigma scale that a session's group has not shaped. */
    public double sigmaScale(Session session) {
        return foldScales.get(rule.of(session));
    }
}
