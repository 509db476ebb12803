package io.heimdall.dataset.ingest;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Recorded;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.features.recording.RecordingFormatException;
import io.heimdall.files.ObjectKey;
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
 * A session whose recordings were read, where it has some.
 *
 * @param rows of the table, refused or not
 * @param heard the rows that can be used
 * @param refused the rows that cannot
 * @param warnings of the rows that can
 */
record ReadSession(List<SessionRow> rows, List<Heard> heard, List<RefusedRow> refused, List<RowWarning> warnings) {

    /** A row and the recording that it names, where it names one. */
    record Heard(SessionRow row, Optional<MeasuredRecording> recording) {

        private Station station() {
            // The table counts before the recording, which a sleeping GPS may mislead.
            GeoPoint position = row.position().or(this::recordedPosition).orElseThrow();
            return new Station(row.station(), position);
        }

        private Optional<GeoPoint> recordedPosition() {
            return recording
                    .flatMap(read -> read.info().position())
                    .map(place -> new GeoPoint(place.latitude(), place.longitude()));
        }

        boolean isLocated() {
            return row.position().isPresent() || recordedPosition().isPresent();
        }

        boolean isSilence() {
            return recording.isEmpty()
                    && row.levelDb().isEmpty()
                    && row.bearing().isEmpty();
        }

        /**
         * Returns the measurement as a catalogue has it.
         *
         * @param key of the recording in the store; empty where there is none
         */
        Measurement measurement(Optional<ObjectKey> key) {
            Optional<Recorded> recorded = recording.map(read -> recorded(read, key.orElseThrow()));
            return new Measurement(
                    station(),
                    recorded,
                    recorded.isPresent()
                            ? OptionalDouble.of(
                                    recording.get().powerDb() + recorded.get().calibrationDb())
                            : row.levelDb(),
                    row.startTime()
                            .or(() -> recording.flatMap(read -> read.info().startTime())),
                    clockSigmaS(),
                    row.bearing());
        }

        /** The recording's clock tells nothing of a time that the table gives. */
        private OptionalDouble clockSigmaS() {
            return row.clockSigmaS().isPresent() || row.startTime().isPresent() || recording.isEmpty()
                    ? row.clockSigmaS()
                    : recording.get().info().clockSigmaSeconds();
        }

        private Recorded recorded(MeasuredRecording read, ObjectKey key) {
            // The store gives the file another name, in which a rate may have stood; so the rate is always kept.
            return new Recorded(
                    key,
                    Optional.of(read.info().format()),
                    read.part(),
                    OptionalDouble.of(read.sampleRateHz()),
                    row.recording().orElseThrow().calibrationDb(),
                    Optional.of(read.quality()));
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
                Heard read = read(row, purpose);
                List<RowWarning> odd = read.recording()
                        .map(recording -> RecordingWarnings.of(row, recording))
                        .orElse(List.of());
                if (purpose == Purpose.STRICT_TRAINING && !odd.isEmpty()) {
                    refused.add(
                            row.refused(odd.stream().map(RowWarning::message).collect(Collectors.joining("; "))));
                } else {
                    heard.add(read);
                    warnings.addAll(odd);
                }
            } catch (IOException | IllegalArgumentException e) {
                refused.add(row.refused(reason(row, e)));
            }
        }
        return new ReadSession(rows, heard, refused, warnings).withoutSilence(purpose);
    }

    private static Heard read(SessionRow row, Purpose purpose) throws IOException {
        Optional<MeasuredRecording> recording = Optional.empty();
        if (row.recording().isPresent()) {
            NamedRecording named = row.recording().get();
            MeasuredRecording read = MeasuredRecording.read(
                    named.file(), named.choice().options(), "fill in " + Column.SAMPLE_RATE_HZ.title());
            if (purpose == Purpose.PREDICTION) {
                read.requireIq();
            }
            recording = Optional.of(read);
        }
        Heard heard = new Heard(row, recording);
        if (!heard.isLocated()) {
            throw new IllegalArgumentException("it does not state the position of its receiver: fill in "
                    + Column.STATION_LAT.title() + " and " + Column.STATION_LON.title());
        }
        return heard;
    }

    /** A session that nobody heard says nothing of a place that a model could learn or tell. */
    private ReadSession withoutSilence(Purpose purpose) {
        if (heard.isEmpty() || heard.stream().anyMatch(one -> !one.isSilence())) {
            return this;
        }
        String fault = "no station heard session '" + transmission().sessionId() + "'";
        List<RefusedRow> all = new ArrayList<>(refused);
        if (purpose == Purpose.TRAINING) {
            List<RowWarning> more = new ArrayList<>(warnings);
            SessionRow first = heard.get(0).row();
            more.add(new RowWarning(
                    first.line(), transmission().sessionId(), "", "", "", fault + ": training leaves it out"));
            return new ReadSession(rows, heard, refused, more);
        }
        heard.forEach(one -> all.add(one.row().refused(fault)));
        return new ReadSession(rows, List.of(), all, List.of());
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
        String name = row.recording().orElseThrow().file().toString();
        String what = fault.getMessage();
        if (fault instanceof NoSuchFileException gone) {
            what = gone.getFile().equals(name) ? "there is no such file" : "there is no file " + gone.getFile();
        } else if (fault instanceof AccessDeniedException) {
            what = "this user may not read it";
        } else if (fault instanceof FileSystemException file) {
            what = file.getReason() == null ? "it cannot be read" : file.getReason();
        } else if (fault instanceof RecordingFormatException format
                && format.file().startsWith(name)) {
            return "recording " + what; // which begins with this file's name, or that of a pair's other file
        }
        return "recording " + name + ": " + what;
    }
}
