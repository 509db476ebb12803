package io.heimdall.pipeline.report;

import io.heimdall.localization.region.GroundPoint;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The scripts, the style and the data that each page with a map needs. The map is Leaflet's; its licence is in its script. */
public final class MapScripts {
    private static final String FOLDER = "/io/heimdall/pipeline/report/";
    private static final String LEAFLET = "/META-INF/resources/webjars/leaflet/1.9.4/";

    private MapScripts() {}

    /** Returns the style of a page whose maps and words are those of reports. */
    static String style() throws IOException {
        return PageTemplate.resource(FOLDER + "page.css") + mapStyle();
    }

    /**
     * Returns the style of maps alone; pictures that Leaflet's style would fetch are left out.
     *
     * @throws IOException if the program lacks the resource
     */
    public static String mapStyle() throws IOException {
        String leaflet = PageTemplate.resource(LEAFLET + "dist/leaflet.css").replaceAll("url\\((?!#)[^)]*\\)", "none");
        return leaflet + PageTemplate.resource(FOLDER + "map.css");
    }

    /**
     * Returns Leaflet with its licence, then the maps that are made of it.
     *
     * @throws IOException if the program lacks the resource
     */
    public static String script() throws IOException {
        String licence = "/*\n" + PageTemplate.resource(LEAFLET + "LICENSE") + "*/\n";
        String leaflet = PageTemplate.resource(LEAFLET + "dist/leaflet.js")
                .replaceAll("(?m)^//# sourceMappingURL=.*$", "")
                .replace("href=\"https://leafletjs.com\"", ""); // a link that no map here shows
        return licence + leaflet + "\n" + PageTemplate.resource(FOLDER + "map.js");
    }

    /**
     * Returns the whole earth for a map that is made by {@code GroundMap.make}, as JSON.
     *
     * @throws IOException if the program lacks the resource
     */
    public static byte[] earth() throws IOException {
        return Earth.whole();
    }

    /**
     * Checks where the tiles of maps come from, if the user has said so.
     *
     * @throws IllegalArgumentException if it is no address of tiles
     */
    public static void checkTiles() {
        MapTiles.of(System.getenv());
    }

    /**
     * Adds what is drawn behind.
     *
     * @param data of the page
     * @param places that the maps show
     */
    static void addGround(Map<String, Object> data, List<GroundPoint> places) throws IOException {
        data.put("earth", Earth.around(places).orElse(null));
        data.put("tiles", MapTiles.of(System.getenv()).orElse(null));
    }
}
