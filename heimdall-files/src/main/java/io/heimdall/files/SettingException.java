package io.heimdall.files;

import java.util.List;
import java.util.function.Supplier;

/** A value that cannot be used, and the settings that it is of: whoever knows where they were set can say so. */
public final class SettingException extends IllegalArgumentException {
    private final List<String> settings;

    /**
     * Makes one.
     *
     * @param settings environment variables, or options without their dashes: {@code MLFLOW_TRACKING_URI}, {@code batch-size}
     */
    public SettingException(String message, String... settings) {
        super(message);
        this.settings = List.of(settings);
    }

    /** Makes one in the place of another exception. */
    public SettingException(String message, Throwable cause, List<String> settings) {
        super(message, cause);
        this.settings = List.copyOf(settings);
    }

    /** Returns the environment variables, or options without their dashes, that the value is of. */
    public List<String> settings() {
        return settings;
    }

    /**
     * Returns what the work returns; whatever it refuses is a value of these settings, unless it says of which.
     *
     * @throws SettingException in the place of an {@link IllegalArgumentException}, with its message
     */
    public static <T> T about(Supplier<T> work, String... settings) {
        try {
            return work.get();
        } catch (SettingException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new SettingException(e.getMessage(), e, List.of(settings));
        }
    }

    /** Does work as {@link #about(Supplier, String...)} does. */
    public static void about(Runnable work, String... settings) {
        about(
                () -> {
                    work.run();
                    return null;
                },
                settings);
    }
}
