package io.heimdall.pipeline.training;

import io.heimdall.dataset.Session;
import io.heimdall.model.backend.TrainingBackend;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Networks;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.SessionSource;
import io.heimdall.pipeline.card.ModelCard;
import io.heimdall.pipeline.data.TrainingData;
import io.heimdall.pipeline.evaluation.Evaluation;
import io.heimdall.pipeline.evaluation.Evaluator;
import io.heimdall.pipeline.evaluation.RivalModel;
import io.heimdall.pipeline.location.EvidenceMetadata;
import io.heimdall.pipeline.location.SessionEvidences;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import io.heimdall.pipeline.report.HtmlReport;
import io.heimdall.pipeline.report.Reports;
import io.heimdall.tracking.ModelVersion;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One pass of a training through its phases; each takes up what it finds done. */
record TrainingPhases(
        SessionSource source,
        PipelineListener listener,
        TrainingFolder folder,
        TrainingTrack track,
        List<RivalModel> rivals) {

    TrainingOutcome run(TrainingBackend backend) throws IOException {
        SessionEvidences measured = new SessionEvidences(source.objects());
        EvidenceTraining evidence = new EvidenceTraining(measured, listener);
        EpochStream.warning(folder.settings()).ifPresent(listener::warn);
        Learned learned = folder.settings().data().folds().isPresent()
                ? new EnsembleTraining(source, folder, listener, track, backend, evidence).run()
                : network(backend, evidence);
        return conclude(learned, measured);
    }

    private Learned network(TrainingBackend backend, EvidenceTraining evidence) throws IOException {
        TrainingSettings settings = folder.settings();
        Optional<InitialModel> initial = InitialModel.in(folder);
        try (TrainingData fitted = TrainingData.load(source, settings.dataToRead(), settings.producer(), listener)) {
            TrainingData all =
                    initial.map(before -> before.reading(fitted, source)).orElse(fitted);
            NetworkSpec network =
                    Networks.named(settings.network()).network(all.assembler().input());
            TrainingData data = all.reading(network);
            String fingerprint = data.samples(data.sessions().training(), settings.augmentation())
                    .fingerprint();
            track.begun(TrainingFields.table().parameters(settings), fingerprint);
            initial.ifPresent(track::initial);
            NetworkTraining.Trained trained = new NetworkTraining(
                            source, folder, listener, track, backend, Optional.of(evidence), initial)
                    .run(data, network, fingerprint);
            return new Learned(
                    trained.kept(),
                    List.of(trained.kept().result()),
                    trained.model().description(),
                    List.of(data.sessions()),
                    data.warnings());
        }
    }

    private TrainingOutcome conclude(Learned learned, SessionEvidences measured) throws IOException {
        Kept kept = learned.kept();
        listener.begin(Phase.UPLOAD, 0);
        track.upload(learned.description());
        if (learned.splits().size() == 1) { // the members of an ensemble judge out of fold
            track.learned(learned.splits().get(0));
        }
        listener.begin(Phase.REGISTER, 0);
        TrainingTrack.Registered registered = track.register();
        ModelVersion version = registered.version();
        Optional<Evaluation> evaluation = report(learned, version, measured);
        track.card(ModelCard.of(
                version.name() + ", version " + version.version(),
                facts(learned, version),
                learned.description(),
                learned.splits(),
                source.world().isPresent(),
                evaluation));
        track.conclude(kept, registered, evaluation);
        return new TrainingOutcome(
                folder.runId(),
                folder.path(),
                kept.result(),
                learned.members(),
                folder.onnx(),
                version.name(),
                version.version(),
                evaluation,
                evaluation.map(e -> folder.report()),
                EvidenceMetadata.in(learned.description().extra()));
    }

    private Optional<Evaluation> report(Learned learned, ModelVersion version, SessionEvidences measured)
            throws IOException {
        List<Session> test = learned.judged();
        listener.begin(Phase.REPORT, test.size());
        if (test.isEmpty()) {
            listener.warn("the test split has no session: the model was not evaluated");
            return Optional.empty();
        }
        try (SessionLocalizer localizer = SessionLocalizer.open(folder.onnx(), source.objects(), source.features())) {
            Evaluation evaluation = Evaluator.trainedOn(
                            learned.splits(),
                            source.world(),
                            folder.settings().data().filter(),
                            listener)
                    .beside(rivals)
                    .evaluate(localizer, test, measured, listener);
            HtmlReport.write(
                    folder.report(),
                    Reports.of(
                            "Heimdall: " + version.name() + ", version " + version.version(),
                            evaluation,
                            learned.warnings(),
                            facts(learned, version),
                            learned.kept().result().history(),
                            learned.stations()));
            track.judged(evaluation, folder.report());
            return Optional.of(evaluation);
        }
    }

    private Map<String, String> facts(Learned learned, ModelVersion version) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("run", folder.runId());
        facts.put("model", version.name() + ", version " + version.version());
        facts.put("sessions", learned.sessions());
        facts.put("split", learned.splits().get(0).rule().canonical());
        facts.put("best epoch", TrainingOutcome.bestEpochs(learned.members()));
        learned.description().input().parameters().forEach(facts::putIfAbsent);
        facts.putAll(learned.kept().parameters(folder.settings()));
        EvidenceMetadata.in(learned.description().extra())
                .ifPresent(fitted -> fitted.facts().forEach(facts::putIfAbsent));
        facts.put("weights SHA-256", learned.kept().result().weights().sha256());
        return facts;
    }
}
