package io.heimdall.pipeline.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Round numbers along an axis. */
final class Ticks {
    private Ticks() {}

    /**
     * Returns multiples of 1, 2 or 5 times a power of ten.
     *
     * @param most how many at most, about
     */
    static List<BigDecimal> between(double from, double to, int most) {
        double raw = (to - from) / most;
        if (!(raw > 0) || Double.isInfinite(raw)) {
            return List.of();
        }
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double factor = raw / power <= 1 ? 1 : raw / power <= 2 ? 2 : raw / power <= 5 ? 5 : 10;
        int digits = (int) Math.max(0, -Math.floor(Math.log10(factor * power) + 1e-9));
        List<BigDecimal> ticks = new ArrayList<>();
        for (double n = Math.ceil(from / (factor * power) - 1e-9); n * factor * power <= to + 1e-9 * raw; n++) {
            BigDecimal tick = BigDecimal.valueOf(n * factor * power).setScale(digits, RoundingMode.HALF_EVEN);
            ticks.add(tick.signum() == 0 ? BigDecimal.ZERO : tick);
        }
        return ticks;
    }
}
