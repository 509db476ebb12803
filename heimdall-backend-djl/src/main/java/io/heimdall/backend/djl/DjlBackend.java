package io.heimdall.backend.djl;

import io.heimdall.model.ModelException;
import io.heimdall.model.backend.Availability;
import io.heimdall.model.backend.SessionOptions;
import io.heimdall.model.backend.TrainingBackend;
import io.heimdall.model.backend.TrainingSession;
import io.heimdall.model.network.NetworkSpec;

/**
 * Training on DJL's PyTorch engine, on the CPU and without a network connection.
 *
 * <p>The natives are unpacked once into {@code ${XDG_CACHE_HOME:-~/.cache}/heimdall/djl}; DJL's own variable
 * {@code DJL_CACHE_DIR} names another place. Thread-safe; sessions of one process take turns.
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
        return PyTorchEngine.THREAD.call(PyTorchEngine::availability);
    }

    @Override
    public TrainingSession open(NetworkSpec network, SessionOptions options) {
        if (probe() instanceof Availability.Missing missing) {
            throw new ModelException("backend " + id() + " cannot run: " + missing.reason() + "; " + missing.remedy());
        }
        return new DjlSession(network, options);
    }
}
