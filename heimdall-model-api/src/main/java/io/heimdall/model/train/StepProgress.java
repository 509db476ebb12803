package io.heimdall.model.train;

import io.heimdall.model.backend.StepResult;
import io.heimdall.model.backend.StepTimes;
import java.time.Duration;

/**
 * The progress of a run after one step.
 *
 * @param epoch the running epoch, from 1
 * @param epochs of the plan
 * @param stepInEpoch steps done in it
 * @param stepsPerEpoch all steps of an epoch
 * @param step steps done since the run began
 * @param learningRate of this step
 * @param result loss and gradient norm
 * @param waiting time that the step waited for its batch
 * @param computing time that the step took then
 * @param times of the parts of it, where the session measures them
 */
public record StepProgress(
        int epoch,
        int epochs,
        int stepInEpoch,
        int stepsPerEpoch,
        long step,
        double learningRate,
        StepResult result,
        Duration waiting,
        Duration computing,
        StepTimes times) {}
