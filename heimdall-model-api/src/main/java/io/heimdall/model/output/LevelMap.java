package io.heimdall.model.output;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A monotone map from a wanted coverage to the credible level of the density that has this coverage; piecewise linear.
 *
 * <p>A region of level {@code p} of the calibrated density is the highest-density region of level {@code raw(p)} of
 * the density itself. The density stays unchanged.
 *
 * @param raw the levels of the density, in 0..1 and not decreasing, one for each of {@link #LEVELS}
 */
public record LevelMap(List<Double> raw) {
    /** The levels that are mapped one by one: 0.05, 0.1 and so on to 0.95, and 0.68 and 0.99; those between lie on straight lines. */
    public static final List<Double> LEVELS = IntStream.concat(
                    IntStream.rangeClosed(1, 19).map(i -> 5 * i), IntStream.of(68, 99))
            .sorted()
            .mapToObj(percent -> percent / 100.0)
            .toList();

    /** Leaves every level as it is. */
    public static final LevelMap IDENTITY = new LevelMap(LEVELS);

    private static final double DIGITS = 1e5;

    /** A region has an end, and an inside. */
    private static final double MOST = 0.9999;

    private static final double LEAST = 1e-6;

    /** Checks the levels and rounds them to five digits, as they are written. */
    public LevelMap {
        if (raw.size() != LEVELS.size()) {
            throw new IllegalArgumentException(raw.size() + " levels are given for " + LEVELS.size());
        }
        raw = raw.stream().map(level -> Math.rint(DIGITS * level) / DIGITS).toList();
        double before = 0;
        for (double level : raw) {
            if (!(level >= before && level <= 1)) {
                throw new IllegalArgumentException(
                        "levels " + raw + " are not in 0..1, or one is below that before it");
            }
            before = level;
        }
    }

    /**
     * Fits by conformal prediction: the raw level for {@code p} is the {@code ceil(p (n + 1))}-th smallest of the levels of {@code n}
     * truths, or 1 where there are not so many. Of further sessions that are exchangeable with these, the region of {@code p} then
     * holds a share of {@code p} at least.
     *
     * @param levels credible level of each truth in its density
     * @see <a href="https://doi.org/10.1080/01621459.2017.1307116">Lei et al., Distribution-free predictive inference for
     *     regression, 2018</a>
     */
    public static LevelMap conformal(double[] levels) {
        double[] sorted = levels.clone();
        Arrays.sort(sorted);
        return new LevelMap(LEVELS.stream()
                .map(level -> {
                    int rank = (int) Math.ceil(level * (sorted.length + 1) - 1e-9);
                    return rank > sorted.length ? 1 : sorted[rank - 1];
                })
                .toList());
    }

    /** Returns the level of the density whose region is the one of a calibrated level; above 0 and below 1. */
    public double raw(double level) {
        if (equals(IDENTITY)) {
            return level;
        }
        int next = 0;
        while (next < LEVELS.size() && LEVELS.get(next) < level) {
            next++;
        }
        double mapped = between(level, at(LEVELS, next - 1), at(LEVELS, next), at(raw, next - 1), at(raw, next));
        return Math.max(LEAST, Math.min(MOST, mapped));
    }

    /** Returns the calibrated level of a level of the density: the smallest whose region holds it. */
    public double calibrated(double rawLevel) {
        if (equals(IDENTITY)) {
            return rawLevel;
        }
        int next = 0;
        while (next < LEVELS.size() && raw.get(next) < rawLevel) {
            next++;
        }
        return between(rawLevel, at(raw, next - 1), at(raw, next), at(LEVELS, next - 1), at(LEVELS, next));
    }

    private static double at(List<Double> levels, int index) {
        return index < 0 ? 0 : index < levels.size() ? levels.get(index) : 1;
    }

    private static double between(double x, double from, double to, double low, double high) {
        return to > from ? low + (high - low) * (x - from) / (to - from) : high;
    }

    /** Returns the raw levels as text, read back by {@link #parse}. */
    public String text() {
        return raw.stream()
                .map(level -> String.format(Locale.ROOT, "%.5f", level))
                .collect(Collectors.joining(" "));
    }

    /**
     * Reads what {@link #text()} wrote.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    public static LevelMap parse(String text) {
        return new LevelMap(
                Arrays.stream(text.strip().split("\\s+")).map(Double::valueOf).toList());
    }
}
