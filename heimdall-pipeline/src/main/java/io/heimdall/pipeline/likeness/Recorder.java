package io.heimdall.pipeline.likeness;

import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Recorded;
import io.heimdall.dataset.Session;
import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.RecordingInfo;
import io.heimdall.features.recording.Recordings;
import io.heimdall.files.ObjectFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How a station records.
 *
 * @param sampleRateHz complex samples a second
 * @param samples of a recording
 * @param calibrationDb added to decibels relative to full scale
 */
record Recorder(double sampleRateHz, int samples, double calibrationDb) {
    /** Longer recordings are shortened: the features of more samples differ by their noise alone. */
    static final int MOST_SAMPLES = 1 << 18;

    static final double DEFAULT_RATE_HZ = 12_500;
    static final int DEFAULT_SAMPLES = 4000;

    /** The strongest level of a station that keeps no recordings is so far below full scale. */
    private static final double HEADROOM_DB = 20;

    /** Returns the recorder of a station: that of its first recording, or a usual one whose full scale is over all its levels. */
    static Recorder of(String station, List<Session> sessions, ObjectFiles objects) throws IOException {
        List<Measurement> heard = new ArrayList<>();
        for (Session session : sessions) {
            for (Measurement measurement : session.measurements()) {
                if (measurement.station().name().equals(station)
                        && measurement.levelDb().isPresent()) {
                    heard.add(measurement);
                    if (measurement.recorded().isPresent()) {
                        return of(measurement.recorded().get(), objects);
                    }
                }
            }
        }
        double strongest =
                heard.stream().mapToDouble(m -> m.levelDb().getAsDouble()).max().orElse(0);
        return new Recorder(DEFAULT_RATE_HZ, DEFAULT_SAMPLES, Math.ceil(strongest) + HEADROOM_DB);
    }

    private static Recorder of(Recorded recorded, ObjectFiles objects) throws IOException {
        try (Recording recording = Recordings.open(
                recorded.source(objects), recorded.part().options(recorded.format(), recorded.sampleRateHz()))) {
            RecordingInfo info = recording.info();
            return new Recorder(
                    info.sampleRateHz().orElse(DEFAULT_RATE_HZ),
                    (int) Math.min(MOST_SAMPLES, info.samples()),
                    recorded.calibrationDb());
        }
    }
}
