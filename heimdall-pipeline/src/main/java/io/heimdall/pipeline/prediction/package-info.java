/** A model file at work: from the recordings of sessions to places and their uncertainty. */
package io.heimdall.pipeline.prediction;
