package io.heimdall.pipeline.report;

import io.heimdall.files.WholeFile;
import io.heimdall.localization.region.GroundPoint;
import io.heimdall.model.metrics.ErrorQuantiles;
import io.heimdall.model.metrics.Interval;
import io.heimdall.pipeline.evaluation.Comparison;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes a {@link Report} as one HTML file that needs only a browser. */
public final class HtmlReport {
    private HtmlReport() {}

    /**
     * Writes the report.
     *
     * @throws IOException if the file cannot be written; an older one then stays as it was
     */
    public static void write(Path file, Report report) throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("title", report.title());
        values.put("warnings", report.warnings());
        values.put("answers", ReportAnswers.of(report));
        values.put("methods", report.methods().stream().map(HtmlReport::row).toList());
        values.put("facts", PageTemplate.rows(report.facts()));
        values.put("style", MapScripts.style());
        values.put("leaflet", MapScripts.script());
        values.put("data", data(report));
        values.put(
                "plots",
                PageTemplate.resource("/io/heimdall/pipeline/report/plots.js")
                        + PageTemplate.resource("/io/heimdall/pipeline/report/details.js"));
        values.put("library", PageTemplate.resource(PageTemplate.PLOTS_SCRIPT));
        String page = PageTemplate.fill("/io/heimdall/pipeline/report/report.html", values);
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

    private static String data(Report report) throws IOException {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("epochs", report.epochs());
        data.put("methods", report.methods());
        data.put("reliability", report.reliability());
        data.put("map", report.map());
        data.put("stations", report.stations());
        data.put("details", report.details());
        MapScripts.addGround(data, places(report));
        return ScriptData.json(data);
    }

    private static List<GroundPoint> places(Report report) {
        Stream<GroundPoint> stations =
                report.stations().stream().map(place -> GroundPoint.nearest(place.latitude(), place.longitude()));
        Stream<GroundPoint> transmitters = report.map().stream()
                .flatMap(s -> Stream.of(
                        GroundPoint.nearest(s.latitude(), s.longitude()),
                        GroundPoint.nearest(s.estimatedLatitude(), s.estimatedLongitude())));
        return Stream.concat(stations, transmitters).toList();
    }
}
