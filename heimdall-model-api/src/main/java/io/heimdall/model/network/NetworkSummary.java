package io.heimdall.model.network;

import java.util.List;

/**
 * The layers of a network with their shapes and costs, in the order in which they compute.
 *
 * <p>Operations are those of convolutions, linear layers and attention, two for each product that is added to a sum. The
 * other layers cost little beside them.
 *
 * @param network that is described
 * @param elements of a set, for a network that reads sets; the operations depend on it
 * @param layers in the order of the walk
 */
public record NetworkSummary(NetworkSpec network, int elements, List<LayerSummary> layers) {

    /** Copies the list. */
    public NetworkSummary {
        layers = List.copyOf(layers);
    }

    /**
     * Describes a network.
     *
     * @param elements of a set in place of free axes, at least 1
     */
    public static NetworkSummary of(NetworkSpec network, int elements) {
        if (elements < 1) {
            throw new IllegalArgumentException(elements + " elements of a set are not at least 1");
        }
        return new NetworkSummary(network, elements, LayerShapes.of(network, elements));
    }

    /** Returns the numbers of the state, running statistics included. */
    public long parameters() {
        return layers.stream().mapToLong(LayerSummary::parameters).sum();
    }

    /** Returns the numbers that training moves. */
    public long trained() {
        return network.parameters().stream()
                .filter(parameter -> parameter.kind().trained())
                .mapToLong(LayerShapes::size)
                .sum();
    }

    /** Returns the bytes of the state as 32-bit numbers. */
    public long bytes() {
        return Float.BYTES * parameters();
    }

    /** Returns the operations for one row of a batch. */
    public long operations() {
        return layers.stream().mapToLong(LayerSummary::operations).sum();
    }
}
