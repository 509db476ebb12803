package io.heimdall.backend.dl4j;

import io.heimdall.model.backend.Availability;
import io.heimdall.model.backend.EngineSession;
import io.heimdall.model.backend.SessionOptions;
import io.heimdall.model.backend.TrainingBackend;
import io.heimdall.model.backend.TrainingSession;
import io.heimdall.model.network.NetworkSpec;

/**
 * The training engine on Deeplearning4j, on the CPU.
 *
 * <p>The natives are unpacked once into the directory {@code javacpp} of the {@link io.heimdall.model.backend.NativeCache};
 * JavaCPP's own property {@code org.bytedeco.javacpp.cachedir} names another place. Natives without oneDNN, which are seven
 * times slower, are refused unless the property {@value Nd4jEngine#ALLOW_SLOW} is {@code true}. Thread-safe; sessions of one
 * process take turns.
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
        return Nd4jEngine.NATIVE.availability();
    }

    @Override
    public TrainingSession open(NetworkSpec network, SessionOptions options) {
        return EngineSession.open(this, Nd4jEngine.NATIVE, network, options, () -> new Dl4jNetwork(network, options));
    }
}
