package io.heimdall.pipeline.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;

/** Writes what the scripts of a page draw. */
final class ScriptData {
    private static final ObjectMapper JSON = new ObjectMapper().registerModule(numbersOrNull());

    private ScriptData() {}

    /** Returns a module that writes NaN, which JSON has not, as null. */
    static SimpleModule numbersOrNull() {
        return new SimpleModule()
                .addSerializer(double.class, new NumberOrNull())
                .addSerializer(Double.class, new NumberOrNull());
    }

    /** Returns a value as JSON for a script element: nothing in it ends the element, and NaN, which JSON has not, is null. */
    static String json(Object value) throws JsonProcessingException {
        return JSON.writeValueAsString(value).replace("<", "\\u003c");
    }

    private static final class NumberOrNull extends JsonSerializer<Double> {
        @Override
        public void serialize(Double value, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (Double.isFinite(value)) {
                json.writeNumber(value);
            } else {
                json.writeNull();
            }
        }
    }
}
