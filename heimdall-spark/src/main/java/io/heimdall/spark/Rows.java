package io.heimdall.spark;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** Writes sessions and their parts as text that travels to the workers, and reads them there; every number keeps its bits. */
final class Rows {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .visibility(PropertyAccessor.ALL, Visibility.NONE)
            .visibility(
                    PropertyAccessor.FIELD, Visibility.ANY) // the components of records, and not what else they answer
            .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
            .build();

    private Rows() {}

    /** Returns a record as JSON. */
    static String text(Record value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be sent to a worker: " + e.getOriginalMessage(), e);
        }
    }

    /** Returns the record of a type that {@link #text} wrote. */
    static <T extends Record> T parse(String text, Class<T> type) {
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "what a worker was sent is no " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
        }
    }
}
