package io.heimdall.app.command;

import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.ingest.Ingest;
import io.heimdall.dataset.ingest.IngestResult;
import io.heimdall.dataset.ingest.RefusedRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heimdall ingest}: puts recorded sessions into a workspace. */
@Command(
        name = "ingest",
        description = {
            "Put recorded sessions into a workspace.",
            "SESSIONS.csv has a header and a row per station and session: session_id, approved (true or false), source_name,"
                    + " source_lat, source_lon, frequency_hz, station, station_lat, station_lon, recording,"
                    + " sample_rate_hz, start_time, calibration_db. The last three may be empty; recording is a file's name"
                    + " relative to the table. Rows that cannot be used are listed, the rest goes in; a second ingest changes"
                    + " only what has changed."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  heimdall ingest --workspace network recordings/sessions.csv"})
public final class IngestCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Option(
            names = "--workspace",
            required = true,
            paramLabel = "DIR",
            description = "A workspace, or a new or empty directory.")
    private Path workspace;

    @Parameters(paramLabel = "SESSIONS.csv", description = "The table of sessions.")
    private Path table;

    IngestCommand() {}

    /** Returns 0 if some session of the table is in the workspace now, else 1. */
    @Override
    public Integer call() throws IOException {
        IngestResult result;
        try (Workspace opened = Workspace.openOrCreate(workspace);
                LazyProgress progress = new LazyProgress("Reading rows", output)) {
            result = Ingest.into(opened).run(table, progress::to);
        }
        refused(result.refused(), output);
        output.say(result.added() + " sessions added, " + result.updated() + " updated, " + result.unchanged()
                + " unchanged, " + result.refused().size() + " rows refused");
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("added", result.added());
        json.put("updated", result.updated());
        json.put("unchanged", result.unchanged());
        json.put("refused", result.refused());
        output.json(json);
        return result.sessions() > 0 ? 0 : 1;
    }

    /** Lists rows that could not be used. */
    static void refused(List<RefusedRow> rows, Output output) {
        rows.forEach(row -> output.note(row.toString()));
    }
}
