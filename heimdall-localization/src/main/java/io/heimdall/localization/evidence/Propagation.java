package io.heimdall.localization.evidence;

/**
 * How long a signal is under way over a distance on the ground.
 *
 * @param factor by which a signal takes longer than light in vacuum, 1 or somewhat more: 1.0003 in air, more over land for a
 *     ground wave of low frequency
 * @param layerKm height of the layer that reflects a sky wave, 0 for a signal along the ground
 * @param hops reflections at the layer, 1 or more; only for a sky wave
 */
public record Propagation(double factor, double layerKm, int hops) {
    /** The speed of light in vacuum, metres a second. */
    public static final double SPEED_OF_LIGHT = 299_792_458;

    /** Along the ground at the speed of light in vacuum. */
    public static final Propagation STRAIGHT = new Propagation(1, 0, 1);

    private static final double EARTH_RADIUS_M = 6_371_008.8;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if the factor is not in 0.5..2, the height not in 0..1000 km, or the hops not in 1..10
     */
    public Propagation {
        if (!(factor >= 0.5 && factor <= 2)) {
            throw new IllegalArgumentException("a propagation factor of " + factor + " is not in 0.5..2");
        }
        if (!(layerKm >= 0 && layerKm <= 1000)) {
            throw new IllegalArgumentException("a layer at " + layerKm + " km is not in 0..1000 km");
        }
        if (hops < 1 || hops > 10) {
            throw new IllegalArgumentException(hops + " hops are not in 1..10");
        }
    }

    /** Returns a wave along the ground that takes a factor longer than light. */
    public static Propagation groundWave(double factor) {
        return new Propagation(factor, 0, 1);
    }

    /**
     * Returns the time over a distance, seconds.
     *
     * @param metres on the ground, 0 or more
     */
    public double seconds(double metres) {
        return factor * pathM(metres) / SPEED_OF_LIGHT;
    }

    /** Returns the length of the way, as over a sphere: of a sky wave that of straight lines between ground and layer. */
    private double pathM(double metres) {
        if (layerKm == 0) {
            return metres;
        }
        double halfHop = metres / hops / EARTH_RADIUS_M / 2;
        double height = layerKm * 1000;
        double sine = Math.sin(halfHop / 2);
        double squared = height * height + 4 * EARTH_RADIUS_M * (EARTH_RADIUS_M + height) * sine * sine;
        return 2 * hops * Math.sqrt(squared);
    }
}
