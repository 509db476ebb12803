package io.heimdall.app.service;

import io.heimdall.pipeline.report.MapTiles;
import java.util.List;
import java.util.Optional;

/**
 * The content security policies of what a browser shows: nothing comes from another host but the pictures of a tile server, if one is
 * set.
 *
 * @param tiles server of the maps
 */
record PagePolicies(Optional<MapTiles> tiles) {
    static final String HEADER = "Content-Security-Policy";

    /** Returns the policy of the page. */
    String page() {
        return "default-src 'none'; connect-src 'self'; " + pictures()
                + "; script-src 'unsafe-inline'; style-src 'unsafe-inline'; frame-src 'self';"
                + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    /** Returns the policy of a report, whose scripts are its own, and which must not speak to the service. */
    String report() {
        return "sandbox allow-scripts; default-src 'none'; " + pictures()
                + "; script-src 'unsafe-inline'; style-src 'unsafe-inline'";
    }

    private String pictures() {
        List<String> hosts = tiles.map(MapTiles::origins).orElse(List.of());
        return "img-src data:" + (hosts.isEmpty() ? "" : " " + String.join(" ", hosts));
    }
}
