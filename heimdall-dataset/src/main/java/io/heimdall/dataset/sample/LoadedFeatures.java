package io.heimdall.dataset.sample;

import io.heimdall.dataset.Measurement;
import java.util.Map;

/**
 * Features in memory.
 *
 * @param loaded of recordings, calibrated; not written to
 * @param others where those are that are not in memory
 */
record LoadedFeatures(Map<Measurement, float[]> loaded, MeasuredFeatures others) implements MeasuredFeatures {

    @Override
    public float[] of(Measurement measurement) {
        float[] features = loaded.get(measurement);
        return features == null ? others.of(measurement) : features.clone();
    }
}
