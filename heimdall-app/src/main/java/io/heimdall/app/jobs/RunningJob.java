package io.heimdall.app.jobs;

import io.heimdall.app.jobs.JobClaims.Answer;
import io.heimdall.app.jobs.JobClaims.Claim;
import io.heimdall.files.DaemonThreads;
import io.heimdall.model.train.EpochMetric;
import io.heimdall.model.train.EpochMetrics;
import io.heimdall.model.train.StepProgress;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.PipelineListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A claimed job while its training runs: watches the training, reports to the table every second, and learns there whether to
 * stop.
 */
final class RunningJob implements PipelineListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningJob.class);
    private static final long BEAT_MILLIS = 1000;
    private static final int MOST_WARNINGS = 20;

    /** Why a training is to stop before it is done. */
    enum Stop {
        CANCELLED,
        SHUTDOWN,
        LOST
    }

    private final JobClaims claims;
    private final Claim claim;
    private final ScheduledExecutorService beat;
    private final Map<String, Double> metrics = new TreeMap<>();
    private final List<String> warnings = new ArrayList<>();
    private Optional<Phase> phase = Optional.empty();
    private long steps;
    private long step;
    private long firstStep;
    private int epoch;
    private int epochs;
    private long phaseBegun;
    private volatile Stop stop;

    RunningJob(JobClaims claims, Claim claim) {
        this.claims = claims;
        this.claim = claim;
        this.epochs = claim.job().settings().plan().epochs();
        this.beat = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("heimdall-beat"));
        beat.scheduleWithFixedDelay(this::report, BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
    }

    Optional<Stop> stop() {
        return Optional.ofNullable(stop);
    }

    /** Asks the training to stop; what is asked first counts, but a lost claim outweighs all. */
    void stop(Stop why) {
        if (stop == null || why == Stop.LOST) {
            stop = why;
        }
    }

    private void report() {
        try {
            Answer answer = claims.report(claim, progress());
            if (answer != Answer.GO_ON) {
                stop(answer == Answer.LOST ? Stop.LOST : Stop.CANCELLED);
            }
        } catch (RuntimeException e) { // the training matters more; the next report may come through
            LOG.warn("job {} could not report: {}", claim.job().id(), e.getMessage());
        }
    }

    synchronized JobProgress progress() {
        return new JobProgress(phase, step, steps, epoch, epochs, metrics, secondsLeft(), warnings);
    }

    private OptionalDouble secondsLeft() {
        if (steps <= 0 || firstStep < 0 || step <= firstStep) {
            return OptionalDouble.empty();
        }
        double seconds = (System.nanoTime() - phaseBegun) / 1e9;
        double left = seconds / (step - firstStep) * Math.max(0, steps - step);
        return OptionalDouble.of(Math.rint(10 * left) / 10);
    }

    @Override
    public void run(String runId) {
        if (!claims.run(claim, runId)) {
            stop(Stop.LOST);
        }
        goOn();
    }

    /** Records the member of an ensemble that is trained, among the metrics. */
    @Override
    public synchronized void member(int number, int members) {
        metrics.put("member", (double) number);
        metrics.put("members", (double) members);
    }

    @Override
    public void begin(Phase next, long count) {
        synchronized (this) {
            phase = Optional.of(next);
            steps = count;
            step = 0;
            firstStep = -1;
            phaseBegun = System.nanoTime();
        }
        goOn();
    }

    /** A model that is registered is there: to cancel only what tells of it would leave a version without its report. */
    private synchronized boolean registered() {
        return phase.filter(Phase.REPORT::equals).isPresent();
    }

    @Override
    public void advance(long done, String detail) {
        synchronized (this) {
            if (firstStep < 0) { // the pace is that of this attempt, not of those before
                firstStep = done;
                phaseBegun = System.nanoTime();
            }
            step = done;
        }
        if (phase.filter(p -> p == Phase.TRAIN || p == Phase.PRETRAIN)
                .isEmpty()) { // the trainer asks itself, between two steps
            goOn();
        }
    }

    private void goOn() {
        if (stop != null && !(stop == Stop.CANCELLED && registered())) {
            throw new CancellationException("the job is to stop: " + stop);
        }
    }

    @Override
    public synchronized void step(StepProgress progress) {
        epoch = progress.epoch();
        epochs = progress.epochs();
        metrics.put("loss", progress.result().loss());
        metrics.put(EpochMetric.GRADIENT_NORM.key(), progress.result().gradientNorm());
        metrics.put(EpochMetric.LEARNING_RATE.key(), progress.learningRate());
    }

    @Override
    public void epoch(EpochMetrics done, TrainingPlan plan, boolean best) {
        synchronized (this) {
            metrics.put(EpochMetric.TRAINING_LOSS.key(), done.trainingLoss());
            done.validationNll().ifPresent(nll -> metrics.put(EpochMetric.VALIDATION_NLL.key(), nll));
            if (best) {
                metrics.put("best_epoch", (double) done.epoch());
            }
        }
        EpochPoint point = new EpochPoint(
                done.epoch(),
                done.trainingLoss(),
                done.validationNll(),
                done.learningRate(),
                EpochMetric.SECONDS.of(done).orElseThrow());
        try {
            claims.epoch(claim, point);
        } catch (JobException e) { // a gap in a curve
            LOG.warn(
                    "epoch {} of job {} is not in its curve: {}",
                    done.epoch(),
                    claim.job().id(),
                    e.getMessage());
        }
    }

    @Override
    public synchronized void warn(String message) {
        if (warnings.size() < MOST_WARNINGS) {
            warnings.add(message);
        }
    }

    @Override
    public boolean cancelled() {
        return stop != null;
    }

    @Override
    public void close() {
        beat.shutdown();
        try {
            beat.awaitTermination(2 * BEAT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
