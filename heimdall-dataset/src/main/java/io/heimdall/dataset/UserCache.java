package io.heimdall.dataset;

import java.nio.file.Path;

/** The one place outside a workspace that is written to: {@code ${XDG_CACHE_HOME:-~/.cache}/heimdall}. */
final class UserCache {

    private UserCache() {}

    static Path directory() {
        String base = System.getenv("XDG_CACHE_HOME");
        Path cache = base != null && Path.of(base).isAbsolute()
                ? Path.of(base)
                : Path.of(System.getProperty("user.home"), ".cache");
        return cache.resolve("heimdall");
    }
}
