package io.heimdall.pipeline.data;

import io.heimdall.dataset.Causes;
import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.RecordingCatalog;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.dataset.split.SplitChoice;
import io.heimdall.dataset.split.SplitRule;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.files.OrderedWork;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.output.PlaneScale;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.input.Assembler;
import io.heimdall.pipeline.input.Augmentation;
import io.heimdall.pipeline.input.Observation;
import io.heimdall.pipeline.input.Producer;
import io.heimdall.pipeline.input.SessionSamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a training learns from: the approved sessions, split, and what makes a network's input of them.
 *
 * @param sessions on their sides
 * @param assembler fitted on the training side
 * @param scale of the places that are learned
 * @param origin what a model file says of its sessions, so that it can be judged fairly
 * @param workers that make samples ahead of the trainer
 * @param warnings that belong into the report: what was left out, and what the split cannot show
 */
public record TrainingData(
        SplitSessions sessions,
        Assembler assembler,
        PlaneScale scale,
        Map<String, String> origin,
        OrderedWork workers,
        List<String> warnings)
        implements AutoCloseable {

    /** How many causes of unreadable recordings are told one by one. */
    private static final int TOLD_CAUSES = 10;

    /**
     * Reads the catalogue, computes what features are missing, splits, and fits the input.
     *
     * @param producer of the input
     * @throws IllegalArgumentException if the settings' filter names what the catalogue does not have
     * @throws PipelineException if there is nothing to learn from, or too little
     */
    public static TrainingData load(
            Services services, DataSettings settings, Producer producer, PipelineListener listener) {
        RecordingFeatures features = new RecordingFeatures(
                services.objects(), FeatureParameters.network(), new FeatureCache(services.featureCache()));
        Selection selection = Selection.of(services.catalog(), settings.filter());
        List<Session> approved = selection.taken(producer);
        checkSplit(approved, settings, selection, producer);
        listener.begin(Phase.LOAD, approved.size());
        FeaturePass pass = FeaturePass.over(approved, features, producer::takes, done -> listener.advance(done, ""));
        List<String> warnings = new ArrayList<>(selection.note().stream().toList());
        int all = selection.sessions().size();
        if (approved.size() < all) {
            warnings.add(leftOut(all - approved.size(), all, producer));
        }
        warnings.addAll(faults(pass, approved.size()));

        listener.begin(Phase.SPLIT, 0);
        SplitChoice choice = choice(pass.sessions(), settings, selection);
        choice.warning().ifPresent(warnings::add);
        SplitSessions split = SplitSessions.of(pass.sessions(), choice.rule());
        warnings.forEach(listener::warn);

        PlaneScale scale = producer.scale(TrainingPlane.at(positions(split.training())));
        Assembler assembler = producer.fit(split.training(), pass.statistics(split.training()), scale, features);
        return new TrainingData(
                split,
                assembler,
                scale,
                origin(choice.rule(), settings.filter()),
                new OrderedWork("sample-loader", settings.threads()),
                List.copyOf(warnings));
    }

    /**
     * Returns how the catalogue's sessions are split, recordings that cannot be read included.
     *
     * @throws IllegalArgumentException as {@link #load} does
     * @throws PipelineException as {@link #load} does
     */
    public static SplitSessions split(RecordingCatalog catalog, DataSettings settings, Producer producer) {
        Selection selection = Selection.of(catalog, settings.filter());
        List<Session> approved = selection.taken(producer);
        return SplitSessions.of(approved, choice(approved, settings, selection).rule());
    }

    /** Whether there is enough to split is seen before the features are computed; recordings that cannot be read are seen after. */
    private static void checkSplit(
            List<Session> approved, DataSettings settings, Selection selection, Producer producer) {
        SplitRule rule = choice(approved, settings, selection).rule();
        if (producer.rows(SplitSessions.of(approved, rule).training()) < 2) {
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

    private static String leftOut(int left, int all, Producer producer) {
        return left + " of " + all + " sessions have nothing for the input '" + producer.id() + "', which takes "
                + producer.wanted() + "; they are left out";
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

    private static List<GeoPoint> positions(List<Session> sessions) {
        return sessions.stream().flatMap(session -> session.source().stream()).toList();
    }

    /**
     * Returns the samples of sessions, for the trainer.
     *
     * @param augmentation of each sample; {@link Augmentation#NONE} for validation
     */
    public SessionSamples samples(List<Session> some, Augmentation augmentation) {
        return new SessionSamples(observations(some), assembler, workers, scale, augmentation);
    }

    /** Returns this data, of which no more is made than a network reads. */
    public TrainingData reading(NetworkSpec network) {
        return new TrainingData(sessions, assembler.reading(network), scale, origin, workers, warnings);
    }

    /** Returns the rows of sessions. */
    public List<Observation> observations(List<Session> some) {
        return some.stream()
                .flatMap(session -> assembler.observations(session).stream())
                .toList();
    }

    /** Stops the workers. */
    @Override
    public void close() {
        workers.close();
    }
}
