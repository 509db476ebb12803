package io.heimdall.pipeline.report;

import io.heimdall.features.delay.DelayCurve;
import io.heimdall.features.delay.DelayEstimate;
import io.heimdall.files.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the delay between two recordings as one HTML file that needs only a browser. */
public final class DelayPage {
    private DelayPage() {}

    /**
     * Writes the page, aside first and then renamed.
     *
     * @param file the file, replaced where there is one
     * @param title the page's heading
     * @param facts what is known, in the order of the page's table
     * @throws IOException if the file cannot be written; an older one then stays as it was
     */
    public static void write(Path file, String title, Map<String, String> facts, DelayEstimate estimate)
            throws IOException {
        String page = PageTemplate.fill(
                "/io/heimdall/pipeline/report/delay.html",
                Map.of(
                        "title", title,
                        "facts", PageTemplate.rows(facts),
                        "data", ScriptData.json(data(estimate)),
                        "library", PageTemplate.resource(PageTemplate.PLOTS_SCRIPT)));
        WholeFile.write(file, page.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> data(DelayEstimate estimate) {
        DelayScale scale = DelayScale.of(estimate);
        DelayCurve curve = estimate.curve();
        double[] heights = new double[curve.points()];
        for (int i = 0; i < heights.length; i++) {
            heights[i] = Math.round(1e4 * curve.height(i)) / 1e4;
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("heights", heights);
        data.put("first", curve.delaySeconds(0) / scale.seconds());
        data.put("step", curve.stepSeconds() / scale.seconds());
        data.put("name", scale.name());
        data.put("peak", estimate.delaySeconds() / scale.seconds());
        data.put("sigma", estimate.signalSigmaSeconds() / scale.seconds());
        data.put("around", new double[] {scale.peakFrom() / scale.seconds(), scale.peakTo() / scale.seconds()});
        return data;
    }
}
