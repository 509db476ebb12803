/**
 * From the catalogue to training data: the choice of sessions, their split, and their features.
 * {@link io.heimdall.pipeline.data.TrainingData} is the result, {@link io.heimdall.pipeline.data.FoldData} that for an
 * ensemble.
 */
package io.heimdall.pipeline.data;
