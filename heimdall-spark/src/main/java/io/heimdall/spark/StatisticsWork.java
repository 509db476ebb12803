package io.heimdall.spark;

import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.features.spectrum.RunningStatistics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Computes the statistics of sessions one by one, as a training's first pass does: whoever adds them up in the order of the sessions has the
 * same bits for any partitioning.
 *
 * @param place of recordings and features
 */
record StatisticsWork(WorkPlace place) implements RowWork<String, SessionStatistics> {

    /** Returns a session as it travels to a worker. */
    static String row(Session session) {
        return Rows.text(session.heardBy(
                session.measurements().stream().map(RecordingRow::brief).toList()));
    }

    @Override
    public Opened<String, SessionStatistics> open() throws IOException {
        return new Task(OpenFeatures.at(place));
    }

    private record Task(OpenFeatures features) implements Opened<String, SessionStatistics> {

        @Override
        public SessionStatistics of(String row) throws IOException {
            Session session = Rows.parse(row, Session.class);
            RunningStatistics values = new RunningStatistics();
            ArrayList<SessionStatistics.StationLevel> levels = new ArrayList<>();
            ArrayList<Fault> faults = new ArrayList<>();
            int recordings = 0;
            for (Measurement measurement : session.measurements()) {
                if (measurement.recorded().isPresent()) {
                    Optional<float[]> decibels = features.of(session.id(), measurement, faults::add);
                    if (decibels.isEmpty()) {
                        continue;
                    }
                    recordings++;
                    values.add(decibels.get(), 0, decibels.get().length);
                }
                String station = measurement.station().name();
                measurement
                        .levelDb()
                        .ifPresent(level -> levels.add(new SessionStatistics.StationLevel(station, level)));
            }
            return new SessionStatistics(values, recordings, levels, faults);
        }

        @Override
        public void close() throws IOException {
            features.close();
        }
    }
}
