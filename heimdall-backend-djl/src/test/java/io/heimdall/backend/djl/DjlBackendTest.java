package io.heimdall.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.model.backend.Availability;
import io.heimdall.model.backend.Backends;
import io.heimdall.model.backend.ProcessContract;
import io.heimdall.model.backend.TrainingBackend;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DjlBackendTest extends ProcessContract {
    private final DjlBackend backend = new DjlBackend();

    @Override
    protected TrainingBackend backend() {
        return backend;
    }

    @Test
    void isFoundByItsId() {
        assertThat(Backends.require("djl-pytorch")).isInstanceOf(DjlBackend.class);
    }

    @Test
    void saysWhatItIs() {
        assertThat(backend.probe()).isInstanceOfSatisfying(Availability.Ready.class, ready -> {
            assertThat(ready.version()).matches("DJL 0\\.\\d+\\.\\d+, PyTorch 2\\.\\d+\\.\\d+");
            assertThat(ready.device()).isEqualTo("cpu");
        });
    }

    @Test
    void keepsItsNativesInTheUsersCache() {
        backend.probe();
        assertThat(Path.of(System.getProperty("DJL_CACHE_DIR"))).isDirectory().endsWith(Path.of("heimdall", "djl"));
        assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
        assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
    }
}
