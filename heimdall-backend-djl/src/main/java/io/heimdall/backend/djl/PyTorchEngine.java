package io.heimdall.backend.djl;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import io.heimdall.model.backend.Availability;
import io.heimdall.model.backend.EngineProperties;
import io.heimdall.model.backend.EngineThread;
import io.heimdall.model.backend.NativeCache;
import io.heimdall.model.backend.NativeEngine;

/** Loads the engine, once, after it was told to stay offline and where to unpack its natives. */
final class PyTorchEngine {
    /** All work of the engine is done here. DJL allows one gradient collector per process. */
    static final EngineThread THREAD = new EngineThread("heimdall-djl", PyTorchEngine.class.getClassLoader());

    private static final String CACHE = "DJL_CACHE_DIR";
    private static final String REMEDY =
            "put ai.djl.pytorch:pytorch-engine:0.35.1, ai.djl.pytorch:pytorch-jni:2.7.1-0.35.1"
                    + " and ai.djl.pytorch:pytorch-native-cpu:2.7.1 with the classifier of this system (linux-x86_64,"
                    + " linux-aarch64, osx-aarch64, win-x86_64) on the class path, and see that ";

    /** The engine, loaded once. */
    static final NativeEngine NATIVE = new NativeEngine(
            "the PyTorch engine",
            THREAD,
            PyTorchEngine::load,
            threads -> JniUtils.setNumThreads(threads),
            thrown -> thrown instanceof EngineException);

    private static Engine engine;

    private PyTorchEngine() {}

    /** Returns the loaded engine; call on the engine's thread, after {@link NativeEngine#availability()} said it is ready. */
    static Engine engine() {
        return engine;
    }

    /** Catches every throwable: a class path without DJL or with natives of another system ends in an Error. */
    private static Availability load() {
        EngineProperties.setUnlessGiven("ai.djl.offline", "true");
        EngineProperties.setUnlessGiven("OPT_OUT_TRACKING", "true");
        EngineProperties.setUnlessGiven(CACHE, NativeCache.directory("djl").toString());
        try {
            engine = Engine.getEngine("PyTorch");
            String version = "DJL " + Engine.getDjlVersion() + ", PyTorch " + engine.getVersion();
            return new Availability.Ready(version, "cpu");
        } catch (Throwable e) {
            return Availability.Missing.notLoaded(
                    "DJL's PyTorch engine",
                    e,
                    REMEDY + EngineProperties.value(CACHE)
                            + " can be written; if a library there is damaged, delete it all");
        }
    }
}
