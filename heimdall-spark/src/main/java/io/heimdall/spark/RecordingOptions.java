package io.heimdall.spark;

import io.heimdall.dataset.RecordingCatalog;
import io.heimdall.dataset.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options of commands that read the recordings of a catalogue. */
final class RecordingOptions {
    private static final String FAULTS = "--faults";

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            description = "The workspace; where servers are set, the sessions and recordings are theirs.")
    private Path workspace;

    @Option(
            names = "--all",
            description = "Also sessions that are not approved or whose source is not known, which no training reads.")
    private boolean all;

    @Option(
            names = FAULTS,
            paramLabel = "FILE",
            description = "The table of what was left out, a JSON object a line (default: a file in the workspace).")
    private Path faults;

    private Path table;

    RecordingOptions() {}

    /** Checks what was typed. */
    void check(ClusterOptions cluster) {
        if (faults != null) {
            cluster.checkOutput(FAULTS, faults);
        }
    }

    /** Refuses a command's result in the same file as the table of faults. */
    void checkApart(String option, Path out, ClusterOptions cluster) throws IOException {
        cluster.checkApart(option, out, FAULTS, table);
    }

    Path workspace() {
        return workspace;
    }

    /** Returns the sessions that are wanted. */
    Stream<Session> sessions(RecordingCatalog catalog) {
        return all ? catalog.allSessions() : catalog.sessions();
    }

    /** Returns where the table of faults is written, and remembers it for {@link #report}. */
    Path faults(Path directory, String name) throws IOException {
        table = faults == null ? directory.resolve(name) : faults;
        return table;
    }

    /** Says what was left out, and why. */
    void report(FaultTable left, ClusterOptions cluster) {
        left.summary().forEach(cluster::note);
        if (left.count() > 0) {
            cluster.note("All of them are in " + table
                    + (left.passing() > 0 ? "; " + left.passing() + " may pass: run the command again" : ""));
        }
    }

    /** Puts what was left out into a command's result. */
    void result(FaultTable left, Map<String, Object> result) {
        result.put("faults", left.count());
        result.put("may_pass", left.passing());
        result.put("fault_table", table.toString());
    }
}
