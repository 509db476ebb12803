package io.heimdall.pipeline.training;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.export.BackendAgreement;
import io.heimdall.export.ModelDescription;
import io.heimdall.export.OnnxExporter;
import io.heimdall.files.ObjectStore;
import io.heimdall.files.WholeFile;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.backend.SessionOptions;
import io.heimdall.model.backend.TrainingBackend;
import io.heimdall.model.backend.TrainingSession;
import io.heimdall.model.input.Batches;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.metrics.JudgedForecast;
import io.heimdall.model.metrics.JudgedForecasts;
import io.heimdall.model.metrics.LevelCalibration;
import io.heimdall.model.metrics.SigmaScale;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.train.Checkpoint;
import io.heimdall.model.train.Checkpoints;
import io.heimdall.model.weights.Weights;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.data.Ensemble;
import io.heimdall.pipeline.data.SplitSessions;
import io.heimdall.pipeline.data.TrainingData;
import io.heimdall.pipeline.input.Producer;
import io.heimdall.pipeline.input.Producers;
import io.heimdall.pipeline.location.EvidenceMetadata;
import io.heimdall.pipeline.location.FittedEvidence;
import io.heimdall.pipeline.prediction.Estimate;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writes weights as a model file, and compares its outputs with the backend's before it is published. */
public final class ModelExport {
    private static final int COMPARED_SAMPLES = 8;
    private static final int COMPARED_ELEMENTS = 5;

    private ModelExport() {}

    /**
     * What {@link #checkpoint} has made.
     *
     * @param weightsSha256 digest of the weights
     * @param epoch of the weights; 0 where a training has kept those of its pretraining, and for an ensemble
     * @param members of the ensemble; 1 for a single network
     * @param agreement with the backend
     */
    public record Exported(String weightsSha256, int epoch, int members, BackendAgreement agreement) {}

    /**
     * Exports a checkpoint: the one that a training has kept, the best one of its epochs or of its pretraining, or a certain one.
     *
     * @param directory a training's folder, its {@code checkpoints} or {@code pretraining}, or one of these; of an ensemble, its
     *     folder or a member's
     * @param onnx written aside and renamed
     * @throws IOException if a file cannot be read or written
     * @throws PipelineException if {@code directory} is no such place
     */
    public static Exported checkpoint(Path directory, Path onnx, TrainingBackend backend) throws IOException {
        if (TrainingFolder.isOfEnsemble(directory)) {
            Ensemble ensemble = EnsembleCalibration.read(directory);
            return ensemble(FinishedMember.all(directory), ensemble, onnx, backend);
        }
        Path folder = folder(directory);
        TrainedModel model = TrainedModelJson.read(folder);
        Optional<Weights> judged = Checkpoints.judged(directory);
        Weights weights;
        int epoch;
        if (judged.isPresent()) {
            weights = judged.get();
            epoch = Integer.parseInt("0" + directory.getFileName().toString().replaceAll("\\D", ""));
        } else {
            boolean kept = isSame(directory, folder) && model.pretrained();
            boolean pretrained = kept || isSame(directory, folder.resolve(TrainingFolder.PRETRAINING));
            Checkpoint best = kept(folder, model.pretrained(pretrained));
            weights = best.weights();
            epoch = kept ? Kept.NO_EPOCH : best.epoch();
        }
        NetworkSpec network = model.network();
        try (TrainingSession session = backend.open(network, SessionOptions.seeded(0))) {
            session.load(weights);
            BackendAgreement agreement =
                    write(onnx, model, session, noise(model.description().input()));
            return new Exported(weights.sha256(), epoch, 1, agreement);
        }
    }

    private static Exported ensemble(
            List<FinishedMember> members, Ensemble ensemble, Path onnx, TrainingBackend backend) throws IOException {
        EnsembleExport export = new EnsembleExport(members, backend);
        BackendAgreement agreement = export.write(
                onnx, ensemble, noise(members.get(0).model().description().input()));
        List<Kept> kept = members.stream().map(FinishedMember::kept).toList();
        Weights weights = Kept.ofMembers(kept, kept.get(0).plan()).result().weights();
        return new Exported(weights.sha256(), Kept.NO_EPOCH, members.size(), agreement);
    }

    /** Returns the checkpoint that the training in a folder has kept of its epochs, or of its pretraining. */
    static Checkpoint kept(Path folder, TrainedModel model) {
        Path from = folder.resolve(model.pretrained() ? TrainingFolder.PRETRAINING : TrainingFolder.CHECKPOINTS);
        return Checkpoints.in(from).best().orElseThrow(() -> new PipelineException(from + " has no checkpoint"));
    }

    private static boolean isSame(Path one, Path other) {
        return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    private static Path folder(Path directory) {
        Path folder = directory.toAbsolutePath().normalize();
        for (int up = 0; up < 3 && folder != null; up++, folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(TrainedModelJson.FILE))) {
                return folder;
            }
        }
        throw new PipelineException(directory + " is neither a training's folder nor in one: expected "
                + TrainedModelJson.FILE + " there; trainings are in WORKSPACE/trainings");
    }

    /** Numbers of a plausible size, where there are no recordings at hand. */
    private static Map<String, FloatTensor> noise(InputSpec input) {
        Random random = new Random(0);
        Producer producer = Producers.named(input.producer());
        Map<String, FloatTensor> batch = new LinkedHashMap<>();
        for (TensorSpec spec : input.given()) {
            int[] shape = IntStream.concat(
                            IntStream.of(COMPARED_SAMPLES),
                            spec.axes().stream().mapToInt(axis -> axis.isFree() ? COMPARED_ELEMENTS : axis.length()))
                    .toArray();
            FloatTensor tensor = FloatTensor.zeros(shape);
            for (int i = 0; i < tensor.values().length; i++) {
                tensor.values()[i] = producer.plausible(spec, random);
            }
            batch.put(spec.name(), tensor);
        }
        return batch;
    }

    /**
     * Fits the sigma scale and the map of credible levels on the validation split, then what other evidence needs, and exports.
     *
     * @param session with the weights to export
     * @param evidence empty for a member of an ensemble, beside which nothing is fitted
     * @return the model as it was exported
     */
    static TrainedModel calibrated(
            TrainingFolder folder,
            TrainedModel model,
            TrainingData data,
            TrainingSession session,
            ObjectStore objects,
            FeatureCache cache,
            Optional<EvidenceTraining> evidence)
            throws IOException {
        Map<String, FloatTensor> compared = someSamples(data);
        write(folder.onnx(), model, session, compared);
        TrainedModel calibrated = model.described(
                fit(model.description(), folder.onnx(), data.sessions().validation(), objects, cache));
        write(folder.onnx(), calibrated, session, compared);
        Optional<FittedEvidence> fitted = evidence(evidence, folder.onnx(), data.sessions(), objects, cache);
        if (fitted.isPresent()) {
            calibrated = calibrated.described(
                    calibrated.description().with(EvidenceMetadata.KEY, EvidenceMetadata.text(fitted.get())));
            write(folder.onnx(), calibrated, session, compared);
        }
        TrainedModelJson.write(calibrated, folder.path());
        return calibrated;
    }

    private static Optional<FittedEvidence> evidence(
            Optional<EvidenceTraining> training,
            Path onnx,
            SplitSessions sessions,
            ObjectStore objects,
            FeatureCache cache)
            throws IOException {
        List<Session> seen = Stream.concat(sessions.training().stream(), sessions.validation().stream())
                .toList();
        if (training.filter(one -> one.isWorthwhile(seen)).isEmpty()) {
            return Optional.empty();
        }
        try (SessionLocalizer model = SessionLocalizer.open(onnx, objects, cache)) {
            return training.get().fit(sessions, model);
        }
    }

    private static ModelDescription fit(
            ModelDescription description, Path onnx, List<Session> validation, ObjectStore objects, FeatureCache cache)
            throws IOException {
        if (validation.isEmpty()) {
            return description;
        }
        try (SessionLocalizer plain = SessionLocalizer.open(onnx, objects, cache)) {
            List<Estimate> estimates = plain.locate(validation, done -> {});
            if (estimates.isEmpty()) {
                return description;
            }
            JudgedForecasts judged = Estimate.judged(estimates);
            if (!Estimate.isOneOfEach(estimates) || !LevelCalibration.isFittedOn(judged.size())) {
                return description.withSigmaScale(SigmaScale.covering(judged).factor());
            }
            double factor = SigmaScale.likeliest(judged).factor();
            List<Double> levels = judged.scaled(factor).all().stream()
                    .map(JudgedForecast::credibleLevel)
                    .toList();
            LevelCalibration fitted =
                    LevelCalibration.fit(levels, plain.stations(Estimate.sessions(estimates, validation)));
            return description.withSigmaScale(factor).with(LevelCalibration.KEY, fitted.text());
        }
    }

    static Map<String, FloatTensor> someSamples(TrainingData data) {
        List<Map<String, FloatTensor>> some = data.observations(data.sessions().training()).stream()
                .limit(COMPARED_SAMPLES)
                .map(data.assembler()::given)
                .toList();
        return Batches.stack(data.assembler().input().given(), some);
    }

    private static BackendAgreement write(
            Path onnx, TrainedModel model, TrainingSession session, Map<String, FloatTensor> compared)
            throws IOException {
        Files.createDirectories(onnx.toAbsolutePath().getParent());
        return WholeFile.make(onnx, aside -> {
            OnnxExporter.write(aside, model.of(session.weights()), model.description());
            return BackendAgreement.check(aside, model.description(), model.pool(), compared, session::predict);
        });
    }
}
