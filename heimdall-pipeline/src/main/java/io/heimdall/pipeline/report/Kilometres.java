package io.heimdall.pipeline.report;

import java.util.Locale;

/** Distances as people read them. */
final class Kilometres {
    private Kilometres() {}

    /** Returns three significant digits where that makes sense: 0.123, 3.4, 21.7, 140. */
    static String text(double metres) {
        double km = metres / 1000;
        if (!Double.isFinite(km)) {
            return "–";
        }
        return String.format(Locale.ROOT, km < 1 ? "%.3f" : km < 100 ? "%.1f" : "%.0f", km);
    }
}
