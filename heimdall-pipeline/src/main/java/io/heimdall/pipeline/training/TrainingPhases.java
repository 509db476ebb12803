package io.heimdall.pipeline.training;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.export.ModelDescription;
import io.heimdall.model.backend.SessionOptions;
import io.heimdall.model.backend.TrainingBackend;
import io.heimdall.model.backend.TrainingSession;
import io.heimdall.model.network.NetworkFamily;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Networks;
import io.heimdall.model.train.Trainer;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.model.train.TrainingResult;
import io.heimdall.model.weights.PretrainedBackbone;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.data.TrainingData;
import io.heimdall.pipeline.evaluation.Evaluation;
import io.heimdall.pipeline.evaluation.Evaluator;
import io.heimdall.pipeline.evaluation.RivalModel;
import io.heimdall.pipeline.input.Augmentation;
import io.heimdall.pipeline.input.SessionSamples;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import io.heimdall.pipeline.report.HtmlReport;
import io.heimdall.pipeline.report.Reports;
import io.heimdall.tracking.ModelVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** One pass of a training through its phases; each takes up what it finds done. */
record TrainingPhases(
        Services services,
        PipelineListener listener,
        TrainingFolder folder,
        TrainingTrack track,
        List<RivalModel> rivals) {
    /** Of the learning rate, after a pretraining. */
    private static final double REFINING = 0.2;

    TrainingOutcome run(TrainingBackend backend) throws IOException {
        TrainingSettings settings = folder.settings();
        NetworkFamily family = Networks.named(settings.network());
        try (TrainingData all = TrainingData.load(services, settings.data(), settings.producer(), listener)) {
            NetworkSpec network = family.network(all.assembler().input());
            TrainingData data = all.reading(network);
            SessionSamples training = data.samples(data.sessions().training(), settings.augmentation());
            String fingerprint = training.fingerprint();
            track.begun(settings.parameters(), fingerprint);
            TrainedModel model = new TrainedModel(network, description(data, network, fingerprint), false);
            if (!folder.finished()) { // or it has the sigma scale, and says which weights were kept
                model.write(folder.path());
            }

            TrainingPlan plan = settings.plan();
            SessionOptions options =
                    new SessionOptions(plan.seed(), settings.data().threads(), List.of());
            try (TrainingSession session = backend.open(network, options)) {
                pretrained(session, network);
                SessionSamples validation = data.samples(data.sessions().validation(), Augmentation.NONE);
                GroupBy groups = data.sessions().rule().groupBy();
                Optional<TrainingResult> simulated = new SimulatedTraining(folder, listener, track, backend)
                        .run(session, training, validation, groups);
                TrainingPlan refining = simulated.isPresent() ? refined(plan) : plan;
                TrainingResult result = new Trainer(
                                refining, folder.checkpoints(), new TrainingWatch(listener, track, Phase.TRAIN))
                        .resume(session, training, validation);
                if (result.end() == TrainingResult.End.CANCELLED) {
                    throw new CancellationException("the training was cancelled after epoch "
                            + result.history().size() + "; 'heimdall train --resume' goes on");
                }
                Kept kept = Kept.best(result, refining);
                if (simulated.isPresent()) {
                    kept = new Refinement(session, validation, groups).better(simulated.get(), result, refining);
                    track.refined(!kept.arePretrained());
                }
                return conclude(data, model.pretrained(kept.arePretrained()), session, kept);
            }
        }
    }

    /** Weights that know the law already are changed less by each step. */
    private TrainingPlan refined(TrainingPlan plan) {
        TrainingPlan refining = plan.withRates(REFINING * plan.learningRate(), plan.weightDecay());
        track.refining(refining);
        return refining;
    }

    /** A training that has begun has its first weights in its checkpoints, and does not look for the file again. */
    private void pretrained(TrainingSession session, NetworkSpec network) throws IOException {
        Optional<Path> file = folder.settings().pretrained();
        if (file.isPresent() && !folder.checkpoints().present()) {
            PretrainedBackbone backbone = PretrainedBackbone.read(file.get());
            session.load(backbone.into(network, session.weights()));
            track.pretrained(backbone);
        }
    }

    private ModelDescription description(TrainingData data, NetworkSpec network, String fingerprint) {
        Map<String, String> extra = new LinkedHashMap<>(data.origin());
        extra.put("dataset_fingerprint", fingerprint);
        return new ModelDescription(data.assembler().input(), network.output(), data.scale(), 1, folder.runId(), extra);
    }

    private TrainingOutcome conclude(TrainingData data, TrainedModel model, TrainingSession session, Kept kept)
            throws IOException {
        FeatureCache cache = new FeatureCache(services.featureCache());
        listener.begin(Phase.EXPORT, 0);
        ModelExport.calibrated(folder, model, data, session, services.objects(), cache);
        listener.begin(Phase.UPLOAD, 0);
        track.upload(model.description());
        listener.begin(Phase.REGISTER, 0);
        TrainingTrack.Registered registered = track.register(services.objects());
        ModelVersion version = registered.version();
        Optional<Evaluation> evaluation = report(data, kept, version, cache);
        services.models()
                .ifPresent(models -> models.addModel(
                        folder.runId(),
                        CatalogRow.of(folder, kept, registered, evaluation, services.sent(folder.runId()))));
        return new TrainingOutcome(
                folder.runId(),
                folder.path(),
                kept.result(),
                folder.onnx(),
                version.name(),
                version.version(),
                evaluation,
                evaluation.map(e -> folder.report()));
    }

    private Optional<Evaluation> report(TrainingData data, Kept kept, ModelVersion version, FeatureCache cache)
            throws IOException {
        List<Session> test = data.sessions().test();
        listener.begin(Phase.REPORT, test.size());
        if (test.isEmpty()) {
            listener.warn("the test split has no session: the model was not evaluated");
            return Optional.empty();
        }
        try (SessionLocalizer localizer = SessionLocalizer.open(folder.onnx(), services.objects(), cache)) {
            Evaluation evaluation = Evaluator.trainedOn(
                            data.sessions(),
                            services.world(),
                            folder.settings().data().filter(),
                            listener)
                    .beside(rivals)
                    .evaluate(localizer, test, listener);
            HtmlReport.write(
                    folder.report(),
                    Reports.of(
                            "Heimdall: " + version.name() + ", version " + version.version(),
                            evaluation,
                            data.warnings(),
                            facts(data, kept, version),
                            kept.result().history(),
                            stations(data)));
            track.judged(evaluation, folder.report());
            return Optional.of(evaluation);
        }
    }

    private Map<String, String> facts(TrainingData data, Kept kept, ModelVersion version) {
        TrainingResult result = kept.result();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("run", folder.runId());
        facts.put("model", version.name() + ", version " + version.version());
        facts.put(
                "sessions",
                data.sessions().training().size() + " training, "
                        + data.sessions().validation().size() + " validation, "
                        + data.sessions().test().size() + " test");
        facts.put("split", data.sessions().rule().canonical());
        facts.put("best epoch", TrainingOutcome.bestEpoch(result));
        data.assembler().input().parameters().forEach(facts::putIfAbsent);
        facts.putAll(kept.parameters(folder.settings()));
        facts.put("weights SHA-256", result.weights().sha256());
        return facts;
    }

    /** Returns each station once, where it stood first: a receiver on a car would cover the map. */
    private static List<Station> stations(TrainingData data) {
        Map<String, Station> stations = new LinkedHashMap<>();
        data.sessions().training().stream()
                .flatMap(session -> session.measurements().stream())
                .forEach(measurement ->
                        stations.putIfAbsent(measurement.station().name(), measurement.station()));
        return List.copyOf(stations.values());
    }
}
