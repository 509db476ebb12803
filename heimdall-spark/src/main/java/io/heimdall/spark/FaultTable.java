package io.heimdall.spark;

import io.heimdall.dataset.Causes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The table of the recordings or sessions that a run left out: a JSON object a line. It appears when the run is over, in place of that of an earlier
 * run; it is empty where nothing was left out.
 */
final class FaultTable implements AutoCloseable {

    /** As many are kept in memory, for the summary. */
    private static final int TOLD = 10_000;

    private static final int CAUSES = 10;

    private final JsonLines rows;
    private final List<Fault> first = new ArrayList<>();
    private long count;
    private long passing;

    /**
     * Begins a table.
     *
     * @throws IOException if its folder is not there, or cannot be written to
     */
    FaultTable(Path file) throws IOException {
        this.rows = new JsonLines(file);
    }

    /** Adds a fault. */
    void add(Fault fault) {
        count++;
        passing += fault.mayPass() ? 1 : 0;
        if (first.size() < TOLD) {
            first.add(fault);
        }
        rows.add(fault.row());
    }

    /** Returns how many faults are in the table. */
    long count() {
        return count;
    }

    /** Returns how many of them another run may do. */
    long passing() {
        return passing;
    }

    /** Returns a line for each of the first causes. */
    List<String> summary() {
        List<String> lines = new ArrayList<>();
        for (List<Fault> alike : Causes.groups(first, Fault::reason)) {
            if (lines.size() == CAUSES) {
                lines.add("and more, for other reasons");
                break;
            }
            lines.add(alike.get(0).reason()
                    + (alike.size() == 1
                            ? ""
                            : " (likewise " + (alike.size() - 1) + (count > TOLD ? " or more" : "") + " more)"));
        }
        return lines;
    }

    /** Gives the table its name. */
    void publish() throws IOException {
        rows.publish();
    }

    /** Removes what was not published. */
    @Override
    public void close() throws IOException {
        rows.close();
    }
}
