package io.heimdall.dataset.ingest;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Recorded;
import io.heimdall.dataset.RecordingPart;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.features.recording.ReadOptions;
import io.heimdall.files.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Makes sessions of single recordings: recordings with a station form one transmission, each other recording is one of
 * its own.
 */
public final class LooseRecordings {
    /** Of the one session that the recordings with a station make. */
    public static final String TOGETHER = "recordings";

    /** Stands for the position of a station whose recording does not tell it; a model may know it. */
    public static final GeoPoint NOWHERE = new GeoPoint(0, 0);

    /** Stands for the frequency of recordings that do not tell it. */
    public static final long UNKNOWN_HZ = 1;

    private LooseRecordings() {}

    /**
     * Reads recordings to their ends, each as it says itself.
     *
     * @param inputs each {@code FILE} or {@code STATION=FILE}; what is a file as it stands is no station's
     * @param sampleRateHz of those that do not say it
     * @throws IOException if one cannot be read
     * @throws IllegalArgumentException if one is of no use; the message names it
     */
    public static LocalSessions read(List<String> inputs, OptionalDouble sampleRateHz) throws IOException {
        return read(inputs, RecordingPart.FIRST.options(Optional.empty(), sampleRateHz), "give it as rate");
    }

    /**
     * Reads recordings to their ends.
     *
     * @param inputs each {@code FILE} or {@code STATION=FILE}; what is a file as it stands is no station's
     * @param options how each is read
     * @param rateMissing what the user can do where neither options nor a file tell the sample rate
     * @throws IOException if one cannot be read
     * @throws IllegalArgumentException if one is of no use; the message names it
     */
    public static LocalSessions read(List<String> inputs, ReadOptions options, String rateMissing) throws IOException {
        Map<ObjectKey, Path> files = new HashMap<>();
        List<Session> sessions = new ArrayList<>();
        List<Measurement> together = new ArrayList<>();
        long togetherHz = UNKNOWN_HZ;
        List<RowWarning> warnings = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            String input = inputs.get(i);
            int equals = stationEnd(input);
            Path file = Path.of(input.substring(equals + 1));
            String name = equals > 0 ? input.substring(0, equals) : String.valueOf(file.getFileName());
            MeasuredRecording recording = recording(file, options, rateMissing);
            String session = equals > 0 ? TOGETHER : i + 1 + "-" + name;
            for (String sentence : recording.warnings()) {
                warnings.add(new RowWarning(0, session, file.toString(), "", "", file + ": " + sentence));
            }
            ObjectKey key = new ObjectKey(
                    ObjectKey.RECORDINGS,
                    "sessions/" + (i + 1) + "/" + recording.file().getFileName());
            files.put(key, recording.file());
            if (equals > 0) {
                together.add(measurement(recording, name, key));
                togetherHz = togetherHz == UNKNOWN_HZ ? hertz(recording) : togetherHz;
            } else {
                sessions.add(session(session, hertz(recording), List.of(measurement(recording, name, key))));
            }
        }
        if (!together.isEmpty()) {
            sessions.add(session(TOGETHER, togetherHz, together));
        }
        return new LocalSessions(sessions, List.of(), warnings, new LocalFiles(files));
    }

    /** The place of the equals sign behind a station, 0 or less without one: files and folders may have such signs too. */
    private static int stationEnd(String input) {
        return Files.exists(Path.of(input)) ? -1 : input.indexOf('=');
    }

    private static MeasuredRecording recording(Path file, ReadOptions options, String rateMissing) throws IOException {
        try {
            MeasuredRecording read = MeasuredRecording.read(file, options, rateMissing);
            read.requireIq();
            return read;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static Measurement measurement(MeasuredRecording read, String station, ObjectKey key) {
        Recorded recorded = new Recorded(
                key,
                Optional.of(read.info().format()),
                read.part(),
                OptionalDouble.of(read.sampleRateHz()),
                0,
                Optional.of(read.quality()));
        return new Measurement(
                new Station(station, place(read)),
                Optional.of(recorded),
                OptionalDouble.of(read.powerDb()),
                read.info().startTime(),
                read.info().clockSigmaSeconds(),
                Optional.empty());
    }

    private static Session session(String id, long hertz, List<Measurement> measurements) {
        return new Session(id, "", Optional.empty(), hertz, false, Optional.empty(), measurements);
    }

    private static GeoPoint place(MeasuredRecording read) {
        return read.info()
                .position()
                .map(position -> new GeoPoint(position.latitude(), position.longitude()))
                .orElse(NOWHERE);
    }

    private static long hertz(MeasuredRecording read) {
        double centre = read.info().centerFrequencyHz().orElse(0);
        return centre >= 1 ? Math.round(centre) : UNKNOWN_HZ;
    }

    /**
     * Checks that a model can hear some station of each session.
     *
     * @param stations of the model; empty if it takes any recording
     * @throws IllegalArgumentException naming the session, and the stations that the model has
     */
    public static void checkHeard(List<Session> sessions, List<String> stations) {
        for (Session session : sessions) {
            boolean heard = stations.isEmpty()
                    || session.measurements().stream()
                            .filter(measurement -> measurement.recorded().isPresent())
                            .anyMatch(measurement ->
                                    stations.contains(measurement.station().name()));
            if (!heard) {
                throw new IllegalArgumentException("the model has a channel for each of the stations "
                        + String.join(", ", stations) + ", none of which recorded '" + session.id()
                        + "'; name the station of each recording: STATION=FILE");
            }
        }
    }
}
