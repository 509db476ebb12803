package io.heimdall.model;

import java.lang.ref.SoftReference;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.WeakHashMap;
import java.util.function.Function;

/**
 * Services that users choose by name: those of this library, and those that a class path adds by
 * {@link ServiceLoader}.
 *
 * <p>What a class path adds is looked for once for each class loader, since that reads every jar. Thread-safe.
 */
public final class NamedServices<S> {
    private final Class<S> type;
    private final String word;
    private final Function<S, String> name;
    private final List<S> own;
    private final Map<ClassLoader, SoftReference<List<S>>> found = new WeakHashMap<>();

    /**
     * Names services.
     *
     * @param type of the service
     * @param word for one of them in messages: {@code network}
     * @param name gives the name of one
     * @param own those of this library, the default first
     */
    public NamedServices(Class<S> type, String word, Function<S, String> name, List<S> own) {
        this.type = type;
        this.word = word;
        this.name = name;
        this.own = List.copyOf(own);
    }

    /**
     * Returns all of them: those of this library in their order, then the others by name.
     *
     * @throws ModelException if two have the same name, or one that is declared cannot be loaded
     */
    public List<S> all() {
        ClassLoader loader = loader();
        synchronized (found) {
            SoftReference<List<S>> kept = found.get(loader);
            List<S> all = kept == null ? null : kept.get();
            if (all == null) {
                all = all(loader);
                found.put(loader, new SoftReference<>(all)); // softly: they hold their class loader
            }
            return all;
        }
    }

    private List<S> all(ClassLoader loader) {
        Map<String, S> byName = new LinkedHashMap<>();
        own.forEach(service -> add(byName, service));
        try {
            ServiceLoader.load(type, loader).stream()
                    .map(ServiceLoader.Provider::get)
                    .sorted(Comparator.comparing(name))
                    .forEach(service -> add(byName, service));
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new ModelException("a " + word + " that the class path adds cannot be loaded: " + e.getMessage(), e);
        }
        return List.copyOf(byName.values());
    }

    private void add(Map<String, S> byName, S service) {
        S other = byName.putIfAbsent(name.apply(service), service);
        if (other != null) {
            throw new ModelException("two " + word + "s have the name '" + name.apply(service) + "': "
                    + other.getClass().getName() + " and " + service.getClass().getName());
        }
    }

    private ClassLoader loader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context != null ? context : type.getClassLoader();
    }

    /** Returns the names, the default first. */
    public List<String> names() {
        return all().stream().map(name).toList();
    }

    /**
     * Returns the one of a name.
     *
     * @throws IllegalArgumentException listing the names there are
     */
    public S named(String wanted) {
        return all().stream()
                .filter(service -> name.apply(service).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        word + " '" + wanted + "' is not known; there are " + String.join(", ", names())));
    }
}
