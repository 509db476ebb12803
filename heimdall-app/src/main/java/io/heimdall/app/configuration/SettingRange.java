package io.heimdall.app.configuration;

import io.heimdall.pipeline.settings.Decimal;
import io.heimdall.pipeline.settings.Field;
import io.heimdall.pipeline.settings.NumberRange;
import io.heimdall.pipeline.settings.Whole;
import io.heimdall.pipeline.training.TrainingFields;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The range of a number, the same for options, configuration and requests.
 *
 * @param option as it is typed, without its dashes: {@code batch-size}
 * @param field as it stands in JSON: {@code batch_size}
 * @param range of the number
 */
public record SettingRange(String option, String field, NumberRange range) {

    /** Those of numbers that are no setting of a training. */
    private static final List<SettingRange> OTHERS = List.of(
            new SettingRange("rate", "rate", NumberRange.decimal("1", "1e10")),
            new SettingRange("shadowing-db", "shadowing_db", NumberRange.decimal("0", "60")),
            new SettingRange("connections", "connections", NumberRange.whole(1, 65_536)),
            new SettingRange("shadow-share", "shadow_share", NumberRange.decimal("0.000001", "1")),
            new SettingRange("monitor-minutes", "monitor_minutes", NumberRange.whole(0, 10_080)),
            new SettingRange("monitor-days", "monitor_days", NumberRange.whole(1, 36_500)),
            new SettingRange("trainings", "trainings", NumberRange.whole(0, 1024)),
            new SettingRange("port", "port", NumberRange.whole(0, 65_535)));

    /** Returns the ranges of all numbers. */
    public static List<SettingRange> all() {
        return Stream.concat(TrainingFields.table().all().stream().flatMap(SettingRange::of), OTHERS.stream())
                .toList();
    }

    private static Stream<SettingRange> of(Field<?, ?> field) {
        if (field.type() instanceof Whole whole) {
            return Stream.of(new SettingRange(field.option(), field.name(), whole.range()));
        }
        return field.type() instanceof Decimal decimal
                ? Stream.of(new SettingRange(field.option(), field.name(), decimal.range()))
                : Stream.empty();
    }

    /** Returns the range of what is typed as {@code --option}. */
    public static Optional<SettingRange> ofOption(String name) {
        return all().stream().filter(range -> name.equals("--" + range.option)).findFirst();
    }

    /** Returns the range of a field in JSON, or of a parameter of a request. */
    public static Optional<NumberRange> ofField(String name) {
        return all().stream()
                .filter(range -> range.field.equals(name))
                .map(SettingRange::range)
                .findFirst();
    }
}
