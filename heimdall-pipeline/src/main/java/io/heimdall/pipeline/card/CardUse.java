package io.heimdall.pipeline.card;

import io.heimdall.export.ModelDescription;
import io.heimdall.export.OnnxExporter;
import io.heimdall.model.input.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The section of a model card on the use of the model: commands, and the tensors of the file. */
final class CardUse {
    private CardUse() {}

    static CardSection section(ModelDescription description) {
        List<List<String>> rows = new ArrayList<>();
        description.input().given().forEach(spec -> rows.add(row("input", spec)));
        OnnxExporter.outputs(description.output()).forEach(spec -> rows.add(row("output", spec)));
        return new CardSection(
                "Use",
                List.of(
                        "heimdall predict --model model.onnx sessions.csv --json locates the sessions of a table; heimdall serve answers"
                                + " over HTTP.",
                        "The ONNX file reads levels in decibels, not normalised, and gives degrees: normalisation, scales and calibration"
                                + " are nodes of the graph or in its metadata. Input producer: "
                                + description.input().producer() + "."),
                List.of("", "tensor", "type", "shape"),
                rows);
    }

    private static List<String> row(String kind, TensorSpec spec) {
        String axes = spec.axes().stream()
                .map(axis -> axis.isFree() ? axis.name() : Integer.toString(axis.length()))
                .collect(Collectors.joining(", "));
        return List.of(
                kind,
                spec.name(),
                spec.type().name().toLowerCase(Locale.ROOT),
                "(batch" + (axes.isEmpty() ? "" : ", " + axes) + ")");
    }
}
