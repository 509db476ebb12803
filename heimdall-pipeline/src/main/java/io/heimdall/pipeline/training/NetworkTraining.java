package io.heimdall.pipeline.training;

import io.heimdall.dataset.split.GroupBy;
import io.heimdall.export.ModelDescription;
import io.heimdall.model.backend.SessionOptions;
import io.heimdall.model.backend.TrainingBackend;
import io.heimdall.model.backend.TrainingSession;
import io.heimdall.model.evidence.LogPool;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.train.Trainer;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.model.train.TrainingResult;
import io.heimdall.model.weights.PretrainedBackbone;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.SessionSource;
import io.heimdall.pipeline.data.TrainingData;
import io.heimdall.pipeline.input.Augmentation;
import io.heimdall.pipeline.input.SessionSamples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * The training of one network, from its first weights to its model file.
 *
 * @param evidence fits what other evidence needs; empty for a member of an ensemble
 * @param initial the model that it goes on from
 */
record NetworkTraining(
        SessionSource source,
        TrainingFolder folder,
        PipelineListener listener,
        TrainingTrack track,
        TrainingBackend backend,
        Optional<EvidenceTraining> evidence,
        Optional<InitialModel> initial) {
    /** Of the learning rate, after a pretraining or another training. */
    private static final double REFINING = 0.2;
    /** Of a training whose pretraining has used all its time: it ends with its first epoch. */
    private static final double LEAST_MINUTES = 1e-9;

    /** A network that has learned, as it was exported. */
    record Trained(TrainedModel model, Kept kept) {}

    /**
     * Trains, or takes up what is done of it.
     *
     * @param data as the network reads it
     * @param fingerprint of the data
     */
    Trained run(TrainingData data, NetworkSpec network, String fingerprint) throws IOException {
        TrainingSettings settings = folder.settings();
        EpochStream stream = new EpochStream(folder);
        SessionSamples training = stream.training(data.samples(data.sessions().training(), settings.augmentation()));
        TrainedModel model =
                new TrainedModel(network, description(data, network, fingerprint), false, Optional.empty());
        if (!folder.finished()) { // or it has the sigma scale, and says which weights were kept
            TrainedModelJson.write(model, folder.path());
        }

        TrainingPlan plan = settings.plan();
        SessionOptions options = new SessionOptions(plan.seed(), settings.data().threads(), List.of());
        try (TrainingSession session = backend.open(network, options)) {
            pretrained(session, network);
            SessionSamples validation =
                    stream.validation(training, data.samples(data.sessions().validation(), Augmentation.NONE));
            GroupBy groups = data.sessions().rule().groupBy();
            Optional<SimulatedTraining.Outcome> simulated = initial.isPresent()
                    ? Optional.empty()
                    : new SimulatedTraining(folder, listener, track, backend)
                            .run(session, training, validation, groups);
            TrainingPlan left = plan.withMaxMinutes(Math.max(LEAST_MINUTES, plan.maxMinutes() - pretrainingMinutes()));
            TrainingPlan refining = simulated.isPresent() || initial.isPresent() ? refined(left) : left;
            TrainingResult result = new Trainer(
                            refining, folder.checkpoints(), new TrainingWatch(listener, track, Phase.TRAIN))
                    .resume(session, training, validation);
            if (result.end() == TrainingResult.End.CANCELLED) {
                throw new CancellationException("the training was cancelled after epoch "
                        + result.history().size() + "; 'heimdall train --resume' continues");
            }
            Kept kept = Kept.best(result, refining);
            if (simulated.isPresent()) {
                TrainingResult pretraining = simulated.get().result();
                kept = new Refinement(session, validation, groups).better(pretraining, result, refining);
                track.refined(!kept.arePretrained());
            }
            if (initial.isPresent()) {
                warnOfLoss(initial.get(), kept, session, validation);
            }
            listener.begin(Phase.EXPORT, 0);
            Optional<LogPool> pool = simulated
                    .flatMap(SimulatedTraining.Outcome::grid)
                    .or(() -> initial.flatMap(InitialModel::grid))
                    .flatMap(new PoolFit(session, model.description(), validation, groups)::of);
            pool.ifPresent(track::pooled);
            TrainedModel exported = ModelExport.calibrated(
                    folder,
                    model.pretrained(kept.arePretrained()).with(pool),
                    data,
                    session,
                    source.objects(),
                    source.features(),
                    evidence);
            return new Trained(exported, kept);
        }
    }

    /** Returns how long the pretraining has taken, also one whose weights are not used. */
    private double pretrainingMinutes() throws IOException {
        return folder.pretraining().last().stream()
                        .flatMap(last -> last.history().stream())
                        .mapToLong(epoch -> epoch.duration().toNanos())
                        .sum()
                / 60e9;
    }

    /** Weights that know the law already are changed less by each step. */
    private TrainingPlan refined(TrainingPlan plan) {
        TrainingPlan refining = plan.withRates(REFINING * plan.learningRate(), plan.weightDecay());
        track.refining(refining);
        return refining;
    }

    /** A training that has begun has its first weights in its checkpoints, and does not look for the file again. */
    private void pretrained(TrainingSession session, NetworkSpec network) throws IOException {
        if (initial.isPresent() && !folder.checkpoints().present()) {
            session.load(initial.get().weights());
        }
        Optional<Path> file = folder.settings().pretrained();
        if (file.isPresent() && !folder.checkpoints().present()) {
            PretrainedBackbone backbone = PretrainedBackbone.read(file.get());
            session.load(backbone.into(network, session.weights()));
            track.pretrained(backbone);
        }
    }

    /** Who goes on from a model should know if that was in vain. */
    private void warnOfLoss(InitialModel before, Kept kept, TrainingSession session, SessionSamples validation) {
        if (validation.size() == 0) {
            return;
        }
        session.load(before.weights());
        double first =
                Arrays.stream(new HeldOut(validation).of(session)).average().orElseThrow();
        session.load(kept.result().weights());
        double best =
                Arrays.stream(new HeldOut(validation).of(session)).average().orElseThrow();
        if (!(best < first)) {
            listener.warn(String.format(
                    Locale.ROOT,
                    "on the validation split no epoch is better than the weights of run %s (NLL %.3f, best epoch %.3f)",
                    before.model().description().extra().get(InitialModel.RUN),
                    first,
                    best));
        }
    }

    private ModelDescription description(TrainingData data, NetworkSpec network, String fingerprint) {
        Map<String, String> extra = new LinkedHashMap<>(data.origin());
        extra.put("dataset_fingerprint", fingerprint);
        initial.ifPresent(before -> extra.putAll(before.lineage()));
        return new ModelDescription(data.assembler().input(), network.output(), data.scale(), 1, folder.runId(), extra);
    }
}
