package io.heimdall.model.network;

import io.heimdall.model.input.InputSpec;
import java.util.List;

/**
 * A kind of network that users choose by name, for inputs of any size. {@link Networks} finds it.
 *
 * <p>Another family is added as a service of this type. Thread-safe.
 */
public interface NetworkFamily {

    /** Returns the name that users type: {@code resnet18}. */
    String name();

    /** Returns one line about the network for people who choose one. */
    String description();

    /** Returns the producers of input that it can read, the default first: {@code stations}. */
    List<String> producers();

    /**
     * Returns the network for an input.
     *
     * @param input of one of {@link #producers()}
     */
    NetworkSpec network(InputSpec input);
}
