package io.heimdall.model.output;

/**
 * A map of the plane that shifts and scales each axis independently: {@code east' = offsetEast + scaleEast * east},
 * and the same for north. It maps a network's unit to metres.
 *
 * @param offsetEast in the unit of the result
 * @param scaleEast units of the result per unit of the argument; not 0
 * @param offsetNorth in the unit of the result
 * @param scaleNorth units of the result per unit of the argument; not 0
 */
public record AffineMap(double offsetEast, double scaleEast, double offsetNorth, double scaleNorth) {

    /** Checks that the map is finite and can be inverted. */
    public AffineMap {
        boolean finite = Double.isFinite(offsetEast + offsetNorth + scaleEast + scaleNorth);
        if (!finite || scaleEast == 0 || scaleNorth == 0) {
            throw new IllegalArgumentException("a map of offsets " + offsetEast + ", " + offsetNorth + " and scales "
                    + scaleEast + ", " + scaleNorth + ": all must be finite and no scale may be 0");
        }
    }

    /** Returns the map that stretches both axes alike and keeps the origin. */
    public static AffineMap scaling(double scale) {
        return new AffineMap(0, scale, 0, scale);
    }

    /** Returns the image of a place. */
    public PlanePoint apply(PlanePoint place) {
        return new PlanePoint(offsetEast + scaleEast * place.east(), offsetNorth + scaleNorth * place.north());
    }

    /** Returns the map that undoes this one. */
    public AffineMap inverse() {
        return new AffineMap(-offsetEast / scaleEast, 1 / scaleEast, -offsetNorth / scaleNorth, 1 / scaleNorth);
    }
}
