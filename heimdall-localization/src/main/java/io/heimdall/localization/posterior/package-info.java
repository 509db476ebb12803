/**
 * The product of evidence: {@link io.heimdall.localization.posterior.Posterior} is a distribution over the plane on a grid that
 * refines itself, {@link io.heimdall.localization.posterior.GroundPosterior} the same on the ground, with its regions as polygons.
 */
package io.heimdall.localization.posterior;
