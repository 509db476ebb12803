package io.heimdall.pipeline.report;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The tile server that the maps of pages ask, if a person sets one; without it a page asks no other host.
 *
 * @param url with {@code {z}}, {@code {x}} and {@code {y}}
 * @param by who made the tiles, shown on the map
 */
record MapTiles(String url, String by) {
    private static final String URL = "HEIMDALL_MAP_TILES";
    private static final String BY = "HEIMDALL_MAP_TILES_BY";
    private static final Pattern FORM = Pattern.compile("https?://[^\\s\"'<>]+");

    /**
     * Returns the server that the environment names.
     *
     * @throws IllegalArgumentException if the variable has another form than the address of a tile server
     */
    static Optional<MapTiles> of(Map<String, String> environment) {
        String url = environment.getOrDefault(URL, "");
        if (url.isEmpty()) {
            return Optional.empty();
        }
        boolean whole = url.contains("{z}") && url.contains("{x}") && url.contains("{y}");
        if (!whole || !FORM.matcher(url).matches()) {
            throw new IllegalArgumentException(
                    URL + " is '" + url + "', expected an address such as https://tiles.example.org/{z}/{x}/{y}.png");
        }
        return Optional.of(new MapTiles(url, environment.getOrDefault(BY, "")));
    }
}
