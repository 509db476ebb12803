/**
 * Probability densities on the ground: {@link io.heimdall.localization.region.GroundDensity} gives places in degrees,
 * areas in square kilometres, and highest-density regions as polygons.
 */
package io.heimdall.localization.region;
