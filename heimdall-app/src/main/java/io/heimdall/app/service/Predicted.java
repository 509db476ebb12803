package io.heimdall.app.service;

import io.heimdall.pipeline.prediction.Prediction;
import java.util.List;

/**
 * What was located of a request.
 *
 * @param predictions one for each session that could be located
 * @param warnings that name the other sessions, and evidence that was left out, with the reasons
 */
record Predicted(List<Prediction> predictions, List<String> warnings) {}
