package io.heimdall.model.network;

import java.util.List;

/**
 * One layer of a {@link NetworkSummary}.
 *
 * @param name path of the layer's weights, or of the layers around it: {@code backbone.layer1.0.conv1}
 * @param kind of layer: {@code Conv2d}, {@code Attention}, {@code Add}
 * @param shape of its result, without the batch
 * @param parameters numbers of its state, running statistics included
 * @param operations multiplications and additions of its products for one row of a batch; 0 for a layer without products
 */
public record LayerSummary(String name, String kind, List<Integer> shape, long parameters, long operations) {
    /** Copies the shape. */
    public LayerSummary {
        shape = List.copyOf(shape);
    }
}
