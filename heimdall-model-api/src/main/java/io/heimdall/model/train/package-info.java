/**
 * The training loop, written once for all engines.
 *
 * <p>{@link io.heimdall.model.train.Trainer} takes a plan, samples and a backend's session through epochs, validates,
 * stops early and keeps checkpoints. Every random draw is a function of seed, epoch and step, so a run that was killed
 * and resumed ends with the very weights of one that was not.
 */
package io.heimdall.model.train;
