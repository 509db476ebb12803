package io.heimdall.pipeline.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;

/** The parameters that a model keeps of its input, as text. */
record ParameterTexts(Map<String, String> texts) {
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Returns a parameter.
     *
     * @throws IllegalArgumentException if the model does not have it
     */
    String text(String key) {
        String text = texts.get(key);
        if (text == null) {
            throw new IllegalArgumentException("the model does not state its " + key);
        }
        return text;
    }

    /**
     * Returns a parameter that is a number.
     *
     * @throws IllegalArgumentException if the model does not have it, or it is none
     */
    double number(String key) {
        String text = text(key);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the model's " + key + " is '" + text + "', not a number", e);
        }
    }

    /**
     * Returns a parameter that was written by {@link #json}.
     *
     * @param expected in words: {@code a list of names}
     * @throws IllegalArgumentException if the model does not have it, or it is something else
     */
    <T> T json(String key, TypeReference<T> type, String expected) {
        String text = text(key);
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the model's " + key + " are not " + expected + ": " + text, e);
        }
    }

    /** Returns a list as a parameter. */
    static String json(List<?> list) {
        try {
            return JSON.writeValueAsString(list);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
