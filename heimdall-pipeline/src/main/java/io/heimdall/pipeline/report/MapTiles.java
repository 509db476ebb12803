package io.heimdall.pipeline.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tile server that the maps of pages ask, if a person sets one; without it a page asks no other host.
 *
 * @param url with {@code {z}}, {@code {x}} and {@code {y}}
 * @param by who made the tiles, shown on the map
 */
public record MapTiles(String url, String by) {
    private static final String URL = "HEIMDALL_MAP_TILES";
    private static final String BY = "HEIMDALL_MAP_TILES_BY";
    private static final Pattern FORM = Pattern.compile("(https?://[\\w.\\-{}]+(?::\\d{1,5})?)/[^\\s\"'<>]+");

    /** What a map puts in place of it is one of {@link #SUBDOMAINS}. */
    private static final String SUBDOMAIN = "{s}";

    private static final List<String> SUBDOMAINS = List.of("a", "b", "c");

    /**
     * Returns the server that the environment names: {@code HEIMDALL_MAP_TILES}, made by {@code HEIMDALL_MAP_TILES_BY}.
     *
     * @throws IllegalArgumentException if the variable has another form than the address of a tile server
     */
    public static Optional<MapTiles> of(Map<String, String> environment) {
        String url = environment.getOrDefault(URL, "");
        if (url.isEmpty()) {
            return Optional.empty();
        }
        boolean whole = url.contains("{z}") && url.contains("{x}") && url.contains("{y}");
        if (!whole || origin(url).isEmpty()) {
            throw new IllegalArgumentException(
                    URL + " is '" + url + "', expected an address such as https://tiles.example.org/{z}/{x}/{y}.png");
        }
        return Optional.of(new MapTiles(url, environment.getOrDefault(BY, "")));
    }

    /** Returns scheme, host and port of an address; empty if it is none, or its host has another gap than the subdomain. */
    private static Optional<String> origin(String url) {
        return Optional.of(FORM.matcher(url))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .filter(origin -> !origin.replace(SUBDOMAIN, "").matches(".*[{}].*"));
    }

    /** Returns the servers, each with scheme, host and port: {@code https://tiles.example.org}. */
    public List<String> origins() {
        String origin = origin(url).orElseThrow();
        return origin.contains(SUBDOMAIN)
                ? SUBDOMAINS.stream().map(one -> origin.replace(SUBDOMAIN, one)).toList()
                : List.of(origin);
    }

    /** Returns the argument of {@code GroundMap.make} for a script element of a page. */
    public static String script(Optional<MapTiles> tiles) {
        try {
            return ScriptData.json(
                    tiles.map(set -> Map.of("url", set.url(), "by", set.by())).orElse(null));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("two words cannot be written as JSON", e);
        }
    }
}
