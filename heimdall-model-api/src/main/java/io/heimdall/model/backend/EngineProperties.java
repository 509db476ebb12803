package io.heimdall.model.backend;

/**
 * Sets system properties that engines read while they are loaded. A value that the user gives, as a property or as a
 * variable, stays.
 */
public final class EngineProperties {
    private EngineProperties() {}

    /** Sets a system property, unless it or an environment variable of that name is set. */
    public static void setUnlessGiven(String key, String value) {
        if (System.getenv(key) == null && System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }

    /** Returns the environment variable of a name, or else the system property; null if there is neither. */
    public static String value(String key) {
        String variable = System.getenv(key);
        return variable == null ? System.getProperty(key) : variable;
    }
}
