/**
 * A world that is fitted to recorded sessions: the law of their levels, the shapes of their spectra, and simulated
 * sessions. {@link io.heimdall.pipeline.world.FittedWorld} is the world,
 * {@link io.heimdall.pipeline.world.LevelPosterior} the posterior of a place under its law.
 *
 * <p>Places are in metres of one plane; stations are numbered 0, 1, ...
 */
package io.heimdall.pipeline.world;
