package io.heimdall.model.network;

import io.heimdall.model.ModelException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * The networks that users can name: those of this library, and those that a class path adds by {@link ServiceLoader}.
 *
 * <p>Nothing is kept between calls. Thread-safe.
 */
public final class Networks {
    private Networks() {}

    /**
     * Returns all families, those of this library first, then the others by name.
     *
     * @throws ModelException if two have the same name
     */
    public static List<NetworkFamily> all() {
        Map<String, NetworkFamily> byName = new LinkedHashMap<>();
        SetFamily.FAMILIES.forEach(family -> byName.put(family.name(), family));
        ChannelNetwork.FAMILIES.forEach(family -> byName.put(family.name(), family));
        ServiceLoader.load(NetworkFamily.class, loader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(NetworkFamily::name))
                .forEach(family -> add(byName, family));
        return List.copyOf(byName.values());
    }

    private static void add(Map<String, NetworkFamily> byName, NetworkFamily family) {
        NetworkFamily other = byName.putIfAbsent(family.name(), family);
        if (other != null) {
            throw new ModelException("two networks have the name '" + family.name() + "': "
                    + other.getClass().getName() + " and " + family.getClass().getName());
        }
    }

    private static ClassLoader loader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context != null ? context : Networks.class.getClassLoader();
    }

    /** Returns the names, the default first. */
    public static List<String> names() {
        return all().stream().map(NetworkFamily::name).toList();
    }

    /**
     * Returns the family of a name.
     *
     * @throws IllegalArgumentException listing the names there are
     */
    public static NetworkFamily named(String name) {
        return all().stream()
                .filter(family -> family.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "network '" + name + "' is not known; there are " + String.join(", ", names())));
    }
}
