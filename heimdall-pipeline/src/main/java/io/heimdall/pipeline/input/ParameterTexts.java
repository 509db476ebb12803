package io.heimdall.pipeline.input;

import java.util.Map;

/** The parameters that a model keeps of its input, as text. */
record ParameterTexts(Map<String, String> texts) {

    /**
     * Returns a parameter.
     *
     * @throws IllegalArgumentException if the model does not have it
     */
    String text(String key) {
        String text = texts.get(key);
        if (text == null) {
            throw new IllegalArgumentException("the model does not say its " + key);
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
}
