package io.heimdall.spark;

import io.heimdall.files.Variables;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * The keys that tasks need, for tasks that run in the driver's process. They are in no object that travels: another process finds none
 * here, and takes them from its environment.
 */
final class LocalSecrets {
    private static final List<String> NAMES = List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");
    private static final AtomicReference<Map<String, String>> SHARED = new AtomicReference<>(Map.of());

    private LocalSecrets() {}

    /** Returns the names of the keys that are among some variables. */
    static List<String> names(Map<String, String> variables) {
        return NAMES.stream()
                .filter(name -> Variables.value(variables, name).isPresent())
                .toList();
    }

    /** Lets tasks of this process have the keys among some variables, until the returned work is done. */
    static Runnable share(Map<String, String> variables) {
        Map<String, String> keys = names(variables).stream().collect(Collectors.toMap(name -> name, variables::get));
        SHARED.set(keys);
        return () -> SHARED.compareAndSet(keys, Map.of());
    }

    /** Returns the keys that tasks of this process may have. */
    static Map<String, String> shared() {
        return SHARED.get();
    }
}
