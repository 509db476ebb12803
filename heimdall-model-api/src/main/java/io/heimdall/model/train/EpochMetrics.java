package io.heimdall.model.train;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * The metrics of one epoch.
 *
 * @param epoch number, from 1
 * @param step number of steps done since the run began
 * @param trainingLoss mean over the epoch's samples, dropout on, weights moving
 * @param gradientNorm mean over the epoch's steps, before clipping
 * @param learningRate of the last step
 * @param validationNll mean Gaussian negative log-likelihood per axis in standardised units, without the constant
 *     {@code log(2 pi) / 2}; empty without validation samples
 * @param validationError mean distance of the predicted mean from the true place, in the network's units; empty unless epochs are
 *     judged by it
 * @param duration of training and validation
 */
public record EpochMetrics(
        int epoch,
        long step,
        double trainingLoss,
        double gradientNorm,
        double learningRate,
        OptionalDouble validationNll,
        OptionalDouble validationError,
        Duration duration) {}
