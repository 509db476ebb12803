package io.heimdall.model.network;

import java.util.ArrayList;
import java.util.List;

/**
 * The one walk through a network: it gives every interpreter the paths of the layers, their order, and the numbers of the
 * dropout operations.
 *
 * @param <V> what stands for the value of a layer
 */
final class NetworkWalk<V> {
    private final NetworkInterpreter<V> interpreter;
    private String path = "";
    private int visited;
    private int dropouts;

    private NetworkWalk(NetworkInterpreter<V> interpreter) {
        this.interpreter = interpreter;
    }

    /**
     * Walks through layers and returns the value of the last one.
     *
     * @param input name of the tensor that the first layer reads
     */
    static <V> V through(String input, Layer layers, NetworkInterpreter<V> interpreter) {
        V first = interpreter.input(input);
        return new NetworkWalk<>(interpreter).layer(layers, first);
    }

    private V layer(Layer layer, V value) {
        if (layer instanceof Operation operation) {
            return operation(operation, value);
        } else if (layer instanceof Layer.Sequence sequence) {
            return sequence(sequence, value);
        } else if (layer instanceof Layer.Residual residual) {
            V body = sequence(residual.body(), value);
            V shortcut =
                    residual.shortcut().isPresent() ? child(residual.shortcut().get(), value) : value;
            return interpreter.add(site(), body, shortcut);
        } else if (layer instanceof Layer.Branch branch) {
            List<V> values = new ArrayList<>();
            branch.branches().forEach(named -> values.add(child(named, value)));
            return interpreter.join(site(), values);
        } else if (layer instanceof Layer.Fold fold) {
            return interpreter.fold(site(), fold, value, elements -> sequence(fold.body(), elements));
        }
        return interpreter.input(((Layer.Input) layer).tensor());
    }

    private V operation(Operation operation, V value) {
        V result = interpreter.operation(site(), operation, value);
        if (operation instanceof Operation.Dropout) {
            dropouts++;
        }
        return result;
    }

    private V sequence(Layer.Sequence sequence, V value) {
        V last = value;
        for (Layer.Named named : sequence.layers()) {
            last = child(named, last);
        }
        return last;
    }

    private V child(Layer.Named named, V value) {
        String parent = path;
        if (!named.name().isEmpty()) {
            path = parent.isEmpty() ? named.name() : parent + "." + named.name();
        }
        V result = layer(named.layer(), value);
        path = parent;
        return result;
    }

    private LayerSite site() {
        return new LayerSite(path, visited++, dropouts);
    }
}
