package io.heimdall.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
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
}
