package io.heimdall.backend.djl;

import io.heimdall.model.backend.Availability;
import io.heimdall.model.backend.EngineSession;
import io.heimdall.model.backend.SessionOptions;
import io.heimdall.model.backend.TrainingBackend;
import io.heimdall.model.backend.TrainingSession;
import io.heimdall.model.network.NetworkSpec;

/**
 * The training engine on DJL and PyTorch, on the CPU and without a network connection.
 *
 * <p>The natives are unpacked once into the directory {@code djl} of the {@link io.heimdall.model.backend.NativeCache}; DJL's own
 * variable {@code DJL_CACHE_DIR} names another place. Thread-safe; sessions of one process take turns.
 */
public final class DjlBackend implements TrainingBackend {

    /** Makes the backend without touching the engine. */
    public DjlBackend() {}

    @Override
    public String id() {
        return "djl-pytorch";
    }

    @Override
    public Availability probe() {
        return PyTorchEngine.NATIVE.availability();
    }

    @Override
    public TrainingSession open(NetworkSpec network, SessionOptions options) {
        return EngineSession.open(
                this, PyTorchEngine.NATIVE, network, options, () -> new DjlNetwork(network, options.precision()));
    }
}
