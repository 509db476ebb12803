package io.heimdall.pipeline.training;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.files.Directories;
import io.heimdall.model.Batch;
import io.heimdall.model.backend.SessionOptions;
import io.heimdall.model.backend.StepResult;
import io.heimdall.model.backend.TrainingBackend;
import io.heimdall.model.backend.TrainingSession;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Networks;
import io.heimdall.model.optimizer.OptimizerStep;
import io.heimdall.model.train.BatchCursor;
import io.heimdall.model.train.Schedule;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.pipeline.EvenSample;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.SessionSource;
import io.heimdall.pipeline.data.SplitSessions;
import io.heimdall.pipeline.data.TrainingData;
import io.heimdall.pipeline.input.Augmentation;
import io.heimdall.pipeline.input.SessionSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/**
 * Lets a network learn a few training sessions by heart: without dropout, augmentation and weight decay, at a learning rate that
 * falls to zero along half a cosine.
 *
 * @param source of the sessions
 * @param backend that trains
 * @param settings of the training
 * @param sessions to learn
 */
record OverfitTrial(SessionSource source, TrainingBackend backend, TrainingSettings settings, int sessions) {
    private static final int MOST_STEPS = 2000;
    private static final int STEPS_BETWEEN_LOOKS = 50;
    private static final int STEPS_UNTIL_FALLING = 500;
    /** The rate falls to nothing, so that the last steps are not lost to the noise of the batches. */
    private static final Schedule SCHEDULE = new Schedule.WarmupCosine(0.05, 0);
    /** Of the other sides, which nothing is learned from. */
    private static final int OTHERS = 2;

    Overfit run(PipelineListener listener) throws IOException {
        SplitSessions whole = TrainingData.splits(source.catalog(), settings.data(), settings.producer())
                .get(0);
        if (whole.training().size() < sessions) {
            throw new PipelineException(sessions + " sessions are to be learned by heart, and there are "
                    + whole.training().size() + " training sessions");
        }
        List<Session> chosen = new ArrayList<>(EvenSample.of(whole.training(), sessions));
        chosen.addAll(EvenSample.of(whole.validation(), OTHERS));
        chosen.addAll(EvenSample.of(whole.test(), OTHERS));
        Path features = Files.createTempDirectory("heimdall-overfit");
        try (TrainingData all = TrainingData.load(
                new SessionSource(
                        new SomeSessions(source.catalog(), chosen),
                        source.objects(),
                        new FeatureCache(features),
                        source.world()),
                settings.data().withSplitBy(Optional.of(whole.rule().groupBy())),
                settings.producer(),
                listener)) {
            NetworkSpec network = Networks.named(settings.network())
                    .network(all.assembler().input())
                    .withoutDropout();
            TrainingData data = all.reading(network);
            SessionSamples samples = data.samples(data.sessions().training(), Augmentation.NONE);
            SessionOptions options =
                    new SessionOptions(settings.plan().seed(), settings.data().threads(), List.of());
            try (TrainingSession session = backend.open(network, options)) {
                return learned(session, samples, listener);
            }
        } finally {
            Directories.delete(features);
        }
    }

    private Overfit learned(TrainingSession session, SessionSamples samples, PipelineListener listener) {
        listener.begin(Phase.TRAIN, MOST_STEPS);
        List<Double> losses = new ArrayList<>();
        ByHeart fit = look(session, samples);
        while (losses.size() < MOST_STEPS && !fit.learned() && !isStuck(losses)) {
            Optional<String> fault = steps(session, samples, losses, fit, listener);
            if (fault.isPresent()) {
                return result(losses, Double.NaN, List.of(fault.get()));
            }
            fit = look(session, samples);
        }
        List<String> faults = fit.learned() ? List.of() : new OverfitFaults(losses, ByHeart.alike(samples)).of(fit);
        return result(losses, fit.share(), faults);
    }

    /** A loss that has not begun to fall by then does not fall. */
    private static boolean isStuck(List<Double> losses) {
        return losses.size() == STEPS_UNTIL_FALLING && !OverfitFaults.falls(losses);
    }

    private ByHeart look(TrainingSession session, SessionSamples samples) {
        return ByHeart.of(session, samples, order(samples), settings.plan().batchSize());
    }

    /** Does some steps; returns what is wrong if a loss is not finite. */
    private Optional<String> steps(
            TrainingSession session,
            SessionSamples samples,
            List<Double> losses,
            ByHeart before,
            PipelineListener listener) {
        TrainingPlan plan = settings.plan().decidedFor(session.network().output());
        int end = losses.size() + STEPS_BETWEEN_LOOKS;
        while (losses.size() < end) {
            try (BatchCursor batches = samples.open(order(samples), plan.batchSize(), plan.seed())) {
                while (batches.hasNext() && losses.size() < end) {
                    Batch batch = batches.next();
                    StepResult result = session.step(batch, plan.loss(), step(plan, losses.size() + 1));
                    losses.add(result.loss());
                    if (!result.finite()) {
                        return Optional.of(diverged(result, batch));
                    }
                    listener.advance(losses.size(), detail(result, before));
                    if (listener.cancelled()) {
                        throw new CancellationException("cancelled before the sessions were learned by heart");
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static String detail(StepResult result, ByHeart before) {
        return String.format(
                Locale.ROOT,
                "loss %.3f, sigma %.0f %% of the spread, %d confused",
                result.loss(),
                100 * before.share(),
                before.confused().size());
    }

    private int[] order(SessionSamples samples) {
        return IntStream.range(0, Math.max(1, settings.plan().used(samples.size())))
                .toArray();
    }

    private Overfit result(List<Double> losses, double share, List<String> faults) {
        return new Overfit(
                settings,
                sessions,
                losses.size(),
                losses.get(0),
                losses.get(losses.size() - 1),
                share,
                faults.isEmpty(),
                faults);
    }

    private static OptimizerStep step(TrainingPlan plan, long number) {
        double rate = plan.learningRate() * SCHEDULE.factor(number, MOST_STEPS, List.of());
        return new OptimizerStep(number, rate, 0, plan.clipNorm());
    }

    private static String diverged(StepResult result, Batch batch) {
        return "loss " + result.loss() + ", gradient norm " + result.gradientNorm() + " with the sessions "
                + String.join(", ", batch.sessionIds()) + ": look at these recordings or lower --learning-rate";
    }
}
