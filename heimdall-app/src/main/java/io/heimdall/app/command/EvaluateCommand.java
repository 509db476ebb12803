package io.heimdall.app.command;

import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.split.Split;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.evaluation.WorkspaceEvaluation;
import io.heimdall.pipeline.evaluation.WorkspaceEvaluation.Judged;
import io.heimdall.pipeline.prediction.ModelFiles;
import io.heimdall.pipeline.report.HtmlReport;
import io.heimdall.pipeline.report.Reports;
import io.heimdall.pipeline.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code heimdall evaluate}: judges a model beside the other ways to locate. */
@Command(
        name = "evaluate",
        description = {
            "Judge a model on sessions that it has not learned from, beside weighted centroid, RSS multilateration, k-NN"
                    + " fingerprints and, in a simulated world, the exact Bayes posterior that no method can beat.",
            "Errors are distances on the ground. A region of 68 %% is the ellipse of 1.51 sigma."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heimdall evaluate --workspace heimdall-workspace",
            "  heimdall evaluate --workspace heimdall-workspace --model v2 --split validation --report v2.html"
        })
public final class EvaluateCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Option(names = "--workspace", required = true, paramLabel = "DIR", description = "Has the sessions.")
    private Path workspace;

    @Option(
            names = "--model",
            paramLabel = "FILE.onnx|VERSION",
            defaultValue = TrainingSettings.ALIAS,
            description = "A file, or a registered version or alias (default: ${DEFAULT-VALUE}).")
    private String model;

    @Option(
            names = "--model-name",
            paramLabel = "NAME",
            defaultValue = TrainingSettings.MODEL_NAME,
            description = "Of the registered model (default: ${DEFAULT-VALUE}).")
    private String modelName;

    @Option(
            names = "--split",
            paramLabel = "SIDE",
            defaultValue = "test",
            description = "train, validation or test (default: ${DEFAULT-VALUE}).")
    private Split split;

    @Option(names = "--report", paramLabel = "FILE.html", description = "Write the plots there too.")
    private Path report;

    EvaluateCommand() {}

    @Override
    public Integer call() throws IOException {
        try (Workspace opened = Workspace.open(workspace);
                Services services = output.usage(
                        () -> Services.of(opened, output.configuration().variables()));
                ConsoleListener console = new ConsoleListener(output)) {
            Path onnx = ModelFiles.find(services.tracker(), modelName, model);
            Judged judged = new WorkspaceEvaluation(services, onnx).on(split, console);
            console.end();
            EvaluationTable.lines(judged.evaluation()).forEach(output::say);
            if (report != null) {
                write(judged, onnx, services);
                output.say("Report      " + report);
            }
            output.json(judged.evaluation().summary());
        }
        return 0;
    }

    private void write(Judged judged, Path onnx, Services services) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("model", onnx.toString());
        facts.put("split", judged.sessions().rule().canonical() + ", judged on " + split);
        HtmlReport.write(
                report,
                Reports.of(
                        "Heimdall: " + onnx.getFileName(),
                        judged.evaluation(),
                        List.of(),
                        facts,
                        List.of(),
                        services.catalog().stations()));
    }
}
