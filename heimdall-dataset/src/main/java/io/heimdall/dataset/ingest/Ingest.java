package io.heimdall.dataset.ingest;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.RecordingCatalog;
import io.heimdall.dataset.Workspace;
import io.heimdall.files.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Stores the sessions of a table in a catalogue and their recordings in an object store.
 *
 * <p>A session is stored whole or not at all, whenever the process ends. A second run of the same table changes
 * nothing. The table's content replaces the session in the catalogue, with one exception: while a row of the session
 * is refused, stations that the table does not deliver stay unchanged.
 */
public final class Ingest {
    private static final int THREADS = 2;

    private final RecordingCatalog catalog;
    private final ObjectStore objects;
    private final Purpose purpose;

    private Ingest(RecordingCatalog catalog, ObjectStore objects, Purpose purpose) {
        this.catalog = catalog;
        this.objects = objects;
        this.purpose = purpose;
    }

    /**
     * Prepares to put sessions somewhere.
     *
     * @param catalog takes the sessions
     * @param objects takes their recordings
     */
    public Ingest(RecordingCatalog catalog, ObjectStore objects) {
        this(catalog, objects, Purpose.TRAINING);
    }

    /**
     * Prepares to put sessions into a workspace.
     *
     * @param workspace open until all is done
     * @throws DatasetException if it holds simulated sessions: the two would be learned from alike
     */
    public static Ingest into(Workspace workspace) {
        if (workspace.isSimulated()) {
            throw new DatasetException("the workspace " + workspace.directory()
                    + " holds simulated sessions; ingest recorded ones into another");
        }
        return new Ingest(workspace.catalog(), workspace.objects());
    }

    /** Returns one that refuses the rows that it would warn of. */
    public Ingest strict() {
        return new Ingest(catalog, objects, Purpose.STRICT_TRAINING);
    }

    /**
     * Reads a table and puts in what can be used.
     *
     * @param file {@code SESSIONS.csv}
     * @param progress hears of rows
     * @return what was done, and the rows that could not be used
     * @throws DatasetException if the file is no table of sessions, or the catalogue cannot take a session
     * @throws IOException if the table cannot be read or the store cannot take a recording; the sessions before are in
     */
    public IngestResult run(Path file, RowProgress progress) throws IOException {
        return run(SessionTable.read(file), progress);
    }

    /**
     * Reads the recordings of a table and puts in what can be used.
     *
     * @param table of known sources
     * @param progress hears of rows
     * @return what was done, and the rows that could not be used
     * @throws DatasetException if the catalogue cannot take a session, or a strict ingest is warned of the table's header
     * @throws IOException if the store cannot take a recording; the sessions before are in
     */
    public IngestResult run(SessionTable table, RowProgress progress) throws IOException {
        SessionTable checked = table.withPositionsChecked(catalog.stations());
        SessionTable rows = purpose == Purpose.STRICT_TRAINING ? checked.withoutWarnedRows() : checked;
        List<RowWarning> warnings = new ArrayList<>(rows.warnings());
        List<RefusedRow> refused = new ArrayList<>(rows.refused());
        Set<String> incomplete = new HashSet<>();
        refused.forEach(row -> incomplete.add(row.sessionId()));
        Map<StoredSession.Change, Integer> changes = new EnumMap<>(StoredSession.Change.class);
        int[] done = {refused.size()};
        Ahead.work(
                ReadSession.groups(rows.rows()),
                THREADS,
                group -> {
                    ReadSession read = ReadSession.of(group, purpose);
                    boolean complete = read.refused().isEmpty()
                            && !incomplete.contains(read.transmission().sessionId());
                    return StoredSession.store(read, complete, catalog, objects);
                },
                stored -> {
                    stored.commit(catalog, objects);
                    changes.merge(stored.change(), 1, Integer::sum);
                    refused.addAll(stored.refused());
                    warnings.addAll(stored.warnings());
                    done[0] += stored.rows();
                    progress.rows(done[0], rows.size());
                });
        refused.sort(Comparator.comparingLong(RefusedRow::line));
        warnings.sort(Comparator.comparingLong(RowWarning::line));
        return new IngestResult(
                rows.size(),
                warned(rows, refused, warnings),
                changes.getOrDefault(StoredSession.Change.ADDED, 0),
                changes.getOrDefault(StoredSession.Change.UPDATED, 0),
                changes.getOrDefault(StoredSession.Change.NONE, 0),
                refused,
                warnings);
    }

    private static int warned(SessionTable table, List<RefusedRow> refused, List<RowWarning> warnings) {
        Set<Long> taken = table.rows().stream().map(SessionRow::line).collect(Collectors.toSet());
        refused.forEach(row -> taken.remove(row.line()));
        taken.retainAll(warnings.stream().map(RowWarning::line).collect(Collectors.toSet()));
        return taken.size();
    }
}
