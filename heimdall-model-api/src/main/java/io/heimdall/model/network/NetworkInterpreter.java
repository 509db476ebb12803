package io.heimdall.model.network;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A visitor of a network's layers, which builds an engine's tensors, the nodes of a model file or a list of names.
 *
 * @param <V> the interpreter's representation of a layer's value
 */
public interface NetworkInterpreter<V> {

    /** Returns the value of an input of the network. */
    V input(String tensor);

    /** Returns the value of an operation. */
    V operation(LayerSite site, Operation operation, V value);

    /** Returns the sum of two values of one shape. */
    V add(LayerSite site, V body, V shortcut);

    /** Returns values side by side along their last axis. */
    V join(LayerSite site, List<V> values);

    /**
     * Returns what {@code body} makes of the elements of a set whose mask is 1, as {@link Layer.Fold} says.
     *
     * @param body walks on, with the elements as a batch
     */
    V fold(LayerSite site, Layer.Fold fold, V value, UnaryOperator<V> body);
}
