package io.heimdall.app.command;

import io.heimdall.app.adapters.Adapters;
import io.heimdall.dataset.RecordingCatalog;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.dataset.Station;
import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.dataset.split.FoldRule;
import io.heimdall.dataset.split.Split;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.data.FilterFields;
import io.heimdall.pipeline.evaluation.EvaluationSummary;
import io.heimdall.pipeline.evaluation.RivalModel;
import io.heimdall.pipeline.evaluation.WorkspaceEvaluation;
import io.heimdall.pipeline.evaluation.WorkspaceEvaluation.Judged;
import io.heimdall.pipeline.prediction.ModelFiles;
import io.heimdall.pipeline.report.HtmlReport;
import io.heimdall.pipeline.report.Reports;
import io.heimdall.pipeline.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code heimdall evaluate}: evaluates a model and compares it with other methods. */
@Command(
        name = "evaluate",
        description = {
            "Evaluate a model on sessions that it has not learned from, and compare it with weighted centroid, RSS"
                    + " multilateration, k-NN fingerprints, the posterior of the fitted law, a radio map and, in a"
                    + " simulated world, the exact Bayes posterior, which no method can beat.",
            "Errors are distances on the ground. A region of 68 %% is the smallest one that holds the transmitter with that"
                    + " probability."
        },
        sortOptions = false,
        modelTransformer = EvaluateCommand.Wanted.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  heimdall evaluate --workspace heimdall-workspace",
            "  heimdall evaluate --workspace heimdall-workspace --model v2 --split validation --report v2.html",
            "  heimdall evaluate --workspace heimdall-workspace --from 2026-07-01",
            "  heimdall evaluate --workspace heimdall-workspace --model v2 --beside v1   (is v2 better?)"
        })
public final class EvaluateCommand implements Callable<Integer> {
    private static final FieldOptions<SessionFilter> WANTED =
            new FieldOptions<>(FilterFields.table(), SessionFilter::all);

    @Mixin
    private Output output;

    @Option(
            names = "--workspace",
            required = true,
            paramLabel = "DIR",
            description = "The workspace with the sessions.")
    private Path workspace;

    @Option(
            names = "--model",
            paramLabel = "FILE.onnx|VERSION",
            defaultValue = TrainingSettings.ALIAS,
            description = "A model file, or a registered version or alias (default: ${DEFAULT-VALUE}).")
    private String model;

    @Mixin
    private ModelName modelName;

    @Option(
            names = "--split",
            paramLabel = "SIDE",
            defaultValue = "test",
            description =
                    "The side of the split: train, validation or test (default: ${DEFAULT-VALUE}). For a model trained"
                            + " with --folds the test side is all sessions: each is judged by the member that has not"
                            + " seen its group.")
    private Split split;

    @Option(
            names = "--any-session",
            description = "Choose from all approved sessions, even if the training chose from a part of them.")
    private boolean anySession;

    @Option(
            names = "--beside",
            paramLabel = "FILE.onnx|VERSION",
            description = "Another model to evaluate on the same sessions, with the probability that --model is better."
                    + " May be given several times.")
    private List<String> beside = List.of();

    @Option(names = "--report", paramLabel = "FILE.html", description = "Write the report with the plots to this file.")
    private Path report;

    @Spec
    private CommandSpec command;

    EvaluateCommand() {}

    /** Adds the options that say which sessions are wanted. */
    static final class Wanted implements IModelTransformer {
        /** For picocli. */
        Wanted() {}

        @Override
        public CommandSpec transform(CommandSpec evaluate) {
            WANTED.addTo(evaluate, "Sessions to evaluate on (default: those that the training chose from)");
            return evaluate;
        }
    }

    @Override
    public Integer call() throws IOException {
        try (Workspace opened = Workspace.open(workspace);
                Services services = output.usage(
                        () -> Adapters.open(opened, output.configuration().variables()));
                ConsoleListener console = new ConsoleListener(output)) {
            Path onnx = ModelFiles.find(services.tracker(), modelName.name(), model);
            Judged judged = new WorkspaceEvaluation(
                            services.sessions(), onnx, filter(services.catalog()), rivals(services))
                    .on(split, console);
            console.end();
            if (!judged.filter().equals(SessionFilter.all())) {
                output.say("Judged on   " + judged.filter());
            }
            EvaluationTable.lines(judged.evaluation()).forEach(output::say);
            if (report != null) {
                write(judged, onnx, services.catalog().stations());
                output.say("Report      " + report);
            }
            Map<String, Object> summary = new LinkedHashMap<>(EvaluationSummary.of(judged.evaluation()));
            summary.put("filter", FilterFields.texts(judged.filter()));
            output.json(summary);
        }
        return 0;
    }

    private List<RivalModel> rivals(Services services) throws IOException {
        if (new HashSet<>(beside).size() < beside.size()) {
            output.usage(() -> {
                throw new IllegalArgumentException("--beside names the same model twice: " + String.join(", ", beside));
            });
        }
        List<RivalModel> rivals = new ArrayList<>();
        for (String word : beside) {
            Path file = ModelFiles.find(services.tracker(), modelName.name(), word);
            FeatureCache cache = services.sessions().features();
            rivals.add(new RivalModel(word, title(word), file, services.objects(), cache));
        }
        return rivals;
    }

    /** The end of a long path tells more than its beginning. */
    private static String title(String word) {
        return word.length() <= EvaluationTable.NAME_WIDTH
                ? word
                : "..." + word.substring(word.length() - EvaluationTable.NAME_WIDTH + 3);
    }

    /** What was typed; nothing, where the model is to be judged on the like of what it has learned from. */
    private Optional<SessionFilter> filter(RecordingCatalog catalog) throws IOException {
        SessionFilter typed = output.usage(() -> {
            SessionFilter filter = WANTED.over(SessionFilter.all(), command);
            catalog.check(filter);
            return filter;
        });
        return anySession || !typed.equals(SessionFilter.all()) ? Optional.of(typed) : Optional.empty();
    }

    private void write(Judged judged, Path onnx, List<Station> stations) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("model", onnx.toString());
        facts.put(
                "split",
                judged.rule().canonical()
                        + (judged.rule() instanceof FoldRule
                                ? ", each session judged by the member that has not seen its group"
                                : ", judged on " + split));
        facts.put("sessions", judged.filter().toString());
        HtmlReport.write(
                report,
                Reports.of(
                        "Heimdall: " + onnx.getFileName(), judged.evaluation(), List.of(), facts, List.of(), stations));
    }
}
