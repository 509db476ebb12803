package io.heimdall.backend.dl4j;

import io.heimdall.model.ModelException;
import io.heimdall.model.backend.Availability;
import io.heimdall.model.backend.SessionOptions;
import io.heimdall.model.backend.TrainingBackend;
import io.heimdall.model.backend.TrainingSession;
import io.heimdall.model.network.NetworkSpec;

/**
 * Training on Deeplearning4j, on the CPU.
 *
 * <p>The natives are unpacked once into {@code ${XDG_CACHE_HOME:-~/.cache}/heimdall/javacpp}; JavaCPP's own property
 * {@code org.bytedeco.javacpp.cachedir} names another place. Natives without oneDNN, which are seven times slower, are
 * refused unless the property {@value Nd4jEngine#ALLOW_SLOW} is {@code true}. Thread-safe; sessions of one process take
 * turns.
 */
public final class Dl4jBackend implements TrainingBackend {

    /** Makes the backend without touching the engine. */
    public Dl4jBackend() {}

    @Override
    public String id() {
        return "dl4j";
    }

    @Override
    public Availability probe() {
        return Nd4jEngine.THREAD.call(Nd4jEngine::availability);
    }

    @Override
    public TrainingSession open(NetworkSpec network, SessionOptions options) {
        if (probe() instanceof Availability.Missing missing) {
            throw new ModelException("backend " + id() + " cannot run: " + missing.reason() + "; " + missing.remedy());
        }
        return new Dl4jSession(network, options);
    }
}
