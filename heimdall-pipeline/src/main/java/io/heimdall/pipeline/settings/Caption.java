package io.heimdall.pipeline.settings;

import java.util.Optional;

/**
 * The texts of a setting.
 *
 * @param value stands for a value in the help: {@code N}
 * @param unit of the value; empty where it has none
 * @param label in the page's form, without the unit
 * @param description without a full stop at its end
 * @param usual says the default, where that is no value of the setting
 * @param first whether the page's form shows it at once
 */
public record Caption(
        String value, String unit, String label, String description, Optional<String> usual, boolean first) {

    /** Makes a caption of a setting that has no unit. */
    public static Caption of(String value, String label, String description) {
        return new Caption(value, "", label, description, Optional.empty(), false);
    }

    /** Returns this caption with a unit. */
    public Caption in(String newUnit) {
        return new Caption(value, newUnit, label, description, usual, first);
    }

    /** Returns this caption with words for the default. */
    public Caption usually(String words) {
        return new Caption(value, unit, label, description, Optional.of(words), first);
    }

    /** Returns this caption for one of the settings that the page's form shows at once. */
    public Caption shownFirst() {
        return new Caption(value, unit, label, description, usual, true);
    }
}
