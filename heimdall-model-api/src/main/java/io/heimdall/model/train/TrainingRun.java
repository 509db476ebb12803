package io.heimdall.model.train;

import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.backend.StepResult;
import io.heimdall.model.backend.TrainingSession;
import io.heimdall.model.loss.Likelihood;
import io.heimdall.model.loss.Loss;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.optimizer.OptimizerState;
import io.heimdall.model.output.OutputSpec;
import io.heimdall.model.output.PlanePoint;
import io.heimdall.model.train.TrainingResult.End;
import io.heimdall.model.weights.Weights;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** One run of a {@link Trainer}: its history and its place in it. */
final class TrainingRun {
    private final TrainingPlan plan;
    private final Checkpoints checkpoints;
    private final TrainingListener listener;
    private final TrainingSession session;
    private final Loss validationLoss;
    private final SampleSource training;
    private final SampleSource validation;
    private final int stepsPerEpoch;
    private final Map<String, String> settings;
    private final List<EpochMetrics> history = new ArrayList<>();
    private Optional<End> end = Optional.empty();
    private Optional<WeightAverage> average = Optional.empty();
    private long step;

    TrainingRun(
            TrainingPlan plan,
            Checkpoints checkpoints,
            TrainingListener listener,
            TrainingSession session,
            SampleSource training,
            SampleSource validation) {
        this.plan = plan.decidedFor(session.network().output());
        this.checkpoints = checkpoints;
        this.listener = listener;
        this.session = session;
        this.validationLoss = Likelihood.of(session.network().output());
        this.training = training;
        this.validation = validation;
        if (training.size() < 2) {
            throw new IllegalArgumentException("there are " + training.size()
                    + " training samples: at least 2 are needed (see the split rule and its groups)");
        }
        int rows = plan.batchSize() * plan.updates().accumulate();
        this.stepsPerEpoch = (plan.used(training.size()) + rows - 1) / rows;
        this.settings = new LinkedHashMap<>(this.plan.settings());
        settings.put("training_data", training.fingerprint()); // takes a second for 100 000 sessions
        settings.put("validation_data", validation.fingerprint());
    }

    Map<String, String> settings() {
        return settings;
    }

    /** Keeps the initial weights; a disk that cannot be written is found before the work, not after it. */
    void begin() {
        session.load(zeros(session.optimizer()));
        Weights first = session.weights();
        average = average(first);
        checkpoints.write(Checkpoints.Kind.LAST, last(first, Optional.empty()), Set.of());
    }

    void resume(Checkpoint last) {
        session.load(last.weights());
        average = average(last.average().orElse(last.weights()));
        session.load(last.optimizer().orElseGet(() -> zeros(session.optimizer())));
        history.addAll(last.history());
        end = last.end();
        step = history.isEmpty() ? 0 : history.get(history.size() - 1).step();
    }

    TrainingResult go() {
        listener.started(plan, history.size(), stepsPerEpoch);
        while (end.isEmpty()) {
            Optional<EpochMetrics> metrics = epoch(history.size() + 1);
            if (metrics.isEmpty()) {
                return cancelled();
            }
            finish(metrics.get());
        }
        Weights best = checkpoints.best().orElseThrow().weights();
        session.load(best);
        return new TrainingResult(end.get(), bestEpoch(), best, List.copyOf(history));
    }

    private TrainingResult cancelled() {
        Weights weights = checkpoints.best().orElseThrow().weights();
        return new TrainingResult(End.CANCELLED, bestEpoch(), weights, List.copyOf(history));
    }

    private void finish(EpochMetrics metrics) {
        history.add(metrics);
        boolean best = bestEpoch() == metrics.epoch();
        if (metrics.epoch() == plan.epochs()) {
            end = Optional.of(End.COMPLETED);
        } else if (metrics.epoch() - bestEpoch() >= plan.patience()) {
            end = Optional.of(End.STOPPED_EARLY);
        } else if (minutes() >= plan.maxMinutes()) {
            end = Optional.of(End.OUT_OF_TIME);
        }
        Weights weights = session.weights();
        Weights judged = average.map(WeightAverage::weights).orElse(weights);
        Set<Integer> others = new HashSet<>(plan.best().among(history));
        others.remove(bestEpoch());
        if (best && plan.best().of(metrics).isPresent()) {
            checkpoints.write(Checkpoints.Kind.BEST, checkpoint(judged), others);
        } else if (others.contains(metrics.epoch())) {
            checkpoints.write(Checkpoints.Kind.KEPT, checkpoint(judged), others);
        }
        // The one write of this epoch's number: a second would leave a moment without any.
        checkpoints.write(
                Checkpoints.Kind.LAST,
                last(weights, end.isPresent() ? Optional.empty() : Optional.of(session.optimizer())),
                Set.of());
        checkpoints.keep(others);
        listener.epochDone(metrics, best);
    }

    /** Returns the time of all epochs, those before a resumption among them. */
    private double minutes() {
        return history.stream().mapToLong(m -> m.duration().toNanos()).sum() / 60e9;
    }

    private Optional<WeightAverage> average(Weights begun) {
        OptionalDouble decay = plan.updates().averageDecay();
        return decay.isPresent() ? Optional.of(WeightAverage.from(decay.getAsDouble(), begun)) : Optional.empty();
    }

    private Checkpoint checkpoint(Weights judged) {
        return new Checkpoint(judged, Optional.empty(), history, Optional.empty(), settings());
    }

    private Checkpoint last(Weights weights, Optional<OptimizerState> optimizer) {
        return new Checkpoint(weights, average.map(WeightAverage::weights), optimizer, history, end, settings());
    }

    /** Returns the best epoch so far; the last one where no epoch could be judged. */
    private int bestEpoch() {
        return plan.best().among(history).stream().findFirst().orElse(history.size());
    }

    /** Trains and validates one epoch; empty if the listener cancelled it. */
    private Optional<EpochMetrics> epoch(int epoch) {
        long started = System.nanoTime();
        List<Double> nlls = history.stream()
                .flatMap(m -> m.validationNll().stream().boxed())
                .toList();
        if (plan.frozenEpochs() > 0 && epoch == plan.frozenEpochs() + 1) {
            session.load(zeros(session.optimizer())); // see TrainingPlan.step
        }
        int[] order =
                Arrays.copyOf(training.order().of(training.size(), plan.seed(), epoch), plan.used(training.size()));
        double loss = 0;
        double norm = 0;
        double rate = 0;
        try (BatchCursor batches = training.open(order, plan.batchSize(), Shuffle.epochSeed(plan.seed(), epoch))) {
            for (int i = 1; i <= stepsPerEpoch; i++) {
                long asked = System.nanoTime();
                List<Batch> parts = batches.next(plan.updates().accumulate());
                long given = System.nanoTime();
                rate = plan.learningRate()
                        * plan.schedule().factor(step + 1, (long) plan.epochs() * stepsPerEpoch, nlls);
                StepResult result = step(parts, epoch, rate);
                loss += result.loss() * parts.stream().mapToInt(Batch::size).sum() / order.length;
                norm += result.gradientNorm() / stepsPerEpoch;
                listener.stepDone(new StepProgress(
                        epoch,
                        plan.epochs(),
                        i,
                        stepsPerEpoch,
                        step,
                        rate,
                        result,
                        Duration.ofNanos(given - asked),
                        Duration.ofNanos(System.nanoTime() - given),
                        session.times()));
                if (listener.cancelled()) {
                    return Optional.empty();
                }
            }
        }
        Validation judged = average.isPresent() ? validateAverage(epoch, average.get()) : validate(epoch);
        return Optional.of(new EpochMetrics(
                epoch,
                step,
                loss,
                norm,
                rate,
                judged.nll(),
                judged.error(),
                Duration.ofNanos(System.nanoTime() - started)));
    }

    private StepResult step(List<Batch> parts, int epoch, double rate) {
        StepResult result =
                session.step(parts, plan.loss(), plan.step(step + 1, epoch, stepsPerEpoch, rate, backbone()));
        if (!result.finite()) {
            List<String> ids =
                    parts.stream().flatMap(batch -> batch.sessionIds().stream()).toList();
            throw new DivergenceException(
                    step + 1,
                    "training stopped at step " + (step + 1) + ": loss " + result.loss() + ", gradient norm "
                            + result.gradientNorm(),
                    ids,
                    "; the batch holds the sessions " + String.join(", ", ids) + "; " + kept()
                            + "; look at these recordings or lower the learning rate");
        }
        step++;
        average.ifPresent(mean -> mean.add(session.weights(), step));
        return result;
    }

    private List<String> backbone() {
        return plan.frozenEpochs() > 0 ? session.network().part(NetworkSpec.BACKBONE) : List.of();
    }

    /**
     * The means over the validation samples.
     *
     * @param nll negative log-likelihood
     * @param error distance of the mean from the place; empty unless epochs are judged by it
     */
    private record Validation(OptionalDouble nll, OptionalDouble error) {}

    /** The session predicts with the average, then goes on with its own weights. */
    private Validation validateAverage(int epoch, WeightAverage mean) {
        Weights own = session.weights();
        session.load(mean.weights());
        Validation judged = validate(epoch);
        session.load(own);
        return judged;
    }

    private Validation validate(int epoch) {
        if (validation.size() == 0) {
            return new Validation(OptionalDouble.empty(), OptionalDouble.empty());
        }
        boolean measured = plan.best().by() == EpochMetric.VALIDATION_ERROR;
        double sum = 0;
        double distance = 0;
        try (BatchCursor batches = validation.open(
                Shuffle.identity(validation.size()), plan.batchSize(), Shuffle.epochSeed(plan.seed(), 0))) {
            while (batches.hasNext()) {
                Batch batch = batches.next();
                FloatTensor outputs = session.predict(batch.inputs());
                double nll = nll(batch, outputs);
                if (!Double.isFinite(nll)) {
                    throw new DivergenceException(
                            step,
                            "training stopped after epoch " + epoch + ": validation loss " + nll,
                            batch.sessionIds(),
                            " for the sessions " + String.join(", ", batch.sessionIds()) + "; " + kept()
                                    + "; look at these recordings or lower the learning rate");
                }
                sum += nll * batch.size();
                distance += measured ? distance(batch, outputs) : 0;
            }
        }
        return new Validation(
                OptionalDouble.of(sum / validation.size()),
                measured ? OptionalDouble.of(distance / validation.size()) : OptionalDouble.empty());
    }

    /** Returns the sum over the rows of the distances of the predicted means from the places. */
    private double distance(Batch batch, FloatTensor outputs) {
        OutputSpec output = session.network().output();
        double sum = 0;
        double[] row = new double[output.width()];
        for (int r = 0; r < batch.size(); r++) {
            for (int k = 0; k < row.length; k++) {
                row[k] = outputs.values()[r * row.length + k];
            }
            PlanePoint mean = output.distribution(row, 0).mean();
            float[] places = batch.targets().values();
            sum += Math.hypot(mean.east() - places[2 * r], mean.north() - places[2 * r + 1]);
        }
        return sum;
    }

    private double nll(Batch batch, FloatTensor outputs) {
        double[] numbers = new double[outputs.values().length];
        Arrays.setAll(numbers, i -> outputs.values()[i]);
        return validationLoss.evaluate(
                session.network().output(), numbers, batch.targets().values(), new double[numbers.length]);
    }

    private String kept() {
        return "the checkpoint of epoch " + history.size() + " is kept in " + checkpoints.directory();
    }

    private static OptimizerState zeros(OptimizerState state) {
        state.moments().values().forEach(m -> {
            Arrays.fill(m.first(), 0);
            Arrays.fill(m.second(), 0);
        });
        return state.at(0);
    }
}
