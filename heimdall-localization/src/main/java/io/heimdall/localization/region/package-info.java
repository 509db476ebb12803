/**
 * Probability densities on the ground: {@link io.heimdall.localization.region.GroundDensity} gives the places and the regions that
 * people look at, in degrees and square kilometres, and the regions as polygons.
 */
package io.heimdall.localization.region;
