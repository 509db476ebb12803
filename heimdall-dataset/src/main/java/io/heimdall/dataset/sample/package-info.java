/**
 * The features of a catalogue's recordings: {@link io.heimdall.dataset.sample.RecordingFeatures} computes them,
 * {@link io.heimdall.dataset.sample.FeatureCache} keeps them in a feature store by the content of the recording.
 */
package io.heimdall.dataset.sample;
