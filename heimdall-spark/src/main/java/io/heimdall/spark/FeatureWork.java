package io.heimdall.spark;

import io.heimdall.app.adapters.NamedFeatures;
import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.dataset.store.FeatureStore;
import io.heimdall.features.spectrum.FeatureParameters;
import java.io.IOException;

/**
 * Brings the features of recordings into the feature store, as the training's first pass does. Each task is a writer of its own.
 *
 * @param place of recordings and store
 */
record FeatureWork(WorkPlace place) implements RowWork<RecordingRow, FeatureOutcome> {

    @Override
    public Opened<RecordingRow, FeatureOutcome> open() throws IOException {
        WorkPlace.Recordings recordings = place.recordings();
        try {
            Watch watch = new Watch();
            NamedFeatures features = place.features(watch::over);
            return new Task(recordings, features, watch);
        } catch (IOException | RuntimeException e) {
            recordings.close();
            throw e;
        }
    }

    /** Keeps hold of the store that it is put around. */
    private static final class Watch {
        private WatchedStore store;

        FeatureStore over(FeatureStore opened) {
            store = new WatchedStore(opened);
            return store;
        }
    }

    private static final class Task implements Opened<RecordingRow, FeatureOutcome> {
        private final WorkPlace.Recordings recordings;
        private final NamedFeatures named;
        private final WatchedStore store;
        private final RecordingFeatures features;

        Task(WorkPlace.Recordings recordings, NamedFeatures named, Watch watch) {
            this.recordings = recordings;
            this.named = named;
            this.store = watch.store;
            this.features = new RecordingFeatures(recordings.objects(), FeatureParameters.network(), named.cache());
        }

        @Override
        public FeatureOutcome of(RecordingRow row) throws IOException {
            Measurement measurement = row.parsed();
            long before = store.puts();
            try {
                features.of(measurement);
            } catch (DatasetException e) {
                store.check();
                return new FeatureOutcome.LeftOut(
                        Fault.of(row.session(), measurement, e.getMessage(), e.mayPassLater()));
            } catch (
                    RuntimeException e) { // a file that its reader does not expect; the others are worth their features
                return new FeatureOutcome.LeftOut(Fault.of(row.session(), measurement, e.toString(), false));
            }
            store.check();
            return store.puts() > before ? new FeatureOutcome.Computed() : new FeatureOutcome.Kept();
        }

        @Override
        public void close() throws IOException {
            try {
                named.close();
            } finally {
                recordings.close();
            }
            store.check();
        }
    }
}
