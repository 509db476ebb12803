package io.heimdall.app.service;

import io.heimdall.dataset.Session;
import io.heimdall.pipeline.prediction.Prediction;
import java.util.List;

/**
 * What was located of a request.
 *
 * @param predictions one for each session that could be located
 * @param warnings that name the other sessions, and evidence that was left out, with the reasons
 * @param sessions of the request, their stations at the places that the model knows where the request does not say
 */
record Predicted(List<Prediction> predictions, List<String> warnings, List<Session> sessions) {}
