package io.heimdall.model.backend;

import java.util.List;

/**
 * How a session is opened.
 *
 * @param seed of every random draw; with the step it decides each dropout mask
 * @param threads for computation, at least 1
 * @param frozen prefixes of weight names that are not trained ({@code backbone.}); their batch norms still move their
 *     running statistics, as PyTorch's do
 */
public record SessionOptions(long seed, int threads, List<String> frozen) {

    /** Checks and copies. */
    public SessionOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("threads " + threads + " is not at least 1");
        }
        frozen = List.copyOf(frozen);
    }

    /** Returns options with all cores and nothing frozen. */
    public static SessionOptions seeded(long seed) {
        return new SessionOptions(seed, Runtime.getRuntime().availableProcessors(), List.of());
    }

    /** Returns whether a weight of this name is kept as it is. */
    public boolean isFrozen(String name) {
        return frozen.stream().anyMatch(name::startsWith);
    }
}
