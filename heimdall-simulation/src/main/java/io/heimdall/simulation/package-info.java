/**
 * A world of seven stations in which everything is known: sessions to train on, and the best that can be done with them.
 *
 * <p>{@link io.heimdall.simulation.World} is the definition, {@link io.heimdall.simulation.Simulation}
 * draws sessions from it, and {@link io.heimdall.simulation.WorldPosterior} is Bayes' answer to what a session's
 * levels say of the transmitter's place, under exactly that definition.
 */
package io.heimdall.simulation;
