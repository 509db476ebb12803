package io.heimdall.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.pipeline.report.MapTiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagePoliciesTest {
    private static final MapTiles TILES = new MapTiles("https://tiles.example.org/{z}/{x}/{y}.png", "Example");

    @TempDir
    private Path directory;

    @Test
    void noOtherHostIsNamedWithoutTiles() {
        PagePolicies policies = new PagePolicies(Optional.empty());

        assertThat(policies.page())
                .startsWith("default-src 'none';")
                .contains("img-src data:;")
                .doesNotContain("http");
        assertThat(policies.report())
                .startsWith("sandbox")
                .contains("img-src data:;")
                .doesNotContain("http", "connect");
    }

    @Test
    void thePageOfAServiceWithTilesMayAskTheirHostForPicturesAlone() throws IOException, InterruptedException {
        try (RunningService service =
                RunningService.start(directory, 0, ServiceOptions.local(0).withTiles(Optional.of(TILES)))) {
            var page = service.client().get("/").response();

            assertThat(page.body()).contains(TILES.url());
            assertThat(page.headers().firstValue(PagePolicies.HEADER))
                    .hasValueSatisfying(policy -> assertThat(policy)
                            .containsOnlyOnce("https:")
                            .contains("img-src data: https://tiles.example.org;", "connect-src 'self';"));
        }
    }
}
