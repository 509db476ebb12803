/** An MLflow server: runs and models over its REST interface, artifacts wherever it keeps them, and the model directory that it loads. */
package io.heimdall.tracking.mlflow;
