package io.heimdall.dataset.ingest;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Advises on latitudes and longitudes that are no plain number: how what they seem to mean is written. */
final class AngleAdvice {
    private static final String NUMBER = "(\\d{1,3}(?:[.,]\\d{1,15})?)";
    private static final Pattern ANGLE = Pattern.compile("([-+])?" + NUMBER + "\\s*[\u00b0d]?\\s*(?:" + NUMBER
            + "\\s*['\u2032\u2019m]\\s*)?(?:" + NUMBER + "\\s*(?:\"|''|\u2033|\u201d|s)\\s*)?([NSEWO])?");
    private static final int[] PARTS_OF_A_DEGREE = {1, 60, 3600};

    private AngleAdvice() {}

    /** Returns an angle in degrees, minutes and seconds, or with the side that it lies on, as a number. */
    static Optional<String> on(String text) {
        Matcher angle = ANGLE.matcher(text.strip());
        if (!angle.matches()) {
            return Optional.empty();
        }
        BigDecimal degrees = BigDecimal.ZERO;
        for (int i = 0; i < PARTS_OF_A_DEGREE.length; i++) {
            String part = angle.group(2 + i);
            if (part != null) {
                BigDecimal number = new BigDecimal(Quantity.withPoint(part));
                degrees = degrees.add(number.divide(BigDecimal.valueOf(PARTS_OF_A_DEGREE[i]), 7, RoundingMode.HALF_UP));
            }
        }
        String side = angle.group(5) == null ? "" : angle.group(5);
        boolean negative = "-".equals(angle.group(1)) != (side.equals("S") || side.equals("W"));
        return Optional.of((negative && degrees.signum() != 0 ? "-" : "")
                + degrees.setScale(6, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString());
    }
}
