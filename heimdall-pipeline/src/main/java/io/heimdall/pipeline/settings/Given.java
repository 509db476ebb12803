package io.heimdall.pipeline.settings;

import io.heimdall.files.SettingException;
import java.util.Optional;

/**
 * A setting with its given value.
 *
 * @param field that is set
 * @param value of it; empty for none
 */
public record Given<S, T>(Field<S, T> field, Optional<T> value) {

    /** Returns a setting with the value that a text says. */
    public static <S, T> Given<S, T> parsed(Field<S, T> field, String text) {
        return new Given<>(
                field, Optional.of(SettingException.about(() -> field.type().parse(text), field.option())));
    }

    /** Returns a setting with the value that it has in some settings. */
    static <S, T> Given<S, T> as(Field<S, T> field, S settings) {
        return new Given<>(field, field.read(settings));
    }

    static <S, T> Given<S, T> ofJson(Field<S, T> field, Object value, boolean asked) {
        return new Given<>(field, Optional.of(field.ofJson(value, asked)));
    }

    S writtenTo(S settings) {
        return SettingException.about(() -> field.write(settings, value), field.option());
    }

    S clearedIn(S settings) {
        return field.write(settings, Optional.empty());
    }
}
