/**
 * MLflow's file store: runs and registered models as directories of small files, without a server.
 * {@link io.heimdall.tracking.filestore.FileStoreTracker} is the entry point.
 */
package io.heimdall.tracking.filestore;
