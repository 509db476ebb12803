package io.heimdall.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The engines' natives lie by the same rules, which {@code NativeCacheTest} holds: model-api knows no other module. */
class UserCacheTest {

    @Test
    void thePropertyComesFirst() {
        assertThat(UserCache.directory("/here", "/caches", "/home/ada")).isEqualTo(Path.of("/here"));
        assertThat(UserCache.directory("here", null, "/home/ada"))
                .isEqualTo(Path.of("here").toAbsolutePath());
    }

    @Test
    void theUsersCacheIsTakenWhereNoneIsNamed() {
        assertThat(UserCache.directory(" ", "/caches", "/home/ada")).isEqualTo(Path.of("/caches/heimdall"));
        assertThat(UserCache.directory(null, "caches", "/home/ada")).isEqualTo(Path.of("/home/ada/.cache/heimdall"));
    }
}
