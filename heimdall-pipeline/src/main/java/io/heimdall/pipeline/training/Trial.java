package io.heimdall.pipeline.training;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.files.Directories;
import io.heimdall.files.DirectoryObjectStore;
import io.heimdall.pipeline.EvenSample;
import io.heimdall.pipeline.ModelDestination;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.SessionSource;
import io.heimdall.pipeline.WorkingDirectory;
import io.heimdall.pipeline.data.SplitSessions;
import io.heimdall.pipeline.data.TrainingData;
import io.heimdall.pipeline.training.DryRun.Measured;
import io.heimdall.pipeline.training.DryRun.Part;
import io.heimdall.pipeline.training.DryRun.Sides;
import io.heimdall.tracking.filestore.FileStoreTracker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A training in little: about a batch of sessions of each side goes through every phase, in a directory that is deleted at its end.
 *
 * @param source of the sessions
 * @param kept share of the recordings whose features are computed already, which the whole training does not compute again
 * @param settings of the whole training, its backend decided
 */
record Trial(SessionSource source, double kept, TrainingSettings settings) {
    private static final int EPOCHS = 2;
    private static final int PRETRAINING_STEPS = 10;
    /** Training sessions that a world can be fitted to. */
    private static final int FITTED = 24;
    /** The share of a few sessions that a member learns from varies. */
    private static final double MARGIN = 1.25;

    /** Trains, measures, and leaves nothing behind. */
    DryRun run(PipelineListener watching) throws IOException {
        List<SplitSessions> splits = TrainingData.splits(source.catalog(), settings.data(), settings.producer());
        List<Session> chosen = chosen(splits);
        TrainingSettings little = little(splits.get(0));
        Path directory = Files.createTempDirectory("heimdall-dry-run");
        try {
            SessionSource some = new SessionSource(
                    new SomeSessions(source.catalog(), chosen),
                    source.objects(),
                    new FeatureCache(directory.resolve("features")),
                    source.world());
            ModelDestination nowhere = new ModelDestination(
                    FileStoreTracker.open(directory.resolve("mlruns")),
                    DirectoryObjectStore.open(Files.createDirectory(directory.resolve("objects"))),
                    Optional.empty());
            PhaseClock clock = new PhaseClock(watching);
            new TrainingPipeline(some, nowhere, new WorkingDirectory(directory), clock, List.of()).train(little);
            List<SplitSessions> tried = TrainingData.splits(some.catalog(), little.data(), little.producer());
            return new DryRun(settings, sides(tried), sides(splits), measured(clock, tried, splits));
        } finally {
            Directories.delete(directory);
        }
    }

    private TrainingSettings little(SplitSessions split) {
        Pretraining pretraining = settings.pretraining();
        int steps = settings.initial().isPresent() ? 0 : Math.min(pretraining.steps(), PRETRAINING_STEPS);
        Pretraining few = new Pretraining(pretraining.automatic(), steps);
        return settings.withPlan(settings.plan()
                        .withEpochs(Math.min(EPOCHS, settings.plan().epochs()))
                        .withMaxMinutes(Double.POSITIVE_INFINITY)
                        .withUpdates(settings.plan().updates().accumulating(1))) // the estimate counts batches
                .withPretraining(few)
                .withInitial(Optional.empty()) // other weights take the same time
                .withData(settings.data().withSplitBy(Optional.of(split.rule().groupBy())));
    }

    /** Returns a batch of each side, or what pretraining needs at least. */
    private List<Session> chosen(List<SplitSessions> splits) {
        int batch = settings.plan().batchSize();
        int training = batch * Math.max(1, (fitted() + batch - 1) / batch); // whole batches, since the fastest is taken
        Map<String, Session> chosen = new TreeMap<>();
        if (splits.size() == 1) {
            add(chosen, EvenSample.of(splits.get(0).training(), training));
        }
        // Each session is on the test side of one fold, and on the training sides of most others.
        int all = count(splits, SplitSessions::test);
        int learned =
                splits.stream().mapToInt(split -> split.training().size()).min().orElseThrow();
        int each = splits.size() == 1
                ? batch
                : (int) Math.ceil(MARGIN * training * all / Math.max(1, learned) / splits.size());
        for (SplitSessions split : splits) {
            add(chosen, EvenSample.of(split.validation(), Math.max(2, batch / splits.size())));
            add(chosen, EvenSample.of(split.test(), each));
        }
        return List.copyOf(chosen.values());
    }

    private static void add(Map<String, Session> chosen, List<Session> sessions) {
        sessions.forEach(session -> chosen.put(session.id(), session));
    }

    private int fitted() {
        Pretraining pretraining = settings.pretraining();
        if (settings.initial().isPresent() || pretraining.steps() == 0 || !SettingsCheck.canBePretrained(settings)) {
            return 0;
        }
        return pretraining.automatic() ? SimulatedTraining.FEWEST_SESSIONS : FITTED;
    }

    private List<Measured> measured(PhaseClock clock, List<SplitSessions> tried, List<SplitSessions> whole) {
        Map<Part, Duration> times = clock.times();
        return Stream.of(Part.values())
                .filter(times::containsKey)
                .map(part -> {
                    double took = times.get(part).toNanos() * 1e-9;
                    double estimate = estimate(part, took, clock, tried, whole);
                    return new Measured(part, times.get(part), Duration.ofNanos((long) (estimate * 1e9)));
                })
                .toList();
    }

    private double estimate(
            Part part, double took, PhaseClock clock, List<SplitSessions> tried, List<SplitSessions> whole) {
        int epochs = settings.plan().epochs();
        return switch (part) {
            case FEATURES -> took / Math.max(1, recordings(tried)) * recordings(whole) * (1 - kept);
            case FIT -> took * ratio(tried, whole, SplitSessions::training);
            case PRETRAINING ->
                clock.pretrainingStepSeconds() * settings.pretraining().steps() * whole.size();
            case TRAINING -> clock.stepSeconds() * epochs * steps(whole);
            case VALIDATION ->
                took / Math.min(EPOCHS, epochs) * epochs * ratio(tried, whole, SplitSessions::validation);
            case EVALUATION -> took * ratio(tried, whole, SplitSessions::test);
            case EXPORT -> took * ratio(tried, whole, SplitSessions::validation);
            case SPLIT, UPLOAD, REGISTRATION -> took;
        };
    }

    private long steps(List<SplitSessions> splits) {
        int batch = settings.plan().batchSize();
        return splits.stream()
                .mapToLong(split -> (settings.producer().rows(split.training()) + batch - 1) / batch)
                .sum();
    }

    private static double ratio(
            List<SplitSessions> tried, List<SplitSessions> whole, Function<SplitSessions, List<Session>> side) {
        return Math.max(1, (double) count(whole, side) / Math.max(1, count(tried, side)));
    }

    private static int count(List<SplitSessions> splits, Function<SplitSessions, List<Session>> side) {
        return splits.stream().mapToInt(split -> side.apply(split).size()).sum();
    }

    private static Sides sides(List<SplitSessions> splits) {
        return new Sides(
                count(splits, SplitSessions::training),
                count(splits, SplitSessions::validation),
                count(splits, SplitSessions::test));
    }

    /** Folds share their recordings: each session is on the three sides of the first one. */
    private static long recordings(List<SplitSessions> splits) {
        SplitSessions first = splits.get(0);
        return Stream.of(first.training(), first.validation(), first.test())
                .flatMap(List::stream)
                .mapToLong(session -> session.recordings().size())
                .sum();
    }
}
