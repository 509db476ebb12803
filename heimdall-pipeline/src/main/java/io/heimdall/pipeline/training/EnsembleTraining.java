package io.heimdall.pipeline.training;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.backend.TrainingBackend;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Networks;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.SessionSource;
import io.heimdall.pipeline.data.Ensemble;
import io.heimdall.pipeline.data.FoldData;
import io.heimdall.pipeline.data.TrainingData;
import io.heimdall.pipeline.location.EvidenceMetadata;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The training of an ensemble: one network after the other, each outside of its fold, each in a folder of its own.
 *
 * <p>A member that has been trained is not looked at again, whatever happens to the process afterwards.
 */
record EnsembleTraining(
        SessionSource source,
        TrainingFolder folder,
        PipelineListener listener,
        TrainingTrack track,
        TrainingBackend backend,
        EvidenceTraining evidence) {

    /** Trains what is not trained yet, and exports. */
    Learned run() throws IOException {
        TrainingSettings settings = folder.settings();
        try (FoldData all = FoldData.load(source, settings.dataToRead(), settings.producer(), listener)) {
            TrainingData any = all.members().get(0);
            NetworkSpec network =
                    Networks.named(settings.network()).network(any.assembler().input());
            FoldData data = all.reading(network);
            TrainingData first = data.members().get(0);
            String fingerprint =
                    first.samples(data.sessions(), settings.augmentation()).fingerprint();
            track.begun(TrainingFields.table().parameters(settings), fingerprint);
            List<FinishedMember> members = new ArrayList<>();
            int epochs = 0;
            for (int k = 1; k <= data.members().size(); k++) {
                FinishedMember member = member(k, epochs, data, network, fingerprint);
                members.add(member);
                epochs += member.kept().result().history().size();
            }
            listener.member(0, members.size());
            listener.begin(Phase.EXPORT, 0);
            EnsembleExport export = new EnsembleExport(members, backend);
            Ensemble ensemble = calibrated(export, data);
            List<Kept> kept = members.stream().map(FinishedMember::kept).toList();
            return new Learned(
                    Kept.ofMembers(kept, settings.plan()),
                    kept.stream().map(Kept::result).toList(),
                    export.description(ensemble),
                    data.members().stream().map(TrainingData::sessions).toList(),
                    first.warnings());
        }
    }

    private Ensemble calibrated(EnsembleExport export, FoldData data) throws IOException {
        Map<String, FloatTensor> compared =
                ModelExport.someSamples(data.members().get(0));
        export.write(folder.onnx(), Ensemble.plain(data.rule()), compared);
        Ensemble ensemble;
        try (SessionLocalizer plain = SessionLocalizer.open(folder.onnx(), source.objects(), source.features())) {
            ensemble = EnsembleCalibration.fit(data.rule(), plain, data.sessions());
        }
        export.write(folder.onnx(), ensemble, compared);
        if (evidence.isWorthwhile(data.sessions())) {
            ensemble = withEvidence(ensemble, data);
            export.write(folder.onnx(), ensemble, compared);
        }
        EnsembleCalibration.write(folder.path(), ensemble);
        return ensemble;
    }

    private Ensemble withEvidence(Ensemble ensemble, FoldData data) throws IOException {
        try (SessionLocalizer model = SessionLocalizer.open(folder.onnx(), source.objects(), source.features())) {
            return evidence.fit(data.rule(), data.sessions(), model)
                    .map(fitted -> ensemble.with(Map.of(EvidenceMetadata.KEY, EvidenceMetadata.text(fitted))))
                    .orElse(ensemble);
        }
    }

    private FinishedMember member(int number, int epochs, FoldData data, NetworkSpec network, String fingerprint)
            throws IOException {
        TrainingFolder own = folder.member(number);
        if (!own.finished()) {
            listener.member(number, data.members().size());
            MemberListener renumbering = new MemberListener(listener, epochs);
            new NetworkTraining(
                            source,
                            own,
                            renumbering,
                            track.ofMember(own, number),
                            backend,
                            Optional.empty(),
                            Optional.empty())
                    .run(data.members().get(number - 1), network, fingerprint);
            own = own.finish();
        }
        return FinishedMember.read(own);
    }
}
