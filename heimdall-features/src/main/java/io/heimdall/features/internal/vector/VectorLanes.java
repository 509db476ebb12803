package io.heimdall.features.internal.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vectors that the kernels use.
 *
 * <p>Longer registers are left alone: the values of 8 frames just about fit the caches, those of 16 would not.
 */
final class VectorLanes {
    static final VectorSpecies<Float> LANES =
            FloatVector.SPECIES_PREFERRED.length() >= 8 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;
    static final int WIDTH = LANES.length();
    static final int PAIR = 2 * WIDTH;

    private VectorLanes() {}
}
