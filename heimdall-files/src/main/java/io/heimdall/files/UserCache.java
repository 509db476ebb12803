package io.heimdall.files;

import java.nio.file.Path;

/**
 * The only directory outside of workspaces that is written to: the system property {@code heimdall.cache}, else
 * {@code ${XDG_CACHE_HOME:-~/.cache}/heimdall}. It may be deleted at any time.
 */
public final class UserCache {

    private UserCache() {}

    /** Returns the directory, which may not exist yet. */
    public static Path directory() {
        String given = System.getProperty("heimdall.cache");
        if (given != null) {
            return Path.of(given);
        }
        String base = System.getenv("XDG_CACHE_HOME");
        Path cache = base != null && Path.of(base).isAbsolute()
                ? Path.of(base)
                : Path.of(System.getProperty("user.home"), ".cache");
        return cache.resolve("heimdall");
    }
}
