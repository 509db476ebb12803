package io.heimdall.spark;

import io.heimdall.app.adapters.NamedFeatures;
import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.dataset.store.FeatureStore;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.files.ObjectStore;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** The features of recordings on a worker, from the store or computed and stored. For one thread. */
final class OpenFeatures implements AutoCloseable {
    private final WorkPlace.Recordings recordings;
    private final NamedFeatures named;
    private final WatchedStore store;
    private final RecordingFeatures features;

    private OpenFeatures(WorkPlace.Recordings recordings, NamedFeatures named, WatchedStore store) {
        this.recordings = recordings;
        this.named = named;
        this.store = store;
        this.features = new RecordingFeatures(recordings.objects(), FeatureParameters.network(), named.cache());
    }

    /** Keeps hold of the store that it is put around. */
    private static final class Watch {
        private WatchedStore store;

        FeatureStore over(FeatureStore opened) {
            store = new WatchedStore(opened);
            return store;
        }
    }

    /**
     * Opens recordings and store.
     *
     * @throws IOException as {@link WorkPlace#recordings} and {@link WorkPlace#features} do
     */
    static OpenFeatures at(WorkPlace place) throws IOException {
        WorkPlace.Recordings recordings = place.recordings();
        try {
            Watch watch = new Watch();
            NamedFeatures named = place.features(watch::over);
            return new OpenFeatures(recordings, named, watch.store);
        } catch (IOException | RuntimeException e) {
            recordings.close();
            throw e;
        }
    }

    /**
     * Returns the features of a recording.
     *
     * @param session id of its session
     * @param faults is told why there are none
     * @return row-major (mels, frames), decibels with the recording's calibration; empty if it cannot be read
     * @throws IOException if the store has a fault
     */
    Optional<float[]> of(String session, Measurement measurement, Consumer<Fault> faults) throws IOException {
        Optional<float[]> found = Optional.empty();
        try {
            found = Optional.of(features.of(measurement));
        } catch (DatasetException e) {
            faults.accept(Fault.of(session, measurement, e.getMessage(), e.mayPassLater()));
        } catch (RuntimeException e) { // a file that its reader does not expect; the others are worth their features
            faults.accept(Fault.of(session, measurement, e.toString(), false));
        }
        store.check();
        return found;
    }

    /** Returns where the recordings are. */
    ObjectStore objects() {
        return recordings.objects();
    }

    /** Returns the store, for features of any parameters; whoever uses it calls {@link #check}. */
    FeatureCache cache() {
        return named.cache();
    }

    /**
     * Checks that the store has answered and kept everything so far.
     *
     * @throws IOException if the store has a fault
     */
    void check() throws IOException {
        store.check();
    }

    /** Returns how many features were computed. */
    long computed() {
        return store.puts();
    }

    /**
     * Publishes what was computed.
     *
     * @throws IOException if the store has a fault
     */
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
