package io.heimdall.dataset.ingest;

import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.ObjectKey;
import io.heimdall.dataset.Session;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * A session whose recordings were read.
 *
 * @param rows of the table, refused or not
 * @param heard the rows that can be used
 * @param refused the rows that cannot
 * @param warnings of the rows that can
 */
record ReadSession(List<SessionRow> rows, List<Heard> heard, List<RefusedRow> refused, List<RowWarning> warnings) {

    /** A row and the recording that it names. */
    record Heard(SessionRow row, MeasuredRecording recording) {

        Optional<Instant> startTime() {
            return row.startTime().or(recording.info()::startTime);
        }

        /** Returns it as a catalogue has it, the recording being in a store. */
        Measurement measurement(ObjectKey key) {
            // The store gives the file another name, in which a rate may have stood; so the rate is always kept.
            return new Measurement(
                    row.station(),
                    key,
                    Optional.of(recording.info().format()),
                    recording.part(),
                    OptionalDouble.of(recording.sampleRateHz()),
                    row.calibrationDb(),
                    startTime(),
                    recording.powerDb() + row.calibrationDb(),
                    Optional.of(recording.quality()));
        }
    }

    /** Returns the rows of a table by session, in the order in which sessions appear. */
    static List<List<SessionRow>> groups(List<SessionRow> rows) {
        Map<String, List<SessionRow>> groups = new LinkedHashMap<>();
        for (SessionRow row : rows) {
            groups.computeIfAbsent(row.session().sessionId(), id -> new ArrayList<>())
                    .add(row);
        }
        return List.copyOf(groups.values());
    }

    /**
     * Reads the recordings of a session's rows.
     *
     * @param purpose what they are read for
     */
    static ReadSession of(List<SessionRow> rows, Purpose purpose) {
        List<Heard> heard = new ArrayList<>();
        List<RefusedRow> refused = new ArrayList<>();
        List<RowWarning> warnings = new ArrayList<>();
        for (SessionRow row : rows) {
            try {
                MeasuredRecording recording = MeasuredRecording.read(
                        row.recording(), row.choice().options(), "fill in " + Column.SAMPLE_RATE_HZ.title());
                if (purpose == Purpose.PREDICTION) {
                    recording.requireIq();
                }
                List<RowWarning> odd = RecordingWarnings.of(row, recording);
                if (purpose == Purpose.STRICT_TRAINING && !odd.isEmpty()) {
                    refused.add(
                            row.refused(odd.stream().map(RowWarning::message).collect(Collectors.joining("; "))));
                } else {
                    heard.add(new Heard(row, recording));
                    warnings.addAll(odd);
                }
            } catch (IOException | IllegalArgumentException e) {
                refused.add(row.refused(reason(row, e)));
            }
        }
        return new ReadSession(rows, heard, refused, warnings);
    }

    SessionRow.Transmission transmission() {
        return rows.get(0).session();
    }

    /**
     * Returns the session with these measurements, at least one.
     *
     * @param measurements one per station
     */
    Session session(Collection<Measurement> measurements) {
        SessionRow.Transmission said = transmission();
        return new Session(
                said.sessionId(),
                said.sourceName(),
                said.source(),
                said.frequencyHz(),
                said.approved(),
                measurements.stream().flatMap(m -> m.startTime().stream()).min(Instant::compareTo),
                List.copyOf(measurements));
    }

    private static String reason(SessionRow row, Exception fault) {
        String name = row.recording().toString();
        String message = fault.getMessage();
        if (fault instanceof NoSuchFileException gone) {
            message = gone.getFile().equals(name) ? "there is no such file" : "there is no file " + gone.getFile();
        } else if (fault instanceof AccessDeniedException) {
            message = "this user may not read it";
        } else if (fault instanceof FileSystemException file && file.getReason() == null) {
            message = "it cannot be read";
        }
        // Readers of recordings begin with the file's name themselves.
        return "recording " + (message.startsWith(name) ? message : name + ": " + message);
    }
}
