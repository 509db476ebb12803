package io.heimdall.model.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NativeCacheTest {

    @Test
    void theUsersCacheIsTakenWhereNoneIsNamed() {
        assertThat(NativeCache.cache(null, null, "/home/ada")).isEqualTo(Path.of("/home/ada/.cache/heimdall"));
        assertThat(NativeCache.cache(" ", "", "/home/ada")).isEqualTo(Path.of("/home/ada/.cache/heimdall"));
    }

    @Test
    void theVariableNamesTheDirectoryOfAllCaches() {
        assertThat(NativeCache.cache(null, "/caches", "/home/ada")).isEqualTo(Path.of("/caches/heimdall"));
    }

    @Test
    void aRelativeVariableCountsAsNone() {
        assertThat(NativeCache.cache(null, "caches", "/home/ada")).isEqualTo(Path.of("/home/ada/.cache/heimdall"));
    }

    @Test
    void thePropertyComesFirst() {
        assertThat(NativeCache.cache("/here", "/caches", "/home/ada")).isEqualTo(Path.of("/here"));
        assertThat(NativeCache.cache("here", null, "/home/ada"))
                .isEqualTo(Path.of("here").toAbsolutePath());
    }

    @Test
    void eachEngineHasADirectoryOfItsOwn() {
        assertThat(NativeCache.directory("a")).hasFileName("a").isNotEqualTo(NativeCache.directory("b"));
    }
}
