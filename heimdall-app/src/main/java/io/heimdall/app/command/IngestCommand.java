package io.heimdall.app.command;

import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.ingest.Ingest;
import io.heimdall.dataset.ingest.IngestResult;
import io.heimdall.dataset.ingest.Refresh;
import io.heimdall.dataset.ingest.SessionTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code heimdall ingest}: puts recorded sessions into a workspace. */
@Command(
        name = "ingest",
        description = {
            "Put recorded sessions into a workspace.",
            "SESSIONS.csv has a header, and one row per station and session:",
            "  session_id         the same in all rows of one transmission",
            "  approved           true or false: whether training may use the session",
            "  source_name, source_lat, source_lon",
            "                     the transmitter and its position (degrees; south and west are negative)",
            "  frequency_hz       in hertz: 145500000 or 145.5e6",
            "  station, station_lat, station_lon",
            "                     the receiver and its position; a moving receiver has one in each session",
            "  recording          a file's name, relative to the table; none if the station heard nothing",
            "Optional columns, which may be empty:",
            "  level_db           decibels in place of a recording; none if the station heard nothing",
            "  bearing_deg, bearing_sigma_deg",
            "                     direction of the signal, clockwise from true north, and its standard deviation",
            "  clock_sigma_s      standard deviation of start_time in seconds: 1e-7",
            "  sample_rate_hz     needed if the recording does not state it",
            "  start_time         2026-11-24T10:15:30.5Z, if the recording does not state it",
            "  calibration_db     added to the recording's decibels, to make stations comparable",
            "  format             npy, wav, cu8, cs16, ... if the file's name and content do not tell: .iq, .bin, .raw",
            "  capture, channel   number of the capture or channel in the recording, from 0",
            "  stream             name of the recording in a SigMF archive or collection",
            "Commas, semicolons or tabs separate the columns; with semicolons or tabs, numbers may have decimal commas.",
            "Rows that cannot be used are listed, and the other rows are ingested. A second ingest of the same table updates"
                    + " only the sessions that differ. A usable row that looks wrong gives a warning: exchanged coordinates,"
                    + " a frequency in megahertz, silence.",
            "With --refresh and no table, the recordings of the workspace are measured again (SNR, clipping): do this once"
                    + " with a workspace of an earlier release before you train with --min-snr."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heimdall ingest --workspace network recordings/sessions.csv",
            "  heimdall ingest --workspace network recordings/sessions.csv --strict --json",
            "  heimdall ingest --workspace network --refresh"
        })
public final class IngestCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Option(
            names = "--workspace",
            required = true,
            paramLabel = "DIR",
            description = "A workspace, or a new or empty directory.")
    private Path workspace;

    @Option(names = "--strict", description = "Refuse the rows that would give a warning.")
    private boolean strict;

    @Option(names = "--refresh", description = "Measure the recordings of the workspace again; no table is read.")
    private boolean refresh;

    @Parameters(arity = "0..1", paramLabel = "SESSIONS.csv", description = "The table of sessions.")
    private Path table;

    @Spec
    private CommandSpec spec;

    IngestCommand() {}

    /**
     * Returns 0 if some session of the table is in the workspace now and most of its rows could be used, or if all recordings
     * were measured again; else 1.
     */
    @Override
    public Integer call() throws IOException {
        if (refresh && (table != null || strict)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--refresh measures the recordings of the workspace: leave out "
                            + (table != null ? "the table " + table : "--strict"));
        }
        if (!refresh && table == null) {
            throw new ParameterException(
                    spec.commandLine(), "a table of sessions is needed: heimdall ingest --workspace DIR SESSIONS.csv");
        }
        return refresh ? measureAgain() : putIn();
    }

    private int measureAgain() throws IOException {
        Refresh.Result result;
        try (Workspace opened = Workspace.open(workspace);
                LazyProgress progress = new LazyProgress("Measuring sessions", output)) {
            result = new Refresh(opened.catalog(), opened.objects()).run(progress::to);
        }
        result.faults().forEach(output::note);
        output.say(result.changed() + " of " + result.sessions() + " approved sessions have other measures now, "
                + result.faults().size() + " recordings could not be measured");
        output.json(Map.of("sessions", result.sessions(), "changed", result.changed(), "faults", result.faults()));
        return result.faults().isEmpty() ? 0 : 1;
    }

    private int putIn() throws IOException {
        SessionTable rows = SessionTable.read(table); // before a workspace is made for it
        IngestResult result;
        try (Workspace opened = Workspace.openOrCreate(workspace);
                LazyProgress progress = new LazyProgress("Reading rows", output)) {
            Ingest ingest = Ingest.into(opened);
            result = (strict ? ingest.strict() : ingest).run(rows, progress::to);
        }
        RowNotes.show(result.refused(), result.warnings(), output);
        output.say(result.added() + " sessions added, " + result.updated() + " updated, " + result.unchanged()
                + " unchanged; " + result.taken() + " of " + result.rows() + " rows taken, "
                + result.refused().size() + " refused, " + result.warned() + " with warnings");
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rows", result.rows());
        json.put("added", result.added());
        json.put("updated", result.updated());
        json.put("unchanged", result.unchanged());
        json.put("refused", result.refused());
        json.put("warnings", RowNotes.json(result.warnings()));
        output.json(json);
        return result.useful() ? 0 : 1;
    }
}
