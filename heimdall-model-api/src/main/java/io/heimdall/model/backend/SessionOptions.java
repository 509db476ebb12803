package io.heimdall.model.backend;

import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.ParameterSpec;
import java.util.List;
import java.util.Objects;

/**
 * The options of a session.
 *
 * @param seed of every random draw; with the step it decides each dropout mask
 * @param threads for computation, at least 1; an engine uses one for a network that would not gain from more
 * @param frozen prefixes of weight names that are not trained ({@code backbone.}); their batch norms still move their
 *     running statistics, as PyTorch's do
 * @param precision of the weights and of all computation
 */
public record SessionOptions(long seed, int threads, List<String> frozen, Precision precision) {

    /** Checks and copies. */
    public SessionOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("threads " + threads + " is not at least 1");
        }
        frozen = List.copyOf(frozen);
        Objects.requireNonNull(precision, "precision");
    }

    /** Makes options for computation in 32 bits. */
    public SessionOptions(long seed, int threads, List<String> frozen) {
        this(seed, threads, frozen, Precision.FLOAT32);
    }

    /** Returns options with all cores and nothing frozen. */
    public static SessionOptions seeded(long seed) {
        return new SessionOptions(seed, Runtime.getRuntime().availableProcessors(), List.of());
    }

    /** Returns these options with another precision. */
    public SessionOptions withPrecision(Precision precision) {
        return new SessionOptions(seed, threads, frozen, precision);
    }

    /** Returns whether a weight of this name is kept as it is. */
    public boolean isFrozen(String name) {
        return frozen.stream().anyMatch(name::startsWith);
    }

    /**
     * Returns the tensors that a session trains, in the network's order.
     *
     * @throws IllegalArgumentException if everything is frozen
     */
    public List<ParameterSpec> trained(NetworkSpec network) {
        List<ParameterSpec> trained = network.parameters().stream()
                .filter(p -> p.kind().trained() && !isFrozen(p.name()))
                .toList();
        if (trained.isEmpty()) {
            throw new IllegalArgumentException("the frozen prefixes " + frozen + " leave nothing to train");
        }
        return trained;
    }

    /** Returns the seed of all random draws of one step: SplitMix64's finaliser over seed and step. */
    public long stepSeed(long step) {
        return SplitMix64.mixed(seed * 0x9E3779B97F4A7C15L + step);
    }

    /**
     * Returns the seed of the random draws of one part of a step.
     *
     * @param part from 0; the first one has the seed of the step
     */
    public long stepSeed(long step, int part) {
        return part == 0 ? stepSeed(step) : SplitMix64.mixed(stepSeed(step) + part);
    }
}
