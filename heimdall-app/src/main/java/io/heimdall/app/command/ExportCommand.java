package io.heimdall.app.command;

import io.heimdall.app.adapters.Adapters;
import io.heimdall.dataset.Workspace;
import io.heimdall.export.Precision;
import io.heimdall.files.Directories;
import io.heimdall.model.backend.Backends;
import io.heimdall.model.backend.TrainingBackend;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.modelfile.FileNames;
import io.heimdall.pipeline.modelfile.ListedFile;
import io.heimdall.pipeline.modelfile.PrecisionCost;
import io.heimdall.pipeline.modelfile.PrecisionExport;
import io.heimdall.pipeline.modelfile.RecordingExport;
import io.heimdall.pipeline.training.ModelExport;
import io.heimdall.pipeline.training.ModelExport.Exported;
import io.heimdall.tracking.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code heimdall export}: writes a checkpoint as an ONNX file. */
@Command(
        name = "export",
        description = {
            "Write a training's checkpoint as an ONNX file that reads decibels and gives positions in degrees.",
            "Before the file appears, ONNX Runtime runs it and the results are compared with the training engine's.",
            "A smaller file (--precision) is made of that one. It appears only if, on the training's validation"
                    + " sessions, its median error is at most 1 %% larger and the coverage of no region moves by more than"
                    + " 1 point."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heimdall export --checkpoint heimdall-workspace/trainings/RUN --out model.onnx",
            "      the best weights of a training, as in its registered model",
            "  heimdall export --checkpoint heimdall-workspace/trainings/RUN/checkpoints/last-000012 --out"
                    + " epoch12.onnx",
            "      the weights of one checkpoint",
            "  heimdall export --checkpoint heimdall-workspace/trainings/RUN --precision int8 --out model-int8.onnx",
            "      with weights of 8 bits; listed with the version that the training has registered",
            "  heimdall export --checkpoint heimdall-workspace/trainings/RUN --input iq --rate 12500 --seconds 1 --out"
                    + " iq.onnx",
            "      reads recordings of one second in the place of their features"
        })
public final class ExportCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Option(
            names = "--checkpoint",
            required = true,
            paramLabel = "DIR",
            description = "A training's folder, or one of its checkpoints.")
    private Path checkpoint;

    @Option(names = "--out", required = true, paramLabel = "FILE.onnx", description = "File for the model.")
    private Path out;

    @Option(
            names = "--backend",
            paramLabel = "ID",
            description = "The engine to compare with (default: the first that works).")
    private String backend;

    @Option(
            names = "--precision",
            paramLabel = "NAME",
            defaultValue = "float32",
            description =
                    "Numbers that the weights are kept in: float32, fp16, bf16 or int8 (default: ${DEFAULT-VALUE})."
                            + " int8 computes in 8 bits, too, and is calibrated on training sessions.")
    private String precision;

    @Option(
            names = "--input",
            paramLabel = "KIND",
            defaultValue = "features",
            description =
                    "What the file reads: features (decibels, as 'heimdall features' writes them) or iq (the recordings"
                            + " themselves, for programs without Heimdall; default: ${DEFAULT-VALUE}).")
    private String input;

    @Option(names = "--rate", paramLabel = "HZ", description = "With --input iq: samples per second of the recordings.")
    private Double rate;

    @Option(names = "--seconds", paramLabel = "S", description = "With --input iq: length of the recordings.")
    private Double seconds;

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            description = "The workspace with the sessions that a smaller file is judged on (default: the one that the"
                    + " training's folder is in).")
    private Path workspace;

    ExportCommand() {}

    @Override
    public Integer call() throws IOException {
        Precision wanted = output.usage(() -> Precision.parse(precision));
        Optional<RecordingExport> recordings = output.usage(this::recordings);
        Optional<Path> sessions = output.usage(() -> sessions(wanted));
        TrainingBackend engine = backend == null ? Backends.preferred() : Backends.require(backend);
        Map<String, Object> json = new LinkedHashMap<>();
        if (sessions.isEmpty() && recordings.isEmpty()) {
            write(out, engine, json);
        } else {
            Path folder = out.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            Path between = Files.createTempDirectory(folder, ".export");
            try {
                Path float32 = between.resolve("float32.onnx");
                write(float32, engine, json);
                if (sessions.isPresent()) {
                    smaller(float32, wanted, sessions.get(), recordings, json);
                } else {
                    ofRecordings(recordings.orElseThrow(), float32, json);
                }
            } finally {
                Directories.delete(between);
            }
        }
        output.json(json);
        return 0;
    }

    private Optional<RecordingExport> recordings() {
        if (!input.equals("features") && !input.equals("iq")) {
            throw new IllegalArgumentException("--input '" + input + "' is neither features nor iq");
        }
        boolean iq = input.equals("iq");
        if (iq != (rate != null) || iq != (seconds != null)) {
            throw new IllegalArgumentException(
                    iq
                            ? "--input iq needs --rate and --seconds: the file reads recordings of one length"
                            : "--rate and --seconds are of the recordings that a file of --input iq reads");
        }
        return iq ? Optional.of(new RecordingExport(rate, seconds)) : Optional.empty();
    }

    private void ofRecordings(RecordingExport export, Path model, Map<String, Object> json) throws IOException {
        double difference = output.usage(() -> export.write(model, out, new FileNames(checkpoint, out)));
        output.say(out + ": reads recordings of " + export.samples() + " samples; "
                + String.format(Locale.ROOT, "features within %.1e dB of Heimdall's", difference));
        json.put("iq_samples", export.samples());
        json.put("iq_largest_difference_db", difference);
    }

    private void smaller(
            Path float32,
            Precision wanted,
            Path sessions,
            Optional<RecordingExport> recordings,
            Map<String, Object> json)
            throws IOException {
        try (Workspace opened = Workspace.open(sessions);
                Services services = output.usage(
                        () -> Adapters.open(opened, output.configuration().variables()))) {
            Path file = recordings.isEmpty() ? out : float32.resolveSibling("smaller.onnx");
            PrecisionCost judged = new PrecisionExport(services.sessions())
                    .write(float32, file, wanted, new FileNames(checkpoint, out));
            if (recordings.isPresent()) {
                ofRecordings(recordings.get(), file, json);
            }
            PrecisionCost cost = judged.withBytes(Files.size(out));
            output.say(out + ": " + wanted + ", " + cost.text());
            json.putAll(cost.json());
            Optional<ModelVersion> version = recordings.isEmpty()
                    ? ListedFile.list(services.destination(), services.trainings(), float32, out, cost)
                    : Optional.empty();
            output.say(version.map(v -> "listed with v" + v.version() + " of " + v.name())
                    .orElse(
                            recordings.isEmpty()
                                    ? "not listed: no version that is registered here has the weights of " + checkpoint
                                    : "not listed: files that read recordings are not listed with a version"));
            json.put("model_version", version.map(ModelVersion::version).orElse(null));
        }
    }

    /** Returns the workspace with the sessions that a smaller file is judged on. */
    private Optional<Path> sessions(Precision wanted) {
        if (wanted == Precision.FLOAT32 && workspace != null) {
            throw new IllegalArgumentException("--workspace has the sessions that a smaller file is judged on: expected"
                    + " --precision fp16, bf16 or int8 beside it");
        }
        return wanted == Precision.FLOAT32 ? Optional.empty() : Optional.of(workspace());
    }

    /** A training's folder is WORKSPACE/trainings/RUN; checkpoints are in it. */
    private Path workspace() {
        if (workspace != null) {
            return workspace;
        }
        for (Path folder = checkpoint.toAbsolutePath().normalize(); folder != null; folder = folder.getParent()) {
            if (folder.endsWith("trainings")) {
                return folder.resolveSibling("");
            }
        }
        throw new PipelineException(checkpoint + " is in no workspace, and --precision " + precision
                + " is judged on sessions: name their workspace with --workspace");
    }

    private void write(Path file, TrainingBackend engine, Map<String, Object> json) throws IOException {
        Exported exported = ModelExport.checkpoint(checkpoint, file, engine);
        String weights = exported.members() > 1
                ? "the mixture of " + exported.members() + " members"
                : exported.epoch() == 0
                        ? "the pretrained weights, which no epoch improved"
                        : "epoch " + exported.epoch();
        output.say((file.equals(out) ? out : "float32") + ": " + weights + ", agrees with " + engine.id()
                + String.format(
                        Locale.ROOT,
                        " to %.1e of the output's scale",
                        exported.agreement().largest()));
        json.put("out", out.toString());
        json.put("epoch", exported.epoch());
        json.put("members", exported.members());
        json.put("weights_sha256", exported.weightsSha256());
        json.put("backend", engine.id());
        json.put("largest_difference", exported.agreement().largest());
    }
}
