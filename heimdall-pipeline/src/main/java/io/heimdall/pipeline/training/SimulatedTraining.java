package io.heimdall.pipeline.training;

import io.heimdall.dataset.RecordingCatalog;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.model.backend.SessionOptions;
import io.heimdall.model.backend.TrainingBackend;
import io.heimdall.model.backend.TrainingSession;
import io.heimdall.model.evidence.LevelGrid;
import io.heimdall.model.loss.DensityNll;
import io.heimdall.model.train.DivergenceException;
import io.heimdall.model.train.SampleSource;
import io.heimdall.model.train.Schedule;
import io.heimdall.model.train.Trainer;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.model.train.TrainingResult;
import io.heimdall.model.weights.Weights;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.data.TrainingData;
import io.heimdall.pipeline.input.SessionSamples;
import io.heimdall.pipeline.input.SimulatedSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * The phase in which a network learns from sessions of a world that is fitted to the training split, before it sees a recorded one.
 *
 * <p>It is a training of its own, with checkpoints of its own; an epoch of it is the work between two checkpoints. It ends with the
 * weights of the least validation loss on recorded sessions.
 */
record SimulatedTraining(
        TrainingFolder folder, PipelineListener listener, TrainingTrack track, TrainingBackend backend) {
    /** Fewer sessions than these are left to themselves, unless a user asks: the rule of ADR 132. */
    static final int FEWEST_SESSIONS = 100;

    /** What is said of a pretraining that has not helped. */
    static final String USELESS = "no pretraining: on the validation split the pretrained network is worse than the"
            + " density of the training places alone, so levels do not follow the fitted law";

    private static final int BATCH = 64;
    private static final int STEPS_AN_EPOCH = 200;
    private static final double LEARNING_RATE = 3e-3;
    private static final double WEIGHT_DECAY = 1e-3;
    private static final double CLIP_NORM = 1;
    private static final double WARMUP = 0.15;

    /**
     * What a network has learned from simulated sessions.
     *
     * @param result with the pretrained weights
     * @param grid what the fitted world tells beside the network
     */
    record Outcome(TrainingResult result, Optional<LevelGrid> grid) {}

    /**
     * Trains on simulated sessions, or takes up what is done of it.
     *
     * @param session with its initial weights; with the pretrained ones afterwards, if there are any
     * @param groups of which no session is independent of another
     * @return the pretraining, with the pretrained weights; empty if there is no pretraining, the session being as it was
     * @throws PipelineException if a user asks for it and the training sessions show no law
     * @throws CancellationException if the listener cancelled it
     */
    Optional<Outcome> run(TrainingSession session, SessionSamples training, SessionSamples validation, GroupBy groups) {
        Pretraining pretraining = folder.settings().pretraining();
        boolean few = pretraining.automatic() && training.size() < FEWEST_SESSIONS;
        if (pretraining.steps() == 0 || few) {
            return Optional.empty();
        }
        int epochs = (pretraining.steps() + STEPS_AN_EPOCH - 1) / STEPS_AN_EPOCH;
        int steps = (pretraining.steps() + epochs - 1) / epochs;
        listener.begin(Phase.PRETRAIN, 0); // the fit takes its time
        Optional<SimulatedSource> simulated = simulated(pretraining, training, groups, steps * BATCH);
        return simulated.flatMap(world -> run(session, plan(epochs), world, training, validation)
                .map(result -> new Outcome(result, world.levelGrid())));
    }

    private Optional<SimulatedSource> simulated(
            Pretraining pretraining, SessionSamples training, GroupBy groups, int size) {
        try {
            return training.simulated(groups, size, folder.settings().plan().seed());
        } catch (PipelineException e) {
            if (pretraining.automatic()) {
                listener.warn("no pretraining: " + e.getMessage());
                return Optional.empty();
            }
            throw impossible(e);
        }
    }

    /**
     * Checks, before any feature is computed, that sessions can be simulated where a user asks for it.
     *
     * @throws PipelineException if not
     */
    static void check(RecordingCatalog catalog, TrainingSettings settings) {
        Pretraining pretraining = settings.pretraining();
        if (pretraining.steps() > 0 && !pretraining.automatic()) {
            try {
                TrainingData.splits(catalog, settings.data(), settings.producer())
                        .forEach(split -> settings.producer().checkSimulated(split.training()));
            } catch (PipelineException e) {
                throw impossible(e);
            }
        }
    }

    private static PipelineException impossible(PipelineException e) {
        return new PipelineException(
                e.subject(),
                "pretraining is not possible: " + e.getMessage() + "; '--pretrain off' trains without",
                e,
                e.mayPassLater());
    }

    private TrainingPlan plan(int epochs) {
        return new TrainingPlan(
                        epochs,
                        BATCH,
                        LEARNING_RATE,
                        WEIGHT_DECAY,
                        CLIP_NORM,
                        new DensityNll(),
                        new Schedule.WarmupCosine(WARMUP, 0),
                        epochs,
                        folder.settings().plan().seed())
                .withMaxMinutes(folder.settings().plan().maxMinutes());
    }

    private Optional<TrainingResult> run(
            TrainingSession session,
            TrainingPlan plan,
            SampleSource simulated,
            SessionSamples training,
            SessionSamples validation) {
        Weights initial = session.weights();
        boolean automatic = folder.settings().pretraining().automatic();
        TrainingResult result;
        try {
            result = pretrained(session, plan, simulated, validation);
        } catch (DivergenceException e) {
            if (!automatic) {
                throw new PipelineException(diverged(e) + "; '--pretrain off' trains without", e);
            }
            listener.warn("no pretraining: " + diverged(e));
            return Optional.empty();
        }
        session.load(result.weights());
        if (automatic && isUseless(session, training, validation)) {
            listener.warn(USELESS);
            session.load(initial);
            return Optional.empty();
        }
        return Optional.of(result);
    }

    static String diverged(DivergenceException e) {
        return "the pretraining has diverged: " + e.summary();
    }

    /** No session is seen twice, so there is nothing that dropout could keep from being learned by heart. */
    private TrainingResult pretrained(
            TrainingSession session, TrainingPlan plan, SampleSource simulated, SessionSamples validation) {
        SessionOptions options =
                new SessionOptions(plan.seed(), folder.settings().data().threads(), List.of());
        try (TrainingSession own = backend.open(session.network().withoutDropout(), options)) {
            TrainingResult result = new Trainer(
                            plan, folder.pretraining(), new TrainingWatch(listener, track, Phase.PRETRAIN))
                    .resume(own, simulated, validation);
            if (result.end() == TrainingResult.End.CANCELLED) {
                throw new CancellationException(
                        "the training was cancelled in its pretraining; 'heimdall train --resume' continues");
            }
            return result;
        }
    }

    private static boolean isUseless(TrainingSession session, SessionSamples training, SessionSamples validation) {
        HeldOut held = new HeldOut(validation);
        return Arrays.stream(held.of(session)).sum()
                > Arrays.stream(held.ofPlaces(training)).sum();
    }
}
