/**
 * Experiment runs, their artifacts, and the registry of models, in MLflow's formats.
 *
 * <p>{@link io.heimdall.tracking.Tracker} is the port, {@link io.heimdall.tracking.FileStoreTracker} the adapter that
 * needs no server, {@link io.heimdall.tracking.OnnxFlavor} the directory that MLflow loads a model from.
 */
package io.heimdall.tracking;
