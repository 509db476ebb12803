package io.heimdall.dataset.ingest;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/** Frequencies as a message shows them, and units that are mistaken for hertz. */
final class Hertz {
    private Hertz() {}

    /** Returns a frequency with the unit that makes few digits before the point, and so many digits in all. */
    static String text(double hertz, int digits) {
        double size = Math.abs(hertz);
        double factor = size >= 1e6 ? 1e6 : size >= 1e3 ? 1e3 : 1;
        BigDecimal number = new BigDecimal(hertz / factor, new MathContext(digits)).stripTrailingZeros();
        return number.toPlainString() + (factor == 1e6 ? " MHz" : factor == 1e3 ? " kHz" : " Hz");
    }

    /** Returns the unit in which {@code number} is about {@code hertz}. */
    static Optional<String> mistakenUnit(double number, double hertz) {
        return about(hertz / number, 1e3)
                ? Optional.of("kilohertz")
                : about(hertz / number, 1e6)
                        ? Optional.of("megahertz")
                        : about(hertz / number, 1e9) ? Optional.of("gigahertz") : Optional.empty();
    }

    private static boolean about(double ratio, double factor) {
        return ratio > factor / 2 && ratio < factor * 2;
    }
}
