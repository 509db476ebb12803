package io.heimdall.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The data of one training step.
 *
 * @param inputs the network's inputs by name, each of shape (batch, axes...)
 * @param targets east and north in the network's units, shape (batch, 2); or (batch, places, 2) of places that are as likely as
 *     each other
 * @param sessionIds one id per row, for messages about the batch
 */
public record Batch(Map<String, FloatTensor> inputs, FloatTensor targets, List<String> sessionIds) {

    /**
     * Checks that all parts have the same number of rows.
     *
     * @throws IllegalArgumentException if they have not
     */
    public Batch {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        sessionIds = List.copyOf(sessionIds);
        inputs.forEach((name, tensor) -> require(name, tensor.rows(), targets.rows()));
        require("session ids", sessionIds.size(), targets.rows());
    }

    private static void require(String what, int rows, int targets) {
        if (rows != targets) {
            throw new IllegalArgumentException(
                    "a batch of " + rows + " rows of " + what + " and " + targets + " target rows");
        }
    }

    /** Returns the number of rows. */
    public int size() {
        return targets.rows();
    }
}
