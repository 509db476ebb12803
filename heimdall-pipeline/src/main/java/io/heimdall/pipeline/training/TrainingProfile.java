package io.heimdall.pipeline.training;

import io.heimdall.model.backend.StepTimes;
import io.heimdall.model.train.EpochMetrics;
import io.heimdall.model.train.StepProgress;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.pipeline.ForwardingListener;
import io.heimdall.pipeline.PipelineListener;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Measures where the time of a training's epochs goes, and passes on what is watched. For one training at a time. */
public final class TrainingProfile implements ForwardingListener {
    private final PipelineListener watching;
    private final Map<Part, Long> nanos = new EnumMap<>(Part.class);
    private long steps;
    private long ofEpoch;

    /** Makes a profile of a training that another listener watches. */
    public TrainingProfile(PipelineListener watching) {
        this.watching = watching;
    }

    @Override
    public PipelineListener listener() {
        return watching;
    }

    /** Where time goes. */
    public enum Part {
        /** Until the loader has the next batches. */
        WAITING("Waiting for batches"),
        /** The network's numbers. */
        FORWARD("Forward"),
        /** Value and derivative of the loss. */
        LOSS("Loss"),
        /** The gradients. */
        BACKWARD("Backward"),
        /** Clipping, and the optimiser. */
        UPDATE("Update"),
        /** Copies between the JVM and the engine, and an average of the weights. */
        OTHER("Rest of the steps"),
        /** The predictions after each epoch. */
        VALIDATION("Validation");

        private final String title;

        Part(String title) {
            this.title = title;
        }

        /** Returns the name for people. */
        public String title() {
            return title;
        }
    }

    /** Returns the steps that were measured. */
    public long steps() {
        return steps;
    }

    /** Returns the time of each part, all steps and epochs together. */
    public Map<Part, Duration> times() {
        Map<Part, Duration> times = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            times.put(part, Duration.ofNanos(nanos.getOrDefault(part, 0L)));
        }
        return times;
    }

    /** Returns the profile as values for JSON, seconds. */
    public Map<String, Object> summary() {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("steps", steps);
        times().forEach((part, time) ->
                summary.put(part.name().toLowerCase(Locale.ROOT) + "_s", time.toNanos() / 1_000_000 / 1e3));
        return summary;
    }

    @Override
    public void step(StepProgress progress) {
        StepTimes times = progress.times();
        long known = charge(Part.FORWARD, times.forward())
                + charge(Part.LOSS, times.loss())
                + charge(Part.BACKWARD, times.backward())
                + charge(Part.UPDATE, times.update());
        long waiting = charge(Part.WAITING, progress.waiting());
        long computing = progress.computing().toNanos();
        charge(Part.OTHER, Duration.ofNanos(Math.max(0, computing - known)));
        ofEpoch += waiting + computing;
        steps++;
        watching.step(progress);
    }

    @Override
    public void epoch(EpochMetrics metrics, TrainingPlan plan, boolean best) {
        charge(Part.VALIDATION, Duration.ofNanos(Math.max(0, metrics.duration().toNanos() - ofEpoch)));
        ofEpoch = 0;
        watching.epoch(metrics, plan, best);
    }

    private long charge(Part part, Duration time) {
        nanos.merge(part, time.toNanos(), Long::sum);
        return time.toNanos();
    }
}
