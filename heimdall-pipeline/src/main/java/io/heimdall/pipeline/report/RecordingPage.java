package io.heimdall.pipeline.report;

import io.heimdall.features.quality.RecordingSurvey;
import io.heimdall.files.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the spectra and facts of recordings as one HTML file that needs only a browser. */
public final class RecordingPage {
    private static final int MAX_LINES = 1024;
    private static final int GREYS = 255;

    private RecordingPage() {}

    /**
     * One recording of the page.
     *
     * @param name its heading
     * @param facts what is known of it, in the order of the page's table
     * @param survey its spectrum
     */
    public record Entry(String name, Map<String, String> facts, RecordingSurvey survey) {}

    /**
     * Writes the page, aside first and then renamed.
     *
     * @throws IOException if the file cannot be written; an older one then stays as it was
     */
    public static void write(Path file, List<Entry> recordings) throws IOException {
        List<Map<String, Object>> sections = new ArrayList<>();
        List<Map<String, Object>> data = new ArrayList<>();
        for (Entry recording : recordings) {
            sections.add(section(recording, data.size()));
            data.add(data(recording.survey()));
        }
        String title = recordings.size() == 1 ? recordings.get(0).name() : recordings.size() + " recordings";
        String page = PageTemplate.fill(
                "/io/heimdall/pipeline/report/recording.html",
                Map.of(
                        "title", title,
                        "recordings", sections,
                        "data", ScriptData.json(data),
                        "plots", PageTemplate.resource("/io/heimdall/pipeline/report/recording.js"),
                        "library", PageTemplate.resource(PageTemplate.PLOTS_SCRIPT)));
        WholeFile.write(file, page.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> section(Entry recording, int index) {
        return Map.of("name", recording.name(), "facts", PageTemplate.rows(recording.facts()), "index", index);
    }

    private static Map<String, Object> data(RecordingSurvey survey) {
        SpectrumScale scale = SpectrumScale.of(survey);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("frequencies", new double[] {scale.frequencyFrom(), scale.frequencyTo()});
        data.put("frequencyName", scale.frequencyName());
        data.put("duration", scale.timeTo());
        data.put("timeUnit", scale.timeUnit());
        data.put("levels", new double[] {scale.lowDb(), scale.highDb()});
        double[] spectrum = new double[survey.bins()];
        float[] lines = survey.spectrumDb();
        for (int bin = 0; bin < spectrum.length; bin++) {
            spectrum[bin] = Math.round(10 * lines[bin]) / 10.0;
        }
        data.put("spectrum", spectrum);
        data.put("palette", palette());
        data.put("times", survey.columns() == 0 ? null : image(survey, scale));
        return data;
    }

    private static int[] palette() {
        int[] colours = new int[GREYS + 1];
        for (int grey = 0; grey <= GREYS; grey++) {
            colours[grey] = Palette.rgb(grey / (double) GREYS);
        }
        return colours;
    }

    /** The spectrum over time as a grey picture, which packs well; the page colours it, and reads levels out of it. */
    private static String image(RecordingSurvey survey, SpectrumScale scale) {
        int step = Math.max(1, survey.bins() / MAX_LINES);
        PngImage image = new PngImage(survey.bins() / step, survey.columns(), 0);
        for (int y = 0; y < image.height(); y++) {
            float[] lines = survey.columnDb(y);
            for (int x = 0; x < image.width(); x++) {
                float largest = lines[x * step];
                for (int bin = 1; bin < step; bin++) {
                    largest = Math.max(largest, lines[x * step + bin]);
                }
                image.set(x, y, (int) Math.round(GREYS * scale.share(largest)));
            }
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(image.encodedGrey());
    }
}
