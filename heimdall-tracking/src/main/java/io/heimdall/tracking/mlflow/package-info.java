/**
 * The adapter for an MLflow server: {@link io.heimdall.tracking.mlflow.MlflowTracker} records runs and models over its
 * REST interface. Artifacts go to the store that the server names.
 *
 * <p>{@link io.heimdall.tracking.mlflow.OnnxFlavor} writes the model directory that MLflow loads.
 */
package io.heimdall.tracking.mlflow;
