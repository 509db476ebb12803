package io.heimdall.model.backend;

import io.heimdall.model.ModelException;
import io.heimdall.model.backend.Availability.Missing;
import io.heimdall.model.backend.Availability.Ready;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The training backends on the class path.
 *
 * <p>The only user of {@link ServiceLoader} in this module. Nothing is kept between calls. Thread-safe.
 */
public final class Backends {
    private static final Logger LOG = LoggerFactory.getLogger(Backends.class);

    /** A service file that cannot even be parsed may throw for ever. */
    private static final int MOST_BROKEN = 64;

    private Backends() {}

    /**
     * Returns the backends that are there, by id, whether or not they can run here.
     *
     * @throws ModelException if two have the same id
     */
    public static List<TrainingBackend> installed() {
        return Found.scan(loader()).backends();
    }

    /** Returns, for each provider that is declared but cannot be loaded, one line that says why. */
    public static List<String> broken() {
        return Found.scan(loader()).broken();
    }

    /**
     * Returns the backend of this id, ready to open sessions; never another one in its place.
     *
     * @throws ModelException if it is not there or cannot run here; the message lists what is there and why the rest is
     *     missing
     */
    public static TrainingBackend require(String id) {
        return require(id, loader());
    }

    /**
     * Returns the first backend, by id, that can run here.
     *
     * @throws ModelException if none can; the message says why for each
     */
    public static TrainingBackend preferred() {
        return preferred(loader());
    }

    static TrainingBackend require(String id, ClassLoader loader) {
        Found found = Found.scan(loader);
        TrainingBackend wanted = found.backends().stream()
                .filter(b -> b.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ModelException("no backend '" + id + "'; " + inventory(found)));
        if (probe(wanted) instanceof Missing missing) {
            throw new ModelException(
                    "backend '" + id + "' cannot run here: " + describe(missing) + "; " + inventory(found));
        }
        return wanted;
    }

    static TrainingBackend preferred(ClassLoader loader) {
        Found found = Found.scan(loader);
        return found.backends().stream()
                .filter(b -> probe(b) instanceof Ready)
                .findFirst()
                .orElseThrow(() -> new ModelException("no backend can run here; " + inventory(found)));
    }

    /** Asks a backend whether it can run, taking an engine that breaks its promise not to throw as missing. */
    private static Availability probe(TrainingBackend backend) {
        try {
            return backend.probe();
        } catch (RuntimeException | LinkageError e) {
            return new Missing(e.toString(), "see that its libraries are all of one version");
        }
    }

    private static String inventory(Found found) {
        if (found.backends().isEmpty() && found.broken().isEmpty()) {
            return "none is installed: add io.heimdall:heimdall-backend-djl (PyTorch) or"
                    + " io.heimdall:heimdall-backend-dl4j (Deeplearning4j) to the class path";
        }
        var lines = new ArrayList<String>();
        found.backends().forEach(b -> lines.add(b.id() + " (" + state(probe(b)) + ")"));
        lines.addAll(found.broken());
        return "installed: " + String.join(", ", lines);
    }

    private static String state(Availability availability) {
        return availability instanceof Missing missing ? "missing: " + describe(missing) : "ready";
    }

    private static String describe(Missing missing) {
        return Stream.of(missing.reason(), missing.remedy())
                .filter(part -> !part.isBlank())
                .reduce((a, b) -> a + "; " + b)
                .orElse("no reason given");
    }

    private static ClassLoader loader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context != null ? context : Backends.class.getClassLoader();
    }

    /**
     * What a class path holds.
     *
     * @param backends sorted by id, so that the order does not hang on the class path's
     * @param broken one line for each provider that could not be loaded
     */
    record Found(List<TrainingBackend> backends, List<String> broken) {

        static Found scan(ClassLoader loader) {
            Map<String, TrainingBackend> byId = new TreeMap<>();
            var broken = new ArrayList<String>();
            var providers = ServiceLoader.load(TrainingBackend.class, loader).iterator();
            while (broken.size() < MOST_BROKEN) {
                try {
                    if (!providers.hasNext()) {
                        break;
                    }
                    add(byId, providers.next());
                } catch (ServiceConfigurationError | LinkageError e) {
                    broken.add(whyBroken(e));
                    LOG.debug("a backend cannot be loaded", e);
                }
            }
            return new Found(List.copyOf(byId.values()), List.copyOf(broken));
        }

        private static void add(Map<String, TrainingBackend> byId, TrainingBackend backend) {
            LOG.debug("backend {} {} from {}", backend.id(), version(backend), jar(backend));
            TrainingBackend other = byId.putIfAbsent(backend.id(), backend);
            if (other != null) {
                throw new ModelException("two backends have the id '" + backend.id() + "': "
                        + other.getClass().getName() + " in " + jar(other) + " and "
                        + backend.getClass().getName() + " in " + jar(backend) + "; take one off the class path");
            }
        }

        private static String whyBroken(Throwable error) {
            String cause = error.getCause() == null ? "" : " (" + error.getCause() + ")";
            return "a provider that cannot be loaded: " + error.getMessage() + cause;
        }

        private static String version(TrainingBackend backend) {
            String version = backend.getClass().getPackage().getImplementationVersion();
            return version == null ? "(no version)" : version;
        }

        private static String jar(TrainingBackend backend) {
            CodeSource source = backend.getClass().getProtectionDomain().getCodeSource();
            return source == null ? "(unknown)" : String.valueOf(source.getLocation());
        }
    }
}
