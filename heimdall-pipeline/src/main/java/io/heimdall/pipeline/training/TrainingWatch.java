package io.heimdall.pipeline.training;

import io.heimdall.model.train.EpochMetrics;
import io.heimdall.model.train.StepProgress;
import io.heimdall.model.train.TrainingListener;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.tracking.TrackingException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Passes on what the trainer reports: to who watches, and to the tracked run. */
final class TrainingWatch implements TrainingListener {
    private final PipelineListener listener;
    private final TrainingTrack track;
    private final Phase phase;
    private Optional<TrainingPlan> plan = Optional.empty();
    private OptionalDouble validationNll = OptionalDouble.empty();
    private String unrecorded = "";

    TrainingWatch(PipelineListener listener, TrainingTrack track, Phase phase) {
        this.listener = listener;
        this.track = track;
        this.phase = phase;
    }

    @Override
    public void started(TrainingPlan begun, int epochsDone, int stepsPerEpoch) {
        plan = Optional.of(begun);
        listener.begin(phase, (long) begun.epochs() * stepsPerEpoch);
        listener.advance((long) epochsDone * stepsPerEpoch, "");
    }

    @Override
    public void stepDone(StepProgress progress) {
        if (phase == Phase.TRAIN) {
            listener.step(progress);
        }
        String validation =
                validationNll.isPresent() ? String.format(Locale.ROOT, ", val %.3f", validationNll.getAsDouble()) : "";
        listener.advance(
                progress.step(),
                String.format(
                        Locale.ROOT,
                        "%sloss %.3f%s",
                        phase == Phase.TRAIN ? "epoch " + progress.epoch() + "/" + progress.epochs() + " " : "",
                        progress.result().loss(),
                        validation));
    }

    @Override
    public void epochDone(EpochMetrics metrics, boolean best) {
        validationNll = metrics.validationNll();
        listener.checkpoint();
        try {
            track.epoch(phase, metrics);
            unrecorded = "";
        } catch (TrackingException e) { // the training matters more than its record
            warnOnce(metrics.epoch(), String.valueOf(e.getMessage()));
        }
        if (phase == Phase.TRAIN) {
            listener.epoch(metrics, plan.orElseThrow(), best);
        }
    }

    /** A record that is away for a hundred epochs is one fault. */
    private void warnOnce(int epoch, String why) {
        if (!why.equals(unrecorded)) {
            listener.warn("epoch " + epoch + " was not recorded, and others may be missing too: " + why);
        }
        unrecorded = why;
    }

    @Override
    public boolean cancelled() {
        return listener.cancelled();
    }
}
