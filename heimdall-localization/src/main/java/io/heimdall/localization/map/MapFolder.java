package io.heimdall.localization.map;

import java.util.List;

/**
 * A group of features, the lowest on the map first.
 *
 * @param name that people read
 * @param features in the order in which they are drawn
 */
public record MapFolder(String name, List<MapFeature> features) {

    /** Copies the list. */
    public MapFolder {
        features = List.copyOf(features);
    }
}
