/**
 * The evaluation of a model on one side of the split, beside other methods and models.
 *
 * <p>{@link io.heimdall.pipeline.evaluation.WorkspaceEvaluation} evaluates a model file with the sessions of a
 * catalogue, {@link io.heimdall.pipeline.evaluation.Evaluator} given sessions.
 * {@link io.heimdall.pipeline.evaluation.Evaluation} is the result. A
 * {@link io.heimdall.pipeline.evaluation.LevelMethod} is a rival of the network.
 */
package io.heimdall.pipeline.evaluation;
