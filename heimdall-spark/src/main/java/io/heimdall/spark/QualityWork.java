package io.heimdall.spark;

import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Recorded;
import io.heimdall.features.quality.RecordingQuality;
import io.heimdall.features.quality.RecordingSurvey;
import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.RecordingFormatException;
import io.heimdall.features.recording.Recordings;
import io.heimdall.files.DiskFaults;
import java.io.IOException;

/**
 * Measures the quality of recordings, as {@code heimdall inspect} and {@code ingest} do.
 *
 * @param place of the recordings
 */
record QualityWork(WorkPlace place) implements RowWork<RecordingRow, QualityOutcome> {

    @Override
    public Opened<RecordingRow, QualityOutcome> open() throws IOException {
        return new Task(place.recordings());
    }

    private record Task(WorkPlace.Recordings recordings) implements Opened<RecordingRow, QualityOutcome> {

        @Override
        public QualityOutcome of(RecordingRow row) {
            Measurement measurement = row.parsed();
            try {
                return QualityOutcome.Measured.of(
                        row.session(),
                        measurement,
                        quality(measurement.recorded().orElseThrow()));
            } catch (IOException e) {
                boolean mayPass = !(e instanceof RecordingFormatException) && DiskFaults.mayPass(e);
                return leftOut(row, measurement, e, mayPass);
            } catch (RuntimeException e) {
                return leftOut(row, measurement, e, false);
            }
        }

        private RecordingQuality quality(Recorded recorded) throws IOException {
            try (Recording recording = Recordings.open(
                    recorded.source(recordings.objects()),
                    recorded.part().options(recorded.format(), recorded.sampleRateHz()))) {
                return RecordingSurvey.of(recording, 1).quality();
            }
        }

        private static QualityOutcome leftOut(
                RecordingRow row, Measurement measurement, Exception fault, boolean mayPass) {
            String reason = "recording " + measurement.recorded().orElseThrow().key() + " cannot be measured: "
                    + (fault.getMessage() == null ? fault.toString() : fault.getMessage());
            return new QualityOutcome.LeftOut(Fault.of(row.session(), measurement, reason, mayPass));
        }

        @Override
        public void close() {
            recordings.close();
        }
    }
}
