package io.heimdall.dataset.ingest;

import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Recorded;
import io.heimdall.dataset.RecordingCatalog;
import io.heimdall.dataset.Session;
import io.heimdall.files.ObjectKey;
import io.heimdall.files.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A session whose recordings, if it has some, are in the store, and which the catalogue does not show yet.
 *
 * <p>An object that the catalogue shows is never overwritten: a changed recording gets a new name, and the old object
 * goes when the catalogue has the new one. So the catalogue fits the objects at any moment.
 */
final class StoredSession {

    /** What the catalogue will learn. */
    enum Change {
        ADDED,
        UPDATED,
        NONE,
        /** No row could be used. */
        REFUSED
    }

    private final ReadSession read;
    private final ObjectStore objects;
    private final Optional<Session> old;
    private final Set<String> takenNames = new HashSet<>();
    private final Map<String, Measurement> measurements = new LinkedHashMap<>();
    private boolean stored;

    private StoredSession(ReadSession read, Optional<Session> old, ObjectStore objects) {
        this.read = read;
        this.old = old;
        this.objects = objects;
    }

    /**
     * Puts a session's recordings into the store where they are not there yet.
     *
     * @param complete whether stations that are not in {@code read} shall leave the session
     * @throws IOException if the store cannot take one
     */
    static StoredSession store(ReadSession read, boolean complete, RecordingCatalog catalog, ObjectStore objects)
            throws IOException {
        StoredSession session =
                new StoredSession(read, catalog.session(read.transmission().sessionId()), objects);
        session.store(complete);
        return session;
    }

    private void store(boolean complete) throws IOException {
        oldKeys().forEach(key -> takenNames.add(stem(key)));
        for (ReadSession.Heard heard : read.heard()) {
            String station = heard.row().station();
            Optional<ObjectKey> key = heard.recording().isEmpty()
                    ? Optional.empty()
                    : Optional.of(key(station, heard.recording().get()));
            measurements.put(station, heard.measurement(key));
        }
        if (!complete && !measurements.isEmpty()) {
            oldMeasurements().forEach(m -> measurements.putIfAbsent(m.station().name(), m));
        }
    }

    /** Shows the session to readers of the catalogue, then removes what nothing refers to any more. */
    void commit(RecordingCatalog catalog, ObjectStore objects) throws IOException {
        if (change() != Change.ADDED && change() != Change.UPDATED) {
            return;
        }
        Session session = read.session(measurements.values());
        catalog.add(session);
        Set<ObjectKey> used = new HashSet<>();
        session.recordings().forEach(recorded -> used.add(recorded.key()));
        for (ObjectKey key : oldKeys()) {
            if (!used.contains(key)) {
                objects.delete(key);
                objects.delete(dataOf(key));
            }
        }
    }

    Change change() {
        if (read.heard().isEmpty()) {
            return Change.REFUSED;
        }
        if (old.isEmpty()) {
            return Change.ADDED;
        }
        boolean same = !stored && old.get().equals(read.session(measurements.values()));
        return same ? Change.NONE : Change.UPDATED;
    }

    List<RefusedRow> refused() {
        return read.refused();
    }

    List<RowWarning> warnings() {
        return read.warnings();
    }

    int rows() {
        return read.rows().size();
    }

    private List<Measurement> oldMeasurements() {
        return old.map(Session::measurements).orElse(List.of());
    }

    private List<ObjectKey> oldKeys() {
        return old.map(Session::recordings).orElse(List.of()).stream()
                .map(Recorded::key)
                .toList();
    }

    /** Returns where the store has a station's recording, and puts it there if it has not. */
    private ObjectKey key(String station, MeasuredRecording recording) throws IOException {
        for (Measurement measurement : oldMeasurements()) {
            Optional<ObjectKey> key = measurement.recorded().map(Recorded::key);
            if (measurement.station().name().equals(station) && key.isPresent() && holds(key.get(), recording)) {
                return key.get();
            }
        }
        ObjectKey key = new ObjectKey(
                ObjectKey.RECORDINGS,
                "sessions/" + read.transmission().sessionId() + "/" + freeName() + "." + recording.extension());
        try {
            if (recording.data().isPresent()) {
                objects.put(dataOf(key), recording.data().get());
            }
            objects.put(key, recording.file());
        } catch (IOException e) {
            throw new IOException(
                    "recording " + recording.file() + " cannot be stored in " + objects + ": " + e.getMessage()
                            + "; the sessions before it are stored, ingest again to continue",
                    e);
        }
        stored = true;
        return key;
    }

    private String freeName() {
        int number = 1;
        while (!takenNames.add("websdr_" + number)) {
            number++;
        }
        return "websdr_" + number;
    }

    private boolean holds(ObjectKey key, MeasuredRecording recording) throws IOException {
        return key.name().endsWith("." + recording.extension())
                && same(key, recording.file())
                && (recording.data().isEmpty()
                        || same(dataOf(key), recording.data().get()));
    }

    private boolean same(ObjectKey key, Path file) throws IOException {
        return objects.exists(key)
                && objects.size(key) == Files.size(file)
                && Files.mismatch(objects.fetch(key), file) < 0;
    }

    private static String stem(ObjectKey key) {
        int dot = key.name().indexOf('.');
        return dot < 0 ? key.name() : key.name().substring(0, dot);
    }

    /** Returns where the samples of a SigMF pair are, if it is one. */
    private static ObjectKey dataOf(ObjectKey meta) {
        return meta.sibling(stem(meta) + ".sigmf-data");
    }
}
