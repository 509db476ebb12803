package io.heimdall.model.network;

import io.heimdall.model.NamedServices;
import java.util.List;
import java.util.stream.Stream;

/** The networks by name: those of this library, and those that a class path adds. */
public final class Networks {
    private static final NamedServices<NetworkFamily> ALL =
            new NamedServices<>(NetworkFamily.class, "network", NetworkFamily::name, families());

    private Networks() {}

    private static List<NetworkFamily> families() {
        return Stream.of(SetFamily.FAMILIES, ChannelNetwork.FAMILIES)
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Returns all families, those of this library first, then the others by name.
     *
     * @throws io.heimdall.model.ModelException if two have the same name, or one that is declared cannot be loaded
     */
    public static List<NetworkFamily> all() {
        return ALL.all();
    }

    /** Returns the names, the default first. */
    public static List<String> names() {
        return ALL.names();
    }

    /**
     * Returns the family of a name.
     *
     * @throws IllegalArgumentException listing the names there are
     */
    public static NetworkFamily named(String name) {
        return ALL.named(name);
    }
}
