package io.heimdall.model.backend;

import io.heimdall.model.network.NetworkSpec;

/**
 * An engine that can train networks; found by {@code Backends}.
 *
 * <p>The public no-argument constructor touches no native code. Thread-safe.
 */
public interface TrainingBackend {

    /** Returns the id that users type: {@code djl-pytorch}. */
    String id();

    /** Looks whether the engine can run here. Never throws; loads natives at most once. */
    Availability probe();

    /** Returns whether the engine can run a network, if it can run at all. */
    default Support supports(NetworkSpec network) {
        return Support.YES;
    }

    /**
     * Opens a session for one network.
     *
     * @throws io.heimdall.model.ModelException if the engine is {@link Availability.Missing} or does not
     *     {@linkplain #supports support} the network
     */
    TrainingSession open(NetworkSpec network, SessionOptions options);
}
