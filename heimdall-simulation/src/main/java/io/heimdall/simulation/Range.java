package io.heimdall.simulation;

/** Refuses numbers that a world cannot have. */
final class Range {
    private Range() {}

    /** Refuses what is not in {@code low..high}, NaN included. */
    static void check(String name, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw new IllegalArgumentException(name + " " + value + " is not in " + low + ".." + high);
        }
    }
}
