package io.heimdall.pipeline.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.model.metrics.ErrorQuantiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a {@link Report} as one HTML file that needs nothing but a browser. */
public final class HtmlReport {
    static final String PLOTS_SCRIPT = "/META-INF/resources/webjars/echarts/5.5.0/echarts.common.min.js";
    private static final ObjectMapper JSON = new ObjectMapper();

    private HtmlReport() {}

    /**
     * Writes the report, aside first and then renamed.
     *
     * @throws IOException if the file cannot be written; an older one then stays as it was
     */
    public static void write(Path file, Report report) throws IOException {
        String page = resource("/io/heimdall/pipeline/report/report.html")
                .replace("@title@", escape(report.title()))
                .replace("@warnings@", warnings(report))
                .replace("@errors@", errors(report))
                .replace("@facts@", facts(report))
                .replace("@data@", data(report))
                .replace("@plots@", resource("/io/heimdall/pipeline/report/plots.js"))
                .replace("@library@", resource(PLOTS_SCRIPT));
        Path aside = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(aside, page);
        Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String warnings(Report report) {
        var html = new StringBuilder();
        for (String warning : report.warnings()) {
            html.append("<p class=warning>").append(escape(warning)).append("</p>\n");
        }
        return html.toString();
    }

    private static String errors(Report report) {
        var html = new StringBuilder();
        report.methods().forEach(method -> html.append(row(method)));
        return html.toString();
    }

    private static String facts(Report report) {
        var html = new StringBuilder();
        report.facts()
                .forEach((name, value) -> html.append("<tr><th>")
                        .append(escape(name))
                        .append("<td>")
                        .append(escape(value))
                        .append("</tr>\n"));
        return html.toString();
    }

    private static String row(Report.Method method) {
        var summary = ErrorQuantiles.of(method.errorsMetres());
        var html = new StringBuilder("<tr><th>").append(escape(method.name()));
        for (double metres : List.of(summary.p50(), summary.p68(), summary.p90(), summary.p95(), summary.rmse())) {
            html.append("<td>").append(Kilometres.text(metres));
        }
        return html.append("</tr>\n").toString();
    }

    private static String data(Report report) throws JsonProcessingException {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("epochs", report.epochs());
        data.put("methods", report.methods());
        data.put("reliability", report.reliability());
        data.put("map", report.map());
        data.put("stations", report.stations());
        // "</" could end the script element; NaN is no JSON, null is.
        return JSON.writeValueAsString(data).replace("</", "<\\/").replace("\"NaN\"", "null");
    }

    static String resource(String name) throws IOException {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException("the pipeline's jar lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
