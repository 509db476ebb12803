package io.heimdall.pipeline.data;

import io.heimdall.dataset.Causes;
import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.dataset.split.FoldChoice;
import io.heimdall.dataset.split.GroupRule;
import io.heimdall.dataset.split.SplitChoice;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.model.output.PlaneScale;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.SessionSource;
import io.heimdall.pipeline.input.Assembler;
import io.heimdall.pipeline.input.Producer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The approved sessions whose features are computed, before an input is fitted to a part of them.
 *
 * @param settings which sessions, and how they are split
 * @param producer of the input
 * @param features of recordings
 * @param pass over them
 * @param rule that splits them
 * @param warnings what was left out, and what the split cannot show
 */
record SessionPool(
        DataSettings settings,
        Producer producer,
        RecordingFeatures features,
        FeaturePass pass,
        GroupRule rule,
        List<String> warnings) {

    /** How many causes of unreadable recordings are told one by one. */
    private static final int TOLD_CAUSES = 10;

    /** Reads the catalogue, computes what features are missing, and decides how the sessions are split. */
    static SessionPool read(SessionSource source, DataSettings settings, Producer producer, PipelineListener listener) {
        Selection selection = Selection.of(source.catalog(), settings.filter());
        List<Session> approved = selection.taken(producer);
        checkSplit(approved, settings, selection, producer);
        RecordingFeatures features = features(source, settings, approved);
        listener.begin(Phase.LOAD, approved.size());
        FeaturePass pass = FeaturePass.over(approved, features, producer::takes, done -> listener.advance(done, ""));
        List<String> warnings = new ArrayList<>(selection.note().stream().toList());
        int all = selection.sessions().size();
        if (approved.size() < all) {
            warnings.add(leftOut(all - approved.size(), all, producer));
        }
        warnings.addAll(faults(pass, approved.size()));

        listener.begin(Phase.SPLIT, 0);
        Choice choice = choice(pass.sessions(), settings, selection);
        choice.warning().ifPresent(warnings::add);
        warnings.forEach(listener::warn);
        return new SessionPool(settings, producer, features, pass, choice.rule(), List.copyOf(warnings));
    }

    private static RecordingFeatures features(SessionSource source, DataSettings settings, List<Session> sessions) {
        RecordingFeatures features =
                new RecordingFeatures(source.objects(), FeatureParameters.network(), source.features());
        long recordings = sessions.stream()
                .mapToLong(session -> session.recordings().size())
                .sum();
        return settings.stream().streams(recordings, features.size()) ? features.rememberingKeys() : features;
    }

    /** Returns the units of the places of sessions. */
    PlaneScale scale(List<Session> sessions) {
        List<GeoPoint> positions =
                sessions.stream().flatMap(session -> session.source().stream()).toList();
        return producer.scale(TrainingPlane.at(positions));
    }

    /** Returns the input that is fitted to sessions. */
    Assembler fit(List<Session> sessions, PlaneScale scale) {
        return producer.fit(sessions, pass.statistics(sessions), scale, features);
    }

    /** Returns what a model file says of its sessions, so that it can be judged fairly. */
    Map<String, String> origin() {
        String split = rule.canonical();
        return settings.filter().equals(SessionFilter.all())
                ? Map.of(SplitSessions.RULE, split)
                : Map.of(SplitSessions.RULE, split, FilterFields.METADATA, FilterFields.line(settings.filter()));
    }

    /** Returns the sessions, of each the part that the stations heard which every member of an ensemble learns from. */
    List<Session> common(List<SplitSessions> splits) {
        Set<String> stations = new HashSet<>(stations(pass.sessions()));
        splits.forEach(split -> stations.retainAll(stations(split.training())));
        List<Session> common = new ArrayList<>();
        for (Session session : pass.sessions()) {
            List<Measurement> known = session.measurements().stream()
                    .filter(m -> stations.contains(m.station().name()))
                    .toList();
            Session left = session.heardBy(known);
            if (producer.takes(left)) {
                common.add(left);
            }
        }
        if (common.isEmpty()) {
            throw new PipelineException("each station lacks sessions outside of at least one fold of "
                    + rule.canonical() + "; use more folds, or split by another group");
        }
        return common;
    }

    private static Set<String> stations(List<Session> sessions) {
        return sessions.stream()
                .flatMap(session -> session.measurements().stream())
                .map(measurement -> measurement.station().name())
                .collect(Collectors.toSet());
    }

    /**
     * How sessions are split.
     *
     * @param rule of the split
     * @param warning what the evaluation is worth less for, if it is
     */
    record Choice(GroupRule rule, Optional<String> warning) {
        private static Choice of(List<Session> sessions, DataSettings settings) {
            if (settings.folds().isPresent()) {
                FoldChoice folds = FoldChoice.of(
                        sessions,
                        settings.splitBy(),
                        settings.seed(),
                        settings.folds().getAsInt());
                return new Choice(folds.rule(), folds.warning());
            }
            SplitChoice sides = SplitChoice.of(sessions, settings.splitBy(), settings.seed());
            return new Choice(sides.rule(), sides.warning());
        }
    }

    /** A filter may leave less than can be split, which is then what there is to be done about it. */
    static Choice choice(List<Session> sessions, DataSettings settings, Selection selection) {
        try {
            return Choice.of(sessions, settings);
        } catch (DatasetException e) {
            if (selection.note().isEmpty()) {
                throw e;
            }
            throw new PipelineException(
                    "too little to learn from: " + e.getMessage() + ", or leave out less: "
                            + selection.note().get(),
                    e);
        }
    }

    /** Checks before features are computed that there is enough to split; recordings that cannot be read are found later. */
    private static void checkSplit(
            List<Session> approved, DataSettings settings, Selection selection, Producer producer) {
        GroupRule rule = choice(approved, settings, selection).rule();
        if (SplitSessions.all(approved, rule).stream().anyMatch(split -> producer.rows(split.training()) < 2)) {
            throw new PipelineException(
                    "split by " + rule.canonical() + ", there is one sample to learn from, and at least 2 are"
                            + " needed; split by another group or with another seed, or add sessions");
        }
    }

    private static String leftOut(int left, int all, Producer producer) {
        return left + " of " + all + " sessions have nothing for the input '" + producer.id() + "', which takes "
                + producer.wanted() + "; they are left out";
    }

    /** One line for each cause, however many recordings have it. */
    static List<String> faults(FeaturePass pass, int approved) {
        List<FeaturePass.Unreadable> faults = pass.unreadable();
        if (pass.sessions().isEmpty()) {
            throw new PipelineException("none of the " + approved
                    + " sessions has a readable recording; the first fault: " + faults.get(0));
        }
        List<String> lines = new ArrayList<>();
        int told = 0;
        for (List<FeaturePass.Unreadable> alike : Causes.groups(faults, FeaturePass.Unreadable::reason)) {
            if (lines.size() == TOLD_CAUSES) {
                lines.add("and " + (faults.size() - told) + " more recordings cannot be read, for other reasons");
                break;
            }
            lines.add(fault(alike));
            told += alike.size();
        }
        return lines;
    }

    private static String fault(List<FeaturePass.Unreadable> alike) {
        List<String> others = alike.stream()
                .skip(1)
                .map(FeaturePass.Unreadable::session)
                .distinct()
                .toList();
        return alike.get(0)
                + (alike.size() == 1
                        ? ""
                        : " (likewise " + (alike.size() - 1) + " more, of sessions " + Causes.named(others) + ")");
    }
}
