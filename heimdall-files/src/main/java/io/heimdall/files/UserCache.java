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
        return directory(
                System.getProperty("heimdall.cache"), System.getenv("XDG_CACHE_HOME"), System.getProperty("user.home"));
    }

    static Path directory(String given, String caches, String home) {
        if (given != null && !given.isBlank()) {
            return Path.of(given).toAbsolutePath();
        }
        boolean absolute = caches != null && Path.of(caches).isAbsolute();
        return (absolute ? Path.of(caches) : Path.of(home, ".cache")).resolve("heimdall");
    }
}
