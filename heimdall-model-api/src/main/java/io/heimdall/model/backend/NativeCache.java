package io.heimdall.model.backend;

import java.nio.file.Path;

/**
 * The directories where engines unpack their native libraries, one for each, in the user's cache. They may be deleted while no
 * engine runs.
 *
 * <p>The cache is the system property {@value #PROPERTY}; else the directory {@code heimdall} in {@code XDG_CACHE_HOME}, where
 * that variable holds an absolute path; else {@code ~/.cache/heimdall}.
 */
public final class NativeCache {
    /** System property that names the cache. */
    public static final String PROPERTY = "heimdall.cache";

    private NativeCache() {}

    /**
     * Returns the directory of an engine, which may not exist yet.
     *
     * @param engine name of the directory in the cache
     */
    public static Path directory(String engine) {
        return cache(System.getProperty(PROPERTY), System.getenv("XDG_CACHE_HOME"), System.getProperty("user.home"))
                .resolve(engine);
    }

    static Path cache(String given, String caches, String home) {
        if (given != null && !given.isBlank()) {
            return Path.of(given).toAbsolutePath();
        }
        boolean absolute = caches != null && Path.of(caches).isAbsolute();
        return (absolute ? Path.of(caches) : Path.of(home, ".cache")).resolve("heimdall");
    }
}
