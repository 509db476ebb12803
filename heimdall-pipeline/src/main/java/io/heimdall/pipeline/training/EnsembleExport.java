package io.heimdall.pipeline.training;

import io.heimdall.export.BackendAgreement;
import io.heimdall.export.EnsembleMember;
import io.heimdall.export.ModelDescription;
import io.heimdall.export.OnnxExporter;
import io.heimdall.files.WholeFile;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.backend.SessionOptions;
import io.heimdall.model.backend.TrainingBackend;
import io.heimdall.model.backend.TrainingSession;
import io.heimdall.model.evidence.LogPool;
import io.heimdall.model.output.GaussianDistribution;
import io.heimdall.pipeline.data.Ensemble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Turns the members of an ensemble into one model file, and holds it against the backend before anybody sees it. */
record EnsembleExport(List<FinishedMember> members, TrainingBackend backend) {

    /** Returns what the file says of itself. */
    ModelDescription description(Ensemble ensemble) {
        ModelDescription first = members.get(0).model().description();
        Map<String, String> extra = new LinkedHashMap<>(first.extra());
        extra.putAll(ensemble.metadata());
        if (members.stream().anyMatch(member -> member.model().pool().isPresent())) {
            extra.put(
                    LogPool.KEY,
                    members.stream()
                            .map(member ->
                                    member.model().pool().map(LogPool::text).orElse("network"))
                            .collect(Collectors.joining(" | ")));
        }
        return new ModelDescription(
                first.input(),
                EnsembleMember.output(first.output(), members.size()),
                first.scale(),
                ensemble.sigmaScale(),
                first.runId(),
                extra);
    }

    /**
     * Writes the file.
     *
     * @param given what a client may give, to compare file and backend
     */
    BackendAgreement write(Path onnx, Ensemble ensemble, Map<String, FloatTensor> given) throws IOException {
        ModelDescription description = description(ensemble);
        List<GaussianDistribution> expected = expected(given, ensemble.sigmaScale());
        Files.createDirectories(onnx.toAbsolutePath().getParent());
        return WholeFile.make(onnx, aside -> {
            OnnxExporter.writeEnsemble(aside, FinishedMember.exported(members), description);
            return BackendAgreement.check(aside, description, given, expected);
        });
    }

    /** One member after the other: five networks at a time would take five times the memory. */
    private List<GaussianDistribution> expected(Map<String, FloatTensor> given, double sigmaScale) {
        List<List<GaussianDistribution>> ofMembers = new ArrayList<>();
        for (FinishedMember member : members) {
            TrainedModel model = member.model();
            try (TrainingSession session = backend.open(model.network(), SessionOptions.seeded(0))) {
                session.load(member.kept().result().weights());
                Map<String, FloatTensor> inputs = model.description().input().prepare(given);
                ofMembers.add(BackendAgreement.distributions(
                        model.description().withSigmaScale(sigmaScale), session.predict(inputs), model.pool(), inputs));
            }
        }
        return IntStream.range(0, ofMembers.get(0).size())
                .<GaussianDistribution>mapToObj(row -> EnsembleMember.mixture(
                        ofMembers.stream().map(member -> member.get(row)).toList()))
                .toList();
    }
}
