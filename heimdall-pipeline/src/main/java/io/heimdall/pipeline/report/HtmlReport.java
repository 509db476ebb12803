package io.heimdall.pipeline.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.heimdall.files.WholeFile;
import io.heimdall.model.metrics.ErrorQuantiles;
import io.heimdall.model.metrics.Interval;
import io.heimdall.pipeline.evaluation.Comparison;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a {@link Report} as one HTML file that needs only a browser. */
public final class HtmlReport {
    private HtmlReport() {}

    /**
     * Writes the report.
     *
     * @throws IOException if the file cannot be written; an older one then stays as it was
     */
    public static void write(Path file, Report report) throws IOException {
        String page = PageTemplate.fill(
                "/io/heimdall/pipeline/report/report.html",
                Map.of(
                        "title", report.title(),
                        "warnings", report.warnings(),
                        "methods",
                                report.methods().stream().map(HtmlReport::row).toList(),
                        "facts", PageTemplate.rows(report.facts()),
                        "data", data(report),
                        "plots",
                                PageTemplate.resource("/io/heimdall/pipeline/report/plots.js")
                                        + PageTemplate.resource("/io/heimdall/pipeline/report/details.js"),
                        "library", PageTemplate.resource(PageTemplate.PLOTS_SCRIPT)));
        WholeFile.write(file, page);
    }

    private static Map<String, Object> row(Report.Method method) {
        var error = ErrorQuantiles.of(method.errorsMetres());
        Report.Sureness sureness = method.sureness();
        List<String> cells = List.of(
                Kilometres.text(error.p50()),
                interval(sureness.p50()),
                Kilometres.text(error.p68()),
                Kilometres.text(error.p90()),
                Kilometres.text(error.p95()),
                Kilometres.text(error.rmse()),
                interval(sureness.rms()),
                Double.isNaN(sureness.beaten()) ? "" : Comparison.percent(sureness.beaten()),
                Double.isNaN(sureness.nllDensity()) ? "" : Comparison.nats(sureness.nllDensity()));
        return Map.of("name", method.name(), "cells", cells);
    }

    private static String interval(Interval metres) {
        return Double.isNaN(metres.low()) ? "" : Kilometres.text(metres.low()) + "–" + Kilometres.text(metres.high());
    }

    private static String data(Report report) throws JsonProcessingException {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("epochs", report.epochs());
        data.put("methods", report.methods());
        data.put("reliability", report.reliability());
        data.put("map", report.map());
        data.put("stations", report.stations());
        data.put("details", report.details());
        return ScriptData.json(data);
    }
}
