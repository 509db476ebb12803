package io.heimdall.backend.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.model.backend.Availability;
import io.heimdall.model.backend.Backends;
import io.heimdall.model.backend.ProcessContract;
import io.heimdall.model.backend.TrainingBackend;
import org.junit.jupiter.api.Test;

class Dl4jBackendTest extends ProcessContract {
    private final Dl4jBackend backend = new Dl4jBackend();

    @Override
    protected TrainingBackend backend() {
        return backend;
    }

    @Test
    void isFoundByItsId() {
        assertThat(Backends.require("dl4j")).isInstanceOf(Dl4jBackend.class);
    }

    @Test
    void saysWhatItIs() {
        assertThat(backend.probe()).isInstanceOfSatisfying(Availability.Ready.class, ready -> {
            assertThat(ready.version()).matches("Deeplearning4j 1\\.0\\.0-M2\\.1, CpuBackend");
            assertThat(ready.device()).isEqualTo("cpu");
        });
    }
}
