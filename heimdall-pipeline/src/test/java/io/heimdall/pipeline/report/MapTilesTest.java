package io.heimdall.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MapTilesTest {
    @Test
    void aPageAsksNoServerUnlessOneIsSet() {
        assertThat(MapTiles.of(Map.of())).isEmpty();
        assertThat(MapTiles.of(Map.of("HEIMDALL_MAP_TILES", ""))).isEmpty();
    }

    @Test
    void aServerHasAnAddressAndAMaker() {
        String url = "https://tiles.example.org/{z}/{x}/{y}.png";

        assertThat(MapTiles.of(Map.of("HEIMDALL_MAP_TILES", url, "HEIMDALL_MAP_TILES_BY", "© Example")))
                .contains(new MapTiles(url, "© Example"));
    }

    @Test
    void anythingElseIsRefusedWithItsName() {
        assertThatThrownBy(() -> MapTiles.of(Map.of("HEIMDALL_MAP_TILES", "tiles.example.org")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HEIMDALL_MAP_TILES is 'tiles.example.org'")
                .hasMessageContaining("{z}/{x}/{y}");
        assertThatThrownBy(() -> MapTiles.of(Map.of("HEIMDALL_MAP_TILES", "javascript:{z}{x}{y}")))
                .hasMessageContaining("HEIMDALL_MAP_TILES");
    }

    @Test
    void theHostsAreThoseOfTheAddress() {
        assertThat(new MapTiles("https://tiles.example.org:8443/a/{z}/{x}/{y}.png", "").origins())
                .containsExactly("https://tiles.example.org:8443");
        assertThat(new MapTiles("http://{s}.example.org/{z}/{x}/{y}.png", "").origins())
                .containsExactly("http://a.example.org", "http://b.example.org", "http://c.example.org");
        for (String bad : List.of(
                "https://{z}.example.org/{x}/{y}",
                "https://a.org;script-src/{z}/{x}/{y}",
                "https://user@a.org/{z}/{x}/{y}")) {
            assertThatThrownBy(() -> MapTiles.of(Map.of("HEIMDALL_MAP_TILES", bad)))
                    .hasMessageContaining(bad);
        }
    }

    @Test
    void whatAPageIsToldEndsNoScript() {
        assertThat(MapTiles.script(Optional.empty())).isEqualTo("null");
        assertThat(MapTiles.script(Optional.of(new MapTiles("https://a.org/{z}/{x}/{y}", "</script>"))))
                .contains("https://a.org/{z}/{x}/{y}")
                .doesNotContain("<");
    }
}
