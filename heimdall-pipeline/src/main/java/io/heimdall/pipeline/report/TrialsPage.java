package io.heimdall.pipeline.report;

import io.heimdall.files.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the trials of a sweep as one HTML file that needs only a browser. */
public final class TrialsPage {
    private TrialsPage() {}

    /**
     * A line of the table of trials.
     *
     * @param cells in the order of the columns
     * @param best whether it is the best trial
     */
    public record Row(List<String> cells, boolean best) {
        /** Copies the list. */
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /**
     * Writes the page, aside first and then renamed.
     *
     * @param title the page's heading
     * @param facts what is known, in the order of the page's table
     * @param influences what each setting is worth, the one that matters most first
     * @param columns names of the columns of the trials' table
     * @param picture of the metric against each setting, a PNG file; empty before there is any trial
     * @throws IOException if the file cannot be written; an older one then stays as it was
     */
    public static void write(
            Path file,
            String title,
            Map<String, String> facts,
            Map<String, String> influences,
            List<String> columns,
            List<Row> rows,
            Optional<byte[]> picture)
            throws IOException {
        List<String> pictures =
                picture.map(Base64.getEncoder()::encodeToString).stream().toList();
        String page = PageTemplate.fill(
                "/io/heimdall/pipeline/report/trials.html",
                Map.of(
                        "title",
                        title,
                        "facts",
                        PageTemplate.rows(facts),
                        "influences",
                        PageTemplate.rows(influences),
                        "columns",
                        columns,
                        "rows",
                        rows.stream()
                                .map(row -> Map.of("cells", row.cells(), "best", row.best() ? "best" : ""))
                                .toList(),
                        "pictures",
                        pictures));
        WholeFile.write(file, page);
    }
}
