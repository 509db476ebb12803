package io.heimdall.files;

import java.util.Map;
import java.util.Optional;

/** Environment variables, of which a blank one counts as missing. */
public final class Variables {
    private Variables() {}

    /**
     * Returns the value of a variable without the space around it.
     *
     * @param environment the variables, such as {@link System#getenv()}
     * @return empty if it is missing or blank
     */
    public static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
