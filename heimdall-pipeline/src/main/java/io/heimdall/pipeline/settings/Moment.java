package io.heimdall.pipeline.settings;

import io.heimdall.dataset.Period;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A type of setting: a moment. A date is the start of that day in UTC. */
public record Moment() implements FieldType<Instant> {

    @Override
    public Instant parse(String text) {
        return Period.moment(text);
    }

    @Override
    public String text(Instant value) {
        return value.toString();
    }

    @Override
    public Optional<Instant> ofJson(Object value) {
        if (!(value instanceof String text)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Period.moment(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public Object json(Instant value) {
        return value.toString();
    }

    @Override
    public String expected() {
        return "a date such as 2026-11-24 or a moment such as 2026-11-24T08:00:00Z";
    }

    @Override
    public String hint() {
        return "";
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of(
                "anyOf",
                List.of(Map.of("type", "string", "format", "date"), Map.of("type", "string", "format", "date-time")));
    }
}
