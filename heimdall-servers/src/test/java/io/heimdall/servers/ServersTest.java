package io.heimdall.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.DatasetException;
import io.heimdall.servers.testing.S3Server;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersTest {
    private static final Map<String, String> DATABASE =
            Map.of("HEIMDALL_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/heimdall", "HEIMDALL_DATABASE_USER", "me");
    private static final Map<String, String> STORE = Map.of(
            "HEIMDALL_S3_ENDPOINT", "http://127.0.0.1:1", "AWS_ACCESS_KEY_ID", "me", "AWS_SECRET_ACCESS_KEY", "hush");

    @TempDir
    Path folder;

    @Test
    void noneAreNamedByAnEmptyEnvironment() throws Exception {
        assertThat(Servers.named(Map.of())).isFalse();
        assertThat(Servers.open(Map.of("AWS_ACCESS_KEY_ID", "me"), folder)).isEmpty();
    }

    @Test
    void oneWithoutTheOtherIsRefused() {
        assertThat(Servers.named(DATABASE)).isTrue();
        assertThatThrownBy(() -> Servers.open(DATABASE, folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HEIMDALL_DATABASE_URL is set and HEIMDALL_S3_ENDPOINT is not");
        assertThatThrownBy(() -> Servers.open(STORE, folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HEIMDALL_S3_ENDPOINT is set and HEIMDALL_DATABASE_URL is not");
    }

    @Test
    void keysThatAreMissingAreNamed() {
        assertThatThrownBy(() -> Servers.named(Map.of("HEIMDALL_S3_ENDPOINT", "http://127.0.0.1:1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
        assertThatThrownBy(
                        () -> Servers.named(Map.of("HEIMDALL_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/heimdall")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs a user")
                .hasMessageContaining("HEIMDALL_DATABASE_USER");
    }

    @Tag("slow") // ten seconds of tries
    @Test
    void aDatabaseThatIsAwayIsNamed() throws Exception {
        Map<String, String> both = new HashMap<>(STORE);
        both.putAll(DATABASE);
        both.put("HEIMDALL_DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + S3Server.freePort() + "/heimdall");
        assertThatThrownBy(() -> Servers.open(both, folder))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("is it running")
                .hasMessageNotContaining("hush");
    }
}
