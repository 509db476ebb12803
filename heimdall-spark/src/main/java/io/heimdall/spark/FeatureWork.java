package io.heimdall.spark;

import io.heimdall.dataset.Measurement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings the features of recordings into the feature store, as the training's first pass does. Each task is a writer of its own.
 *
 * @param place of recordings and store
 */
record FeatureWork(WorkPlace place) implements RowWork<RecordingRow, FeatureOutcome> {

    @Override
    public Opened<RecordingRow, FeatureOutcome> open() throws IOException {
        return new Task(OpenFeatures.at(place));
    }

    private record Task(OpenFeatures features) implements Opened<RecordingRow, FeatureOutcome> {

        @Override
        public FeatureOutcome of(RecordingRow row) throws IOException {
            Measurement measurement = row.parsed();
            long before = features.computed();
            List<Fault> faults = new ArrayList<>();
            if (features.of(row.session(), measurement, faults::add).isEmpty()) {
                return new FeatureOutcome.LeftOut(faults.get(0));
            }
            return features.computed() > before ? new FeatureOutcome.Computed() : new FeatureOutcome.Kept();
        }

        @Override
        public void close() throws IOException {
            features.close();
        }
    }
}
