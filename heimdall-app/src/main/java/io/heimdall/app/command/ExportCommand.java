package io.heimdall.app.command;

import io.heimdall.model.backend.Backends;
import io.heimdall.model.backend.TrainingBackend;
import io.heimdall.pipeline.training.ModelExport;
import io.heimdall.pipeline.training.ModelExport.Exported;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code heimdall export}: writes a checkpoint as an ONNX file. */
@Command(
        name = "export",
        description = {
            "Write a training's checkpoint as an ONNX file that reads decibels and gives positions in degrees.",
            "Before the file appears, ONNX Runtime runs it and the results are compared with the training engine's."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heimdall export --checkpoint heimdall-workspace/trainings/RUN --out model.onnx",
            "      the best weights of a training, as in its registered model",
            "  heimdall export --checkpoint heimdall-workspace/trainings/RUN/checkpoints/last-000012 --out epoch12.onnx",
            "      the weights of one checkpoint"
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

    ExportCommand() {}

    @Override
    public Integer call() throws IOException {
        TrainingBackend engine = backend == null ? Backends.preferred() : Backends.require(backend);
        Exported exported = ModelExport.checkpoint(checkpoint, out, engine);
        String weights = exported.members() > 1
                ? "the mixture of " + exported.members() + " members"
                : exported.epoch() == 0
                        ? "the pretrained weights, which no epoch improved"
                        : "epoch " + exported.epoch();
        output.say(out + ": " + weights + ", agrees with " + engine.id()
                + String.format(
                        java.util.Locale.ROOT,
                        " to %.1e of the output's scale",
                        exported.agreement().largest()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("out", out.toString());
        json.put("epoch", exported.epoch());
        json.put("members", exported.members());
        json.put("weights_sha256", exported.weightsSha256());
        json.put("backend", engine.id());
        json.put("largest_difference", exported.agreement().largest());
        output.json(json);
        return 0;
    }
}
