package io.heimdall.app.command;

import java.util.Locale;

/** The unit in which people read distances of some size. */
enum DistanceUnit {
    METRES("m", 1),
    KILOMETRES("km", 1000);

    private final String symbol;
    private final double metres;

    DistanceUnit(String symbol, double metres) {
        this.symbol = symbol;
        this.metres = metres;
    }

    /** Returns the unit for distances of about that size: metres below one kilometre. */
    static DistanceUnit of(double typicalMetres) {
        return Math.abs(typicalMetres) < KILOMETRES.metres ? METRES : KILOMETRES;
    }

    String symbol() {
        return symbol;
    }

    /** Returns a distance with that many decimals of a kilometre, or in whole metres. */
    String text(double distanceMetres, int decimals) {
        return String.format(Locale.ROOT, "%." + (this == METRES ? 0 : decimals) + "f", distanceMetres / metres);
    }
}
