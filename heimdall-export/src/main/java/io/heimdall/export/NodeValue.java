package io.heimdall.export;

import io.heimdall.model.network.LayerSite;
import java.util.Optional;

/**
 * A value of the graph on its way through a network.
 *
 * @param name in the graph
 * @param axes how many it has: 4 for images, 3 for sets, 2 for features
 * @param images their layout, where it is images
 */
record NodeValue(String name, int axes, Optional<Images> images) {

    /** Returns features or sets. */
    static NodeValue of(String name, int axes) {
        return new NodeValue(name, axes, Optional.empty());
    }

    /** Returns images. */
    static NodeValue of(Images images) {
        return new NodeValue(images.value(), 4, Optional.of(images));
    }

    /**
     * Returns a name for a value of a layer. Layers without weights may share a path: the number of the step makes the name unique.
     */
    static String name(LayerSite site, String what) {
        return site.tensor(what) + "_" + site.number();
    }

    /** Returns a value of another name and the same shape. */
    NodeValue named(String other) {
        return new NodeValue(other, axes, images.map(layout -> layout.named(other)));
    }

    /** Returns the layout of images. */
    Images layout() {
        return images.orElseThrow(() ->
                new IllegalArgumentException("a layer of images reads '" + name + "', which has " + axes + " axes"));
    }
}
