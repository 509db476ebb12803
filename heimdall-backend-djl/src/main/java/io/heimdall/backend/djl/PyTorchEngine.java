package io.heimdall.backend.djl;

import ai.djl.engine.Engine;
import io.heimdall.model.backend.Availability;
import io.heimdall.model.backend.EngineThread;
import java.nio.file.Path;

/** Loads the engine, once, after it was told to stay offline and where to unpack its natives. */
final class PyTorchEngine {
    /** All work of the engine is done here. DJL allows one gradient collector per process. */
    static final EngineThread THREAD = new EngineThread("heimdall-djl", PyTorchEngine.class.getClassLoader());

    private static final String REMEDY =
            "put ai.djl.pytorch:pytorch-engine:0.35.1, ai.djl.pytorch:pytorch-jni:2.7.1-0.35.1"
                    + " and ai.djl.pytorch:pytorch-native-cpu:2.7.1 with the classifier of this system (linux-x86_64,"
                    + " linux-aarch64, osx-aarch64, win-x86_64) on the class path, and see that ";

    private static Availability availability;
    private static Engine engine;

    private PyTorchEngine() {}

    /** Loads the engine if that was not tried before; call on the engine's thread. */
    static Availability availability() {
        if (availability == null) {
            availability = load();
        }
        return availability;
    }

    /** Returns the loaded engine; call on the engine's thread, after {@link #availability()} said it is ready. */
    static Engine engine() {
        return engine;
    }

    /** Catches every throwable: a class path without DJL or with natives of another system ends in an Error. */
    private static Availability load() {
        setUnlessGiven("ai.djl.offline", "true");
        setUnlessGiven("OPT_OUT_TRACKING", "true");
        setUnlessGiven("DJL_CACHE_DIR", cacheDirectory().toString());
        try {
            engine = Engine.getEngine("PyTorch");
            String version = "DJL " + Engine.getDjlVersion() + ", PyTorch " + engine.getVersion();
            return new Availability.Ready(version, "cpu");
        } catch (Throwable e) {
            return new Availability.Missing(
                    "the native libraries of DJL's PyTorch engine did not load: " + rootMessage(e),
                    REMEDY + given("DJL_CACHE_DIR") + " can be written; if a library there is damaged, delete it all");
        }
    }

    private static void setUnlessGiven(String key, String value) {
        if (System.getenv(key) == null && System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }

    /** DJL looks at the environment first. */
    private static String given(String key) {
        String variable = System.getenv(key);
        return variable == null ? System.getProperty(key) : variable;
    }

    private static Path cacheDirectory() {
        String given = System.getenv("XDG_CACHE_HOME");
        Path caches =
                given == null || given.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(given);
        return caches.resolve("heimdall").resolve("djl");
    }

    private static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
