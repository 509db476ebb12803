package io.heimdall.app.command;

import io.heimdall.app.adapters.Adapters;
import io.heimdall.dataset.Workspace;
import io.heimdall.model.network.LayerSummary;
import io.heimdall.model.network.NetworkSummary;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.modelfile.ListedFile;
import io.heimdall.pipeline.prediction.ModelFiles;
import io.heimdall.pipeline.prediction.ModelSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heimdall summary}: the layers of a network with their shapes and costs. */
@Command(
        name = "summary",
        description = {
            "Show the layers of a network: shapes, parameters, megabytes, operations for one session.",
            "An operation is a multiplication or an addition of a convolution, a linear layer or attention."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  heimdall summary",
            "      the default network, before it is trained",
            "  heimdall summary --network resnet18 --stations 12",
            "  heimdall summary model.onnx",
            "  heimdall summary --workspace heimdall-workspace champion"
        })
public final class SummaryCommand implements Callable<Integer> {
    private static final int USUAL_STATIONS = 7;
    private static final int MOST_STATIONS = 100_000;

    @Mixin
    private Output output;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE.onnx|VERSION",
            description = "A model file, or a registered version or alias of --workspace.")
    private String model;

    @Option(names = "--workspace", paramLabel = "DIR", description = "The workspace with the versions.")
    private Path workspace;

    @Mixin
    private ModelName modelName;

    @Option(
            names = "--network",
            paramLabel = "NAME",
            description = "A network before it is trained (default: set); 'heimdall train --help' lists them.")
    private String network;

    @Option(
            names = "--stations",
            paramLabel = "N",
            description = "Stations that the network knows and that a session has (default: 7).")
    private Integer stations;

    SummaryCommand() {}

    @Override
    public Integer call() throws IOException {
        if (model == null) {
            print(output.usage(this::ofNetwork), null, List.of());
        } else {
            output.usage(this::checkGiven);
            ofModel();
        }
        return 0;
    }

    private void print(Path file, List<ListedFile> others) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new PipelineException(file + ": there is no such model file");
        }
        print(ModelSummary.ofFile(file), file.toString(), others);
    }

    private void print(ModelSummary summary, String file, List<ListedFile> others) {
        NetworkSummary layers = summary.network();
        lines(summary).forEach(output::say);
        others.forEach(other -> output.say("Also        " + line(other)));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("network", layers.network().name());
        json.put("file", file);
        json.put("stations", summary.stations());
        json.put("members", summary.members());
        json.put(
                "inputs",
                summary.given().stream()
                        .map(tensor -> Map.of("name", tensor.name(), "shape", tensor.toString()))
                        .toList());
        json.put("output", layers.network().output().text());
        json.put("layers", layers.layers().stream().map(SummaryCommand::json).toList());
        json.put("parameters", summary.parameters());
        json.put("trained_parameters", summary.members() * layers.trained());
        json.put("bytes", summary.members() * layers.bytes());
        json.put(
                "file_bytes",
                summary.fileBytes().isPresent() ? summary.fileBytes().getAsLong() : null);
        json.put("operations", summary.operations());
        json.put("other_files", others.stream().map(SummaryCommand::json).toList());
        output.json(json);
    }

    private ModelSummary ofNetwork() {
        int number = stations == null ? USUAL_STATIONS : stations;
        if (number < 1 || number > MOST_STATIONS) {
            throw new IllegalArgumentException("--stations " + number + " is not in 1.." + MOST_STATIONS);
        }
        return ModelSummary.ofNetwork(network == null ? "set" : network, number);
    }

    private String checkGiven() {
        if (network != null || stations != null) {
            throw new IllegalArgumentException(
                    model + " has its network and its stations: leave --network and --stations out");
        }
        if (workspace == null && !ModelFiles.isFile(model)) {
            throw new IllegalArgumentException(
                    model + " is no file; --workspace names the workspace of a version or an alias");
        }
        return model;
    }

    private void ofModel() throws IOException {
        if (ModelFiles.isFile(model)) {
            print(Path.of(model), List.of());
            return;
        }
        try (Workspace opened = Workspace.open(workspace);
                Services services = output.usage(
                        () -> Adapters.open(opened, output.configuration().variables()))) {
            ModelFiles.Found found = ModelFiles.found(services.tracker(), modelName.name(), model);
            output.note(found.title() + " of " + modelName.name());
            print(found.file(), ListedFile.of(ModelFiles.version(services.tracker(), modelName.name(), model)));
        }
    }

    private static List<String> lines(ModelSummary summary) {
        NetworkSummary network = summary.network();
        int wide = network.layers().stream()
                .mapToInt(layer -> layer.name().length())
                .max()
                .orElse(0);
        String row = "%-" + Math.max(5, wide) + "s  %-18s %-14s %12s %14s";
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, row, "Layer", "Kind", "Shape", "Parameters", "Operations"));
        for (LayerSummary layer : network.layers()) {
            lines.add(String.format(
                    Locale.ROOT,
                    row,
                    layer.name(),
                    layer.kind(),
                    layer.shape().stream().map(String::valueOf).collect(Collectors.joining(" x ")),
                    layer.parameters() == 0 ? "" : String.format(Locale.ROOT, "%,d", layer.parameters()),
                    layer.operations() == 0 ? "" : String.format(Locale.ROOT, "%,d", layer.operations())));
        }
        lines.add("");
        lines.add("Network     " + network.network().name()
                + (summary.members() > 1 ? ", " + summary.members() + " members" : "") + ", " + summary.stations()
                + (summary.stations() == 1 ? " station" : " stations"));
        lines.add("Inputs      "
                + summary.given().stream()
                        .map(tensor -> tensor.name() + " " + tensor)
                        .collect(Collectors.joining(", ")));
        lines.add("Parameters  " + String.format(Locale.ROOT, "%,d", summary.parameters()) + ", "
                + megabytes(summary.members() * network.bytes())
                + (summary.fileBytes().isPresent()
                        ? "; file " + megabytes(summary.fileBytes().getAsLong())
                        : ""));
        lines.add("Operations  " + String.format(Locale.ROOT, "%.1f", summary.operations() / 1e6)
                + " million for one sample");
        return lines;
    }

    private static String line(ListedFile file) {
        return String.format(
                Locale.ROOT,
                "%s: %s, %s, %.2f ms a sample",
                file.precision(),
                file.object(),
                megabytes(file.bytes()),
                file.milliseconds());
    }

    private static Map<String, Object> json(ListedFile file) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("precision", file.precision().text());
        json.put("object", file.object());
        json.put("bytes", file.bytes());
        json.put("milliseconds", file.milliseconds());
        return json;
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.2f MB", bytes / 1e6);
    }

    private static Map<String, Object> json(LayerSummary layer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", layer.name());
        json.put("kind", layer.kind());
        json.put("shape", layer.shape());
        json.put("parameters", layer.parameters());
        json.put("operations", layer.operations());
        return json;
    }
}
