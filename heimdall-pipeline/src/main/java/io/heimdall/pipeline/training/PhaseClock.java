package io.heimdall.pipeline.training;

import io.heimdall.model.train.EpochMetrics;
import io.heimdall.model.train.StepProgress;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.training.DryRun.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Measures the parts of a training, and passes on what people watch. */
final class PhaseClock implements PipelineListener {
    private final PipelineListener watching;
    private final Map<Part, Long> nanos = new EnumMap<>(Part.class);
    private final List<Long> steps = new ArrayList<>();
    private final List<Long> pretrainingSteps = new ArrayList<>();
    private Part part = Part.FEATURES;
    private long since = System.nanoTime();
    private long advanced;
    private long stepsOfEpoch;

    PhaseClock(PipelineListener watching) {
        this.watching = watching;
    }

    /** Returns what was measured so far. */
    Map<Part, Duration> times() {
        charge(System.nanoTime());
        Map<Part, Duration> times = new EnumMap<>(Part.class);
        nanos.forEach((key, time) -> times.put(key, Duration.ofNanos(time)));
        return times;
    }

    /** Returns the time of the fastest training step, seconds. */
    double stepSeconds() {
        return fastest(steps);
    }

    /** Returns the time of the fastest pretraining step, seconds. */
    double pretrainingStepSeconds() {
        return fastest(pretrainingSteps);
    }

    @Override
    public void member(int number, int members) {
        watching.member(number, members);
    }

    @Override
    public void begin(Phase phase, long count) {
        long now = System.nanoTime();
        charge(now);
        part = Part.of(phase, count);
        advanced = now;
        watching.begin(phase, count);
    }

    @Override
    public void advance(long done, String detail) {
        long now = System.nanoTime();
        if (part == Part.PRETRAINING && done > 0) {
            pretrainingSteps.add(now - advanced);
        }
        advanced = now;
        watching.advance(done, detail);
    }

    @Override
    public void step(StepProgress progress) {
        long took = progress.waiting().plus(progress.computing()).toNanos();
        steps.add(took);
        stepsOfEpoch += took;
    }

    /** Counts what an epoch takes beside its steps as its validation. */
    @Override
    public void epoch(EpochMetrics metrics, TrainingPlan plan, boolean best) {
        long validation = Math.max(0, metrics.duration().toNanos() - stepsOfEpoch);
        stepsOfEpoch = 0;
        nanos.merge(Part.VALIDATION, validation, Long::sum);
        nanos.merge(Part.TRAINING, -validation, Long::sum);
    }

    /** Passes warnings on, but for one: the first few steps cannot tell whether a pretraining helps. */
    @Override
    public void warn(String message) {
        if (!message.equals(SimulatedTraining.USELESS)) {
            watching.warn(message);
        }
    }

    @Override
    public boolean cancelled() {
        return watching.cancelled();
    }

    private void charge(long now) {
        nanos.merge(part, now - since, Long::sum);
        since = now;
    }

    /** The first steps of an engine and of the JVM take many times as long as all that follow. */
    private static double fastest(List<Long> times) {
        return 1e-9 * times.stream().mapToLong(Long::longValue).min().orElse(0);
    }
}
