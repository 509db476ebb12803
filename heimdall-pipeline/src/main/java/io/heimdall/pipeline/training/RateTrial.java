package io.heimdall.pipeline.training;

import io.heimdall.model.Batch;
import io.heimdall.model.backend.SessionOptions;
import io.heimdall.model.backend.StepResult;
import io.heimdall.model.backend.TrainingBackend;
import io.heimdall.model.backend.TrainingSession;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Networks;
import io.heimdall.model.optimizer.OptimizerStep;
import io.heimdall.model.train.BatchCursor;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.SessionSource;
import io.heimdall.pipeline.data.TrainingData;
import io.heimdall.pipeline.input.SessionSamples;
import io.heimdall.pipeline.training.RateSearch.Point;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/**
 * Trains a new network for some steps, at a learning rate that rises by the same factor at each, until the loss is lost.
 *
 * @param source of the sessions
 * @param backend that trains
 * @param settings of the training
 */
record RateTrial(SessionSource source, TrainingBackend backend, TrainingSettings settings) {
    private static final int STEPS = 200;
    private static final double LOWEST = 1e-7;
    private static final double HIGHEST = 1;
    /** Of the former losses in the smoothed one. */
    private static final double KEPT = 0.9;

    RateSearch run(PipelineListener listener) {
        try (TrainingData all = TrainingData.load(source, settings.dataToRead(), settings.producer(), listener)) {
            NetworkSpec network =
                    Networks.named(settings.network()).network(all.assembler().input());
            TrainingData data = all.reading(network);
            SessionSamples samples = data.samples(data.sessions().training(), settings.augmentation());
            SessionOptions options =
                    new SessionOptions(settings.plan().seed(), settings.data().threads(), List.of());
            try (TrainingSession session = backend.open(network, options)) {
                return new RateSearch(settings, points(session, samples, listener));
            }
        }
    }

    private List<Point> points(TrainingSession session, SessionSamples samples, PipelineListener listener) {
        listener.begin(Phase.TRAIN, STEPS);
        TrainingPlan plan = settings.plan().decidedFor(session.network().output());
        List<Point> points = new ArrayList<>();
        for (int epoch = 1; points.size() < STEPS; epoch++) {
            try (BatchCursor batches = samples.open(order(samples.size(), epoch), plan.batchSize(), epoch)) {
                while (batches.hasNext() && points.size() < STEPS) {
                    if (!step(session, plan, batches.next(plan.updates().accumulate()), points)) {
                        return points;
                    }
                    Point last = points.get(points.size() - 1);
                    listener.advance(
                            points.size(),
                            String.format(Locale.ROOT, "rate %.2g, loss %.3f", last.rate(), last.loss()));
                    if (listener.cancelled()) {
                        throw new CancellationException("cancelled before a learning rate was found");
                    }
                }
            }
        }
        return points;
    }

    /** Returns whether to go on: a loss that has risen above where it began does not come back. */
    private boolean step(TrainingSession session, TrainingPlan plan, List<Batch> parts, List<Point> points) {
        int done = points.size();
        double rate = LOWEST * Math.pow(HIGHEST / LOWEST, (double) done / (STEPS - 1));
        StepResult result = session.step(
                parts, plan.loss(), new OptimizerStep(done + 1, rate, plan.weightDecay(), plan.clipNorm()));
        if (!result.finite()) {
            if (done == 0) {
                throw new PipelineException("the loss of the first step is " + result.loss()
                        + ": 'heimdall train --overfit 8' names the sessions");
            }
            return false;
        }
        double sum = result.loss();
        double weights = 1;
        double weight = 1;
        for (int i = done - 1; i >= 0; i--) {
            weight *= KEPT;
            sum += weight * points.get(i).loss();
            weights += weight;
        }
        points.add(new Point(rate, result.loss(), sum / weights));
        double first = points.get(0).loss();
        double best = points.stream().mapToDouble(Point::smoothed).min().orElse(first);
        return sum / weights - best <= 2 * Math.max(1, first - best);
    }

    private int[] order(int size, int epoch) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, size).boxed().toList());
        Collections.shuffle(order, new Random(settings.plan().seed() + epoch));
        return order.stream()
                .limit(settings.plan().used(size))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
