package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenFilesTest {

    @Test
    void takesWhatTheSystemAllowsUnlessMoreIsAskedFor() {
        assertThat(OpenFiles.connections(Optional.empty(), 1_000_000)).isEqualTo(4096);
        assertThat(OpenFiles.connections(Optional.empty(), 1024)).isEqualTo(512);
        assertThat(OpenFiles.connections(Optional.of(9000), 20_000)).isEqualTo(9000);
        assertThatThrownBy(() -> OpenFiles.connections(Optional.of(9000), 4096))
                .hasMessageContaining("connections 9000 are too many: the system allows this process 4096 open files")
                .hasMessageContaining("ulimit -n");
        assertThat(OpenFiles.connections(Optional.empty())).isPositive();
    }
}
