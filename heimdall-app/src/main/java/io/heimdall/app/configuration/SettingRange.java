package io.heimdall.app.configuration;

import io.heimdall.dataset.split.FoldRule;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * The values that a numeric setting may have, wherever it is given: typed, in the configuration, or in a request.
 *
 * @param option as it is typed, without its dashes: {@code batch-size}
 * @param field as it stands in JSON: {@code batch_size}
 * @param isWhole whether it is a whole number
 * @param least the smallest value
 * @param most the largest value
 * @param mayBeInfinite whether it may be {@code Infinity} too
 */
public record SettingRange(
        String option, String field, boolean isWhole, BigDecimal least, BigDecimal most, boolean mayBeInfinite) {

    private static final List<SettingRange> ALL = List.of(
            whole("epochs", "epochs", 1, 1_000_000),
            whole("batch-size", "batch_size", 2, 8192),
            decimal("learning-rate", "learning_rate", "1e-9", "10"),
            decimal("weight-decay", "weight_decay", "0", "10"),
            decimal("clip-norm", "clip_norm", "1e-6", "1e9").orInfinite(),
            whole("patience", "patience", 1, 1_000_000),
            whole("freeze-backbone", "frozen_epochs", 0, 1_000_000),
            whole("folds", "folds", FoldRule.FEWEST, FoldRule.MOST),
            decimal("augment-power-db", "augment_power_db", "0", "60"),
            decimal("augment-station-db", "augment_station_db", "0", "60"),
            whole("min-frequency", "min_frequency_hz", 0, 1_000_000_000_000L),
            whole("max-frequency", "max_frequency_hz", 0, 1_000_000_000_000L),
            decimal("min-snr", "min_snr_db", "-200", "200"),
            decimal("max-clipped", "max_clipped_share", "0", "1"),
            whole("threads", "threads", 1, 1024),
            whole("seed", "seed", Long.MIN_VALUE, Long.MAX_VALUE),
            decimal("rate", "rate", "1", "1e10"),
            decimal("shadowing-db", "shadowing_db", "0", "60"),
            whole("connections", "connections", 1, 65_536),
            whole("trainings", "trainings", 0, 1024),
            whole("port", "port", 0, 65_535));

    /** Returns the ranges of all numeric settings. */
    public static List<SettingRange> all() {
        return ALL;
    }

    /** Returns the range of what is typed as {@code --option}. */
    public static Optional<SettingRange> ofOption(String name) {
        return ALL.stream().filter(range -> name.equals("--" + range.option)).findFirst();
    }

    /** Returns the range of a field in JSON. */
    public static Optional<SettingRange> ofField(String name) {
        return ALL.stream().filter(range -> range.field.equals(name)).findFirst();
    }

    /** Returns whether a number is in the range. */
    public boolean admits(Number number) {
        if (number instanceof Double value && !Double.isFinite(value)) {
            return mayBeInfinite && value == Double.POSITIVE_INFINITY;
        }
        BigDecimal value = new BigDecimal(number.toString());
        boolean fits = !isWhole || value.stripTrailingZeros().scale() <= 0;
        return fits && value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    /** Returns what is expected, for a message: {@code a whole number in 2..8192}. */
    public String expected() {
        return (isWhole ? "a whole number in " : "a number in ") + this + (mayBeInfinite ? " or Infinity" : "");
    }

    /** Returns the smallest and the largest value. */
    @Override
    public String toString() {
        return text(least) + ".." + text(most);
    }

    private static String text(BigDecimal number) {
        String plain = number.toPlainString();
        return plain.length() <= 7 || number.scale() == 0 && plain.length() <= 8
                ? plain
                : number.toString().replace("E+", "e").replace("E", "e");
    }

    private static SettingRange whole(String option, String field, long least, long most) {
        return new SettingRange(option, field, true, BigDecimal.valueOf(least), BigDecimal.valueOf(most), false);
    }

    private static SettingRange decimal(String option, String field, String least, String most) {
        return new SettingRange(option, field, false, new BigDecimal(least), new BigDecimal(most), false);
    }

    private SettingRange orInfinite() {
        return new SettingRange(option, field, isWhole, least, most, true);
    }
}
