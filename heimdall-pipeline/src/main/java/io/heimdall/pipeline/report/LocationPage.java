package io.heimdall.pipeline.report;

import io.heimdall.files.WholeFile;
import io.heimdall.pipeline.location.LocatedSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes sessions that were located without a model as one HTML file that needs nothing but a browser. */
public final class LocationPage {
    private LocationPage() {}

    /**
     * Writes the page, aside first and then renamed.
     *
     * @param file the file, replaced where there is one
     * @throws IOException if the file cannot be written; an older one then stays as it was
     */
    public static void write(Path file, List<LocatedSession> sessions) throws IOException {
        String page = PageTemplate.fill(
                "/io/heimdall/pipeline/report/location.html",
                Map.of(
                        "sessions",
                        sessions.stream()
                                .map(session -> new LocationSection(session).values())
                                .toList()));
        WholeFile.write(file, page);
    }
}
