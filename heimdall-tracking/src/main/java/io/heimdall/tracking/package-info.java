/**
 * Experiment runs, their artifacts, and the registry of models, in MLflow's formats.
 * {@link io.heimdall.tracking.Tracker} is the port.
 *
 * <p>{@link io.heimdall.tracking.filestore.FileStoreTracker} is the adapter that needs no server,
 * {@link io.heimdall.tracking.mlflow.MlflowTracker} the one that records on a server. Trainings use
 * {@link io.heimdall.tracking.sync.ForwardingTracker}, which records in a file store and forwards to a server.
 * {@link io.heimdall.tracking.sync.StoreSync} sends a store later.
 */
package io.heimdall.tracking;
