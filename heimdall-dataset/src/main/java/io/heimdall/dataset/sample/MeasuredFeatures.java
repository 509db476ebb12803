package io.heimdall.dataset.sample;

import io.heimdall.dataset.Measurement;

/** Features of recordings, wherever they come from. Thread-safe. */
@FunctionalInterface
public interface MeasuredFeatures {

    /**
     * Returns the features of one recording.
     *
     * @param measurement that has a recording
     * @return row-major (mels, frames), decibels with the recording's calibration; a fresh array
     * @throws io.heimdall.dataset.DatasetException naming the recording and the station, if it cannot be read
     */
    float[] of(Measurement measurement);
}
