/** MLflow's file store: runs and registered models as directories of small files, without a server. */
package io.heimdall.tracking.filestore;
