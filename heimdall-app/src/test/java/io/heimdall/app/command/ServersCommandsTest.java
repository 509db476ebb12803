package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.app.Run;
import io.heimdall.dataset.Workspace;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands for servers say where no server is named; on real ones {@code .ci/real_servers.sh} runs them. */
class ServersCommandsTest {
    @TempDir
    Path folder;

    @Test
    void migrateWithoutADatabaseIsWrongUsage() {
        Run run = Run.heimdall("migrate");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("no database named: set HEIMDALL_DATABASE_URL");
    }

    @Test
    void pushWithoutServersIsWrongUsage() throws Exception {
        Path workspace = folder.resolve("w");
        Workspace.create(workspace).close();
        Run run = Run.heimdall("push", "--workspace", workspace.toString());
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("no servers are set: set HEIMDALL_DATABASE_URL and HEIMDALL_S3_ENDPOINT");
    }

    @Test
    void aTrainingOnWhatWasNeverMeasuredSaysSo() {
        Path workspace = folder.resolve("s");
        assertThat(Run.heimdall("simulate", "--workspace", workspace.toString(), "--sessions", "3")
                        .exit())
                .isZero();
        Run run = Run.heimdall("train", "--workspace", workspace.toString(), "--min-snr", "10");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("no session is left").contains("never measured");
        assertThat(Run.heimdall("train", "--workspace", workspace.toString(), "--max-clipped", "2")
                        .err())
                .contains("max clipped 2 is not a number in 0..1");
    }
}
