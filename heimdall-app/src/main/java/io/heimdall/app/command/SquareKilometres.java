package io.heimdall.app.command;

import java.util.Locale;

/** How people read areas of any size. */
final class SquareKilometres {

    private SquareKilometres() {}

    /** Returns an area with its unit, and with the digits that make sense: {@code 0.023 km2, 1.50 km2, 81.2 km2, 812 km2}. */
    static String text(double km2) {
        int decimals = km2 < 0.1 ? 3 : km2 < 10 ? 2 : km2 < 100 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f km2", km2);
    }
}
