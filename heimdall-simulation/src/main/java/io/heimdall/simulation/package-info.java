/**
 * Simulated worlds, in which everything is known: sessions to train on, and the best possible answer to each.
 *
 * <p>{@link io.heimdall.simulation.World} is the definition. {@link io.heimdall.simulation.Simulation} draws sessions
 * from it. {@link io.heimdall.simulation.WorldPosterior} is the exact Bayes posterior of the transmitter's place,
 * given the levels of a session.
 */
package io.heimdall.simulation;
