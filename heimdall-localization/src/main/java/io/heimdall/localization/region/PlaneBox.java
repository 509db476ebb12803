package io.heimdall.localization.region;

/** A rectangle of the plane, with sides to the east and to the north. */
record PlaneBox(double west, double south, double east, double north) {

    boolean overlaps(PlaneBox other) {
        return west <= other.east && other.west <= east && south <= other.north && other.south <= north;
    }

    /** Returns the smallest box that holds this one and another. */
    PlaneBox union(PlaneBox other) {
        return new PlaneBox(
                Math.min(west, other.west),
                Math.min(south, other.south),
                Math.max(east, other.east),
                Math.max(north, other.north));
    }

    /** Returns what this box and another have in common; it is empty where they do not overlap. */
    PlaneBox within(PlaneBox other) {
        return new PlaneBox(
                Math.max(west, other.west),
                Math.max(south, other.south),
                Math.min(east, other.east),
                Math.min(north, other.north));
    }

    boolean isEmpty() {
        return !(west < east && south < north);
    }
}
