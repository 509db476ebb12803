/**
 * Experiment runs, their artifacts, and the registry of models, in MLflow's formats.
 *
 * <p>{@link io.heimdall.tracking.Tracker} is the port, {@link io.heimdall.tracking.filestore.FileStoreTracker} the adapter that
 * needs no server, {@link io.heimdall.tracking.mlflow.MlflowTracker} the one that records on a server, and
 * {@link io.heimdall.tracking.sync.ForwardingTracker} the one to train with: it records in a file store and forwards.
 * {@link io.heimdall.tracking.sync.StoreSync} sends a store later, {@link io.heimdall.tracking.mlflow.OnnxFlavor} writes the
 * directory that MLflow loads a model from.
 */
package io.heimdall.tracking;
