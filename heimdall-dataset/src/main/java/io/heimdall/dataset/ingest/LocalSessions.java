package io.heimdall.dataset.ingest;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.files.ObjectFiles;
import io.heimdall.files.ObjectKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sessions of a table for predictions: recordings stay in their place, sources may be unknown, and nothing is
 * written.
 *
 * @param sessions in the order of the table
 * @param refused rows that could not be used, in the order of their lines
 * @param warnings what is odd about the header and the others, in the order of their lines
 * @param recordings finds the sessions' recordings
 */
public record LocalSessions(
        List<Session> sessions, List<RefusedRow> refused, List<RowWarning> warnings, ObjectFiles recordings) {
    private static final int THREADS = 2;

    /** Copies the lists. */
    public LocalSessions {
        sessions = List.copyOf(sessions);
        refused = List.copyOf(refused);
        warnings = List.copyOf(warnings);
    }

    /** Returns whether more rows were refused than are used. */
    public boolean mostRefused() {
        return refused.size()
                > sessions.stream()
                        .mapToInt(session -> session.measurements().size())
                        .sum();
    }

    /**
     * Reads a table, and each recording to its end, as an ingest does.
     *
     * @param table {@code SESSIONS.csv}
     * @param progress hears of rows
     * @return all that can be used
     * @throws DatasetException if the file is no table of sessions
     * @throws IOException if the table cannot be read
     */
    public static LocalSessions read(Path table, RowProgress progress) throws IOException {
        SessionTable rows = SessionTable.read(table, Column.NEEDED_OF_UNKNOWN).withPositionsChecked(List.of());
        List<RowWarning> warnings = new ArrayList<>(rows.warnings());
        List<Session> sessions = new ArrayList<>();
        List<RefusedRow> refused = new ArrayList<>(rows.refused());
        Map<ObjectKey, Path> files = new HashMap<>();
        int[] done = {refused.size()};
        Ahead.work(
                ReadSession.groups(rows.rows()), THREADS, group -> ReadSession.of(group, Purpose.PREDICTION), read -> {
                    refused.addAll(read.refused());
                    warnings.addAll(read.warnings());
                    if (!read.heard().isEmpty()) {
                        sessions.add(session(read, files));
                    }
                    done[0] += read.rows().size();
                    progress.rows(done[0], rows.size());
                });
        refused.sort(Comparator.comparingLong(RefusedRow::line));
        warnings.sort(Comparator.comparingLong(RowWarning::line));
        return new LocalSessions(sessions, refused, warnings, new LocalFiles(files));
    }

    private static Session session(ReadSession read, Map<ObjectKey, Path> files) {
        String folder = "sessions/" + read.transmission().sessionId() + "/";
        List<Measurement> measurements = new ArrayList<>();
        for (ReadSession.Heard heard : read.heard()) {
            String place = folder + (measurements.size() + 1) + "/";
            Optional<ObjectKey> key = heard.recording()
                    .map(MeasuredRecording::file)
                    .map(file -> {
                        ObjectKey name = new ObjectKey(ObjectKey.RECORDINGS, place + file.getFileName());
                        files.put(name, file);
                        return name;
                    });
            measurements.add(heard.measurement(key));
        }
        return read.session(measurements);
    }
}
