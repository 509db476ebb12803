package io.heimdall.app.jobs;

import java.util.OptionalDouble;

/**
 * One epoch of a job's learning curve.
 *
 * @param epoch from 1
 * @param trainingLoss mean of the epoch
 * @param validationNll of the validation split, if it has sessions
 * @param learningRate of the last step
 * @param seconds that the epoch took
 */
public record EpochPoint(
        int epoch, double trainingLoss, OptionalDouble validationNll, double learningRate, double seconds) {}
