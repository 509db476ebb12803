package io.heimdall.model.network;

import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.input.Batches;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.output.OutputSpec;
import java.util.List;
import java.util.Map;

/**
 * A network as a value: its name, what it reads, its layers, and what the numbers of its last layer mean.
 *
 * @param name what users call it: {@code resnet18}
 * @param inputs the tensors that it reads; the first one is what its first layer takes
 * @param layers from the first input to (batch, {@link OutputSpec#width()})
 * @param output what the numbers of the last layer mean
 * @param parts by what users call them, the prefixes of the weights of each part: {@code backbone} to {@code backbone.}
 */
public record NetworkSpec(
        String name,
        List<TensorSpec> inputs,
        Layer.Sequence layers,
        OutputSpec output,
        Map<String, List<String>> parts) {
    /** The part that is trained on something else first, or frozen. */
    public static final String BACKBONE = "backbone";

    /** The part behind the backbone. */
    public static final String HEADS = "heads";

    /** Copies the collections. */
    public NetworkSpec {
        inputs = List.copyOf(inputs);
        parts = Map.copyOf(parts);
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("network '" + name + "' reads nothing");
        }
    }

    /** Returns the same network without dropout; its weights are the same. */
    public NetworkSpec withoutDropout() {
        return new NetworkSpec(name, inputs, layers.withoutDropout(), output, parts);
    }

    /** Returns the same layers for inputs of other shapes. */
    public NetworkSpec withInputs(List<TensorSpec> others) {
        return new NetworkSpec(name, others, layers, output, parts);
    }

    /**
     * Returns the input of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public TensorSpec input(String tensor) {
        return inputs.stream()
                .filter(spec -> spec.name().equals(tensor))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "network '" + name + "' has no input '" + tensor + "', but " + inputs));
    }

    /**
     * Returns the prefixes of the weights of a part.
     *
     * @throws IllegalArgumentException if the network has no such part; the message lists those it has
     */
    public List<String> part(String part) {
        List<String> prefixes = parts.get(part);
        if (prefixes == null) {
            throw new IllegalArgumentException("network '" + name + "' has no part '" + part + "'"
                    + (parts.isEmpty()
                            ? ""
                            : "; it has "
                                    + String.join(
                                            ", ",
                                            parts.keySet().stream().sorted().toList())));
        }
        return prefixes;
    }

    /**
     * Checks that the network can predict from {@code batch}.
     *
     * @param batch the inputs by name, each of shape (batch, axes...)
     * @return the number of rows
     * @throws IllegalArgumentException naming the input that is missing or of another shape, or the row with a value that is
     *     not finite
     */
    public int checkPredictable(Map<String, FloatTensor> batch) {
        int rows = Batches.check(inputs, batch);
        batch.forEach((tensor, values) -> {
            int at = Batches.notFinite(values);
            if (at >= 0) {
                int length = values.values().length / rows;
                throw new IllegalArgumentException("row " + at / length + " of '" + tensor + "' has the value "
                        + values.values()[at] + " at index " + at % length);
            }
        });
        return rows;
    }

    /**
     * Checks that a training step can be done on {@code batch}.
     *
     * @throws IllegalArgumentException if an input is missing or of another shape, a value is not finite (the message names
     *     the session), or the batch has a single row and the network a batch norm, which needs a variance
     */
    public void checkTrainable(Batch batch) {
        Batches.check(inputs, batch.inputs());
        int[] targets = batch.targets().shape();
        boolean places = targets.length == 3 && targets[1] > 0 && targets[2] == 2;
        if (!places && (targets.length != 2 || targets[1] != 2)) {
            throw new IllegalArgumentException("targets of shape " + java.util.Arrays.toString(targets)
                    + "; they are [batch, 2], east and north, or [batch, places, 2]");
        }
        if (batch.size() < 2 && hasBatchNorm()) {
            throw new IllegalArgumentException("a batch of 1 row; batch norm needs at least 2 rows to train");
        }
        batch.inputs().forEach((tensor, values) -> checkFinite("'" + tensor + "'", values, batch));
        checkFinite("its target", batch.targets(), batch);
    }

    /** Returns whether a step needs at least two rows. */
    public boolean hasBatchNorm() {
        return parameters().stream().anyMatch(p -> p.kind() == ParameterSpec.Kind.RUNNING_VAR);
    }

    private static void checkFinite(String what, FloatTensor tensor, Batch batch) {
        int at = Batches.notFinite(tensor);
        if (at >= 0) {
            int length = tensor.values().length / batch.size();
            throw new IllegalArgumentException("session " + batch.sessionIds().get(at / length) + " has the value "
                    + tensor.values()[at] + " in " + what + " at index " + at % length);
        }
    }

    /** Returns every tensor of the state, in the order of the walk (without num_batches_tracked). */
    public List<ParameterSpec> parameters() {
        return ParameterNames.of(inputs.get(0).name(), layers);
    }

    /** Takes an interpreter through the layers, from the first input on, and returns the value of the last layer. */
    public <V> V walk(NetworkInterpreter<V> interpreter) {
        return NetworkWalk.through(inputs.get(0).name(), layers, interpreter);
    }
}
