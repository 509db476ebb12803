package io.heimdall.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.model.metrics.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    @TempDir
    Path folder;

    @Test
    void isOneFileThatFetchesNothing() throws IOException {
        Path file = folder.resolve("report.html");
        HtmlReport.write(file, example("Demo"));
        String html = Files.readString(file);
        assertThat(html)
                .contains(
                        "\"epoch\":1",
                        "Weighted centroid",
                        "id=\"map\"",
                        "Apache License",
                        "Volodymyr Agafonkin",
                        "\"towns\":[[\"")
                .contains("How far off?", "nine of ten", "How sure?", "Against what?");
        assertThat(html)
                .doesNotContainPattern("(?m)^<(script|link|img)[^>]*(src|href)=")
                .doesNotContain("@data@", "\"NaN\"");
        assertThat(folder).isDirectoryContaining("glob:**report.html").isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void namesFromOutsideCannotBecomeMarkup() throws IOException {
        Path file = folder.resolve("report.html");
        HtmlReport.write(file, example("<script>alert(1)</script>"));
        assertThat(Files.readString(file)).doesNotContain("<script>alert").contains("&lt;script&gt;alert");
    }

    @Test
    void namesOfStationsEndNeitherTheScriptNorTheirPlace() throws IOException {
        Path file = folder.resolve("report.html");
        Report example = example("@data@ and @library@");
        HtmlReport.write(
                file,
                new Report(
                        example.title(),
                        List.of("warned of '<img src=x onerror=alert(1)>'"),
                        Map.of("station", "@plots@ <script>"),
                        example.epochs(),
                        example.methods(),
                        example.reliability(),
                        example.map(),
                        List.of(new Report.Place("<!--<script>", 45, 7), new Report.Place("NaN", 44, 8))));
        String html = Files.readString(file);

        assertThat(html)
                .contains("<title>@data@ and @library@</title>", "<td>@plots@ &lt;script&gt;")
                .contains("warned of &#39;&lt;img src=x onerror=alert(1)&gt;&#39;")
                .contains("{\"name\":\"\\u003c!--\\u003cscript>\"", "{\"name\":\"NaN\"")
                .contains("\"validationLoss\":null");
        assertThat(html.split("<script>", -1)).hasSize(5); // the libraries, the data, the plots
    }

    @Test
    void showsHowSureTheNumbersAre() throws IOException {
        Path file = folder.resolve("report.html");
        HtmlReport.write(file, example("Demo"));

        String html = Files.readString(file);

        assertThat(html)
                .containsPattern("<tr><th>Network<td>[0-9.]+<td>20.1–23.4<td>.*<td>25.6–31.2<td><td>22.3[45]</tr>")
                .containsPattern(
                        "<tr><th>Weighted centroid<td>[0-9.]+<td>28.0–33.0<td>.*<td>35.0–44.0<td>97 %<td></tr>")
                .containsPattern("<tr><th>Of one group<td>[0-9.]+<td><td>.*<td><td><td></tr>");
    }

    @Test
    void showsDistancesWithTheDigitsThatMeanSomething() {
        assertThat(Kilometres.text(123)).isEqualTo("0.123");
        assertThat(Kilometres.text(21_734)).isEqualTo("21.7");
        assertThat(Kilometres.text(140_400)).isEqualTo("140");
        assertThat(Kilometres.text(Double.NaN)).isEqualTo("–");
    }

    static Report example(String title) {
        var random = new Random(1);
        var located = new ArrayList<Report.Located>();
        double[] errors = new double[40];
        for (int i = 0; i < errors.length; i++) {
            double lat = 44.3 + 1.3 * random.nextDouble();
            double lon = 7.1 + 2.2 * random.nextDouble();
            double dLat = 0.15 * random.nextGaussian();
            double dLon = 0.2 * random.nextGaussian();
            errors[i] = Math.hypot(dLat * 111_000, dLon * 78_000);
            located.add(new Report.Located(
                    "session </script> " + i, lat, lon, lat + dLat, lon + dLon, 0.15, 0.2, errors[i]));
        }
        var epochs = List.of(
                new Report.Epoch(1, 1.2, 1.1, 1e-3),
                new Report.Epoch(2, 0.9, Double.NaN, 9e-4),
                new Report.Epoch(3, 0.7, 0.95, 5e-4));
        return new Report(
                title,
                List.of("Only a test."),
                Map.of("run", "abc"),
                epochs,
                List.of(
                        new Report.Method(
                                "Network",
                                errors,
                                new Report.Sureness(
                                        new Interval(20_100, 23_400),
                                        new Interval(25_600, 31_200),
                                        Double.NaN,
                                        22.345)),
                        new Report.Method(
                                "Weighted centroid",
                                java.util.Arrays.stream(errors)
                                        .map(e -> 1.4 * e)
                                        .toArray(),
                                new Report.Sureness(
                                        new Interval(28_000, 33_000), new Interval(35_000, 44_000), 0.973, Double.NaN)),
                        new Report.Method("Of one group", errors, Report.Sureness.UNKNOWN)),
                List.of(new Report.Reliability(0.5, 0.6, 0.51), new Report.Reliability(0.9, 0.95, 0.9)),
                located,
                List.of(new Report.Place("Torino", 45.044, 7.672), new Report.Place("Genova", 44.395, 8.956)));
    }
}
