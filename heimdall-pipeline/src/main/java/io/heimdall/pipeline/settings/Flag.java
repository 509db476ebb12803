package io.heimdall.pipeline.settings;

import java.util.Map;
import java.util.Optional;

/**
 * A type of setting: yes or no, with the default yes. The option {@code --no-...} sets it to no.
 *
 * @param refusal the text of the option
 */
public record Flag(String refusal) implements FieldType<Boolean> {

    /** Reads what is set for the option, {@code true} for no. */
    @Override
    public Boolean parse(String text) {
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw new IllegalArgumentException("'" + text + "' is not a boolean");
        }
        return text.equalsIgnoreCase("false");
    }

    @Override
    public String text(Boolean value) {
        return Boolean.toString(!value);
    }

    @Override
    public String brief(Boolean value) {
        return value.toString();
    }

    @Override
    public Optional<Boolean> ofJson(Object value) {
        return value instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
    }

    @Override
    public Object json(Boolean value) {
        return value;
    }

    @Override
    public String expected() {
        return "true or false";
    }

    @Override
    public String hint() {
        return "";
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "boolean");
    }
}
