package io.heimdall.app.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.heimdall.pipeline.settings.Field;
import io.heimdall.pipeline.settings.Word;
import io.heimdall.pipeline.training.TrainingFields;
import java.util.Optional;

/** What a setting may say in a request: less than whoever sits at the machine may say. */
final class RequestLimits {
    private RequestLimits() {}

    /**
     * Checks all settings.
     *
     * @param settings by name
     * @throws IllegalArgumentException naming a setting that says more
     */
    static void check(JsonNode settings) {
        TrainingFields.table().all().forEach(field -> check(field, settings.path(field.name())));
    }

    /**
     * Checks a setting.
     *
     * @throws IllegalArgumentException naming it if it says more
     */
    static void check(Field<?, ?> field, JsonNode value) {
        Optional<Word.Limit> limit = field.type() instanceof Word<?> word ? word.limit() : Optional.empty();
        boolean beyond = limit.isPresent()
                && value.isTextual()
                && !limit.get().pattern().matcher(value.textValue()).matches();
        if (beyond) {
            throw new IllegalArgumentException(field.name() + " is '" + Answers.shown(value.textValue())
                    + "', expected " + limit.get().expected());
        }
    }
}
