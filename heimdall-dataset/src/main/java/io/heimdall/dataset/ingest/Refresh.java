package io.heimdall.dataset.ingest;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Recorded;
import io.heimdall.dataset.RecordingCatalog;
import io.heimdall.dataset.Session;
import io.heimdall.features.quality.RecordingQuality;
import io.heimdall.features.quality.RecordingSurvey;
import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.Recordings;
import io.heimdall.files.ObjectStore;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Measures the recordings of a catalogue again, because an earlier release measured some of them wrongly.
 *
 * <p>Only the {@link RecordingQuality} of each recording changes. A session is written whole or not at all, and only
 * if it changes.
 */
public final class Refresh {
    private static final int THREADS = 2;

    private final RecordingCatalog catalog;
    private final ObjectStore objects;

    /**
     * Prepares to measure again.
     *
     * @param catalog has the sessions
     * @param objects has their recordings
     */
    public Refresh(RecordingCatalog catalog, ObjectStore objects) {
        this.catalog = catalog;
        this.objects = objects;
    }

    /**
     * What was done.
     *
     * @param sessions that were looked at
     * @param changed sessions of which a measure changed
     * @param faults a sentence for each recording that could not be read; its measures stay as they were
     */
    public record Result(int sessions, int changed, List<String> faults) {

        /** Copies the list. */
        public Result {
            faults = List.copyOf(faults);
        }
    }

    private record Measured(Session old, Session now, List<String> faults) {}

    /**
     * Measures all training data.
     *
     * @param progress hears of sessions
     * @throws DatasetException if the catalogue cannot be read or written
     * @throws IOException if the calling thread cannot go on; the sessions before are measured
     */
    public Result run(RowProgress progress) throws IOException {
        List<Session> sessions;
        try (Stream<Session> all = catalog.sessions()) {
            sessions = all.toList();
        }
        List<String> faults = new ArrayList<>();
        int[] done = {0};
        int[] changed = {0};
        Ahead.work(sessions, THREADS, this::measured, measured -> {
            if (!measured.now().equals(measured.old())) {
                catalog.add(measured.now());
                changed[0]++;
            }
            faults.addAll(measured.faults());
            progress.rows(++done[0], sessions.size());
        });
        return new Result(sessions.size(), changed[0], faults);
    }

    private Measured measured(Session session) {
        List<String> faults = new ArrayList<>();
        List<Measurement> now = new ArrayList<>();
        for (Measurement measurement : session.measurements()) {
            now.add(measurement
                    .recorded()
                    .map(recorded -> measured(measurement, recorded, faults))
                    .orElse(measurement));
        }
        return new Measured(session, session.heardBy(now), faults);
    }

    private Measurement measured(Measurement measurement, Recorded recorded, List<String> faults) {
        try {
            return measurement.withRecorded(recorded.withQuality(Optional.of(quality(recorded))));
        } catch (IOException | IllegalArgumentException e) {
            faults.add("recording " + recorded.key() + " of station '"
                    + measurement.station().name() + "' cannot be measured: "
                    + (e instanceof NoSuchFileException ? "it is not there" : e.getMessage()));
            return measurement;
        }
    }

    private RecordingQuality quality(Recorded recorded) throws IOException {
        try (Recording recording = Recordings.open(
                recorded.source(objects), recorded.part().options(recorded.format(), recorded.sampleRateHz()))) {
            return RecordingSurvey.of(recording, 1).quality();
        }
    }
}
