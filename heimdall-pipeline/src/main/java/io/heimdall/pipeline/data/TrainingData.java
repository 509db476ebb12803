package io.heimdall.pipeline.data;

import io.heimdall.dataset.Causes;
import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.dataset.sample.ChannelLayout;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.dataset.sample.SampleLoader;
import io.heimdall.dataset.sample.SampleRecipe;
import io.heimdall.dataset.split.SplitChoice;
import io.heimdall.dataset.split.SplitRule;
import io.heimdall.export.ModelDescription;
import io.heimdall.export.ModelDescription.Input;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.features.spectrum.RunningStatistics;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.Services;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a training learns from: the approved sessions, split, standardised and ready to be read.
 *
 * @param sessions on their sides
 * @param description of input and output; its run is not known yet, and its sigma not scaled
 * @param loader of the samples
 * @param warnings that belong into the report: what was left out, and what the split cannot show
 */
public record TrainingData(
        SplitSessions sessions, ModelDescription description, SampleLoader loader, List<String> warnings)
        implements AutoCloseable {

    /** How many causes of unreadable recordings are told one by one. */
    private static final int TOLD_CAUSES = 10;

    /**
     * Reads the catalogue, computes what features are missing, and splits.
     *
     * @throws IllegalArgumentException if the settings' filter names what the catalogue does not have
     * @throws PipelineException if there is nothing to learn from, or too little
     */
    public static TrainingData load(Services services, DataSettings settings, PipelineListener listener) {
        FeatureParameters parameters = FeatureParameters.network();
        RecordingFeatures features =
                new RecordingFeatures(services.objects(), parameters, new FeatureCache(services.featureCache()));
        Selection selection = Selection.of(services.catalog(), settings.filter());
        List<Session> approved = someOf(selection.sessions());
        checkSplit(approved, settings, selection);
        listener.begin(Phase.LOAD, approved.size());
        FeaturePass pass = FeaturePass.over(approved, features, done -> listener.advance(done, ""));
        List<String> warnings = new ArrayList<>(selection.note().stream().toList());
        warnings.addAll(faults(pass, approved.size()));

        listener.begin(Phase.SPLIT, 0);
        SplitChoice choice = choice(pass.sessions(), settings, selection);
        choice.warning().ifPresent(warnings::add);
        SplitSessions split = SplitSessions.of(pass.sessions(), choice.rule());
        warnings.forEach(listener::warn);

        Input input = input(parameters, settings.layout().of(split.training()), pass.statistics(split.training()));
        ModelDescription description = new ModelDescription(
                input, Targets.fit(positions(split.training())), "", origin(choice.rule(), settings.filter()));
        SampleLoader loader = new SampleLoader(features, input.absentDb(), settings.threads());
        return new TrainingData(split, description, loader, List.copyOf(warnings));
    }

    /** Whether there is enough to split is seen before the features are computed; recordings that cannot be read are seen after. */
    private static void checkSplit(List<Session> approved, DataSettings settings, Selection selection) {
        SplitRule rule = choice(approved, settings, selection).rule();
        List<Session> training = SplitSessions.of(approved, rule).training();
        ChannelLayout layout = settings.layout().of(training);
        long samples = training.stream()
                .mapToLong(session -> layout.recipes(session).size())
                .sum();
        if (samples < 2) {
            throw new PipelineException(
                    "split by " + rule.canonical() + ", there is one sample to learn from, and at least 2 are"
                            + " needed; split by something else or with another seed, or add sessions");
        }
    }

    /** A filter may leave less than can be split, which is then what there is to be done about it. */
    private static SplitChoice choice(List<Session> sessions, DataSettings settings, Selection selection) {
        try {
            return SplitChoice.of(sessions, settings.splitBy(), settings.seed());
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

    /** What a model file says of its sessions, so that it can be judged fairly. */
    private static Map<String, String> origin(SplitRule rule, SessionFilter filter) {
        String split = rule.canonical();
        return filter.equals(SessionFilter.all())
                ? Map.of(SplitSessions.RULE, split)
                : Map.of(SplitSessions.RULE, split, FilterFields.METADATA, FilterFields.line(filter));
    }

    private static List<Session> someOf(List<Session> approved) {
        if (approved.isEmpty()) {
            throw new PipelineException("the catalogue has no approved session of a known source: nothing to learn"
                    + " from; 'heimdall simulate' or 'heimdall ingest' add some");
        }
        return approved;
    }

    /** One line for each cause, however many recordings have it. */
    private static List<String> faults(FeaturePass pass, int approved) {
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

    private static Input input(FeatureParameters parameters, ChannelLayout layout, RunningStatistics statistics) {
        double mean = statistics.mean();
        double deviation = Math.max(statistics.standardDeviation(), 1e-3);
        List<String> stations = layout instanceof ChannelLayout.Stations s ? s.names() : List.of();
        // A station that heard nothing: below whatever the others hear, but not so far that it drowns them.
        return new Input(parameters.canonical(), stations, mean - 3 * deviation, mean, deviation);
    }

    private static List<GeoPoint> positions(List<Session> sessions) {
        return sessions.stream().flatMap(session -> session.source().stream()).toList();
    }

    /**
     * Returns the samples of sessions, for the trainer.
     *
     * @param augmentation of each sample; {@link Augmentation#NONE} for validation
     */
    public SessionSamples samples(List<Session> some, Augmentation augmentation) {
        ChannelLayout layout = ModelInput.layout(description.input());
        List<SampleRecipe> recipes = some.stream()
                .flatMap(session -> layout.recipes(session).stream())
                .toList();
        return new SessionSamples(recipes, loader, description, augmentation);
    }

    /** Stops the loader. */
    @Override
    public void close() {
        loader.close();
    }
}
