/** Experiment runs, artifacts and model registry in MLflow's formats. */
package io.heimdall.tracking;
