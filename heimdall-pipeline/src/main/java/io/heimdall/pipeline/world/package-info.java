/**
 * A world fitted to recorded sessions: the law of their levels, the shapes of their spectra, and sessions drawn from both.
 *
 * <p>Places are in metres of one plane, stations are numbers 0, 1, ...
 */
package io.heimdall.pipeline.world;
