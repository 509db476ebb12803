package io.heimdall.localization.map;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A feature of a map: a name, a style, a shape and properties.
 *
 * @param name that people read beside it
 * @param style how it is drawn
 * @param shape where it is
 * @param properties texts and numbers by their names, in order
 */
public record MapFeature(String name, MapStyle style, MapShape shape, Map<String, Object> properties) {

    /** Copies the properties and checks their types. */
    public MapFeature {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        properties.forEach((key, value) -> {
            if (!(value instanceof String || value instanceof Number)) {
                throw new IllegalArgumentException(
                        "property " + key + " is " + value + ", expected a text or a number");
            }
        });
    }
}
