package io.heimdall.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in with a token, and that nothing listens to others without one. */
class TokenTest {
    private static final String TOKEN = "correct-horse-battery-staple";

    @TempDir
    Path directory;

    @Test
    void onlyWhoBringsItIsLetIn() throws IOException, InterruptedException {
        ServiceOptions options = ServiceOptions.local(0).on("0.0.0.0", Optional.of(TOKEN));
        try (RunningService service = RunningService.start(directory, 0, options)) {
            for (String path : List.of("/train", "/models", "/ready", "/metrics")) {
                assertThat(service.client().get(path).status()).isEqualTo(401);
                assertThat(service.client()
                                .with("Authorization", "Bearer " + TOKEN + "x")
                                .get(path)
                                .status())
                        .isEqualTo(401);
                assertThat(service.client()
                                .with("Authorization", "Basic " + TOKEN)
                                .get(path)
                                .status())
                        .isEqualTo(401);
                assertThat(service.client()
                                .with("Authorization", "Bearer " + TOKEN)
                                .get(path)
                                .status())
                        .isNotEqualTo(401);
            }
            assertThat(service.client().post("/train", "{}").status()).isEqualTo(401);
            assertThat(service.client().post("/predict", "{}").status()).isEqualTo(401);
            assertThat(service.client().get("/health").status()).isEqualTo(200);
            assertThat(service.client().get("/").status()).isEqualTo(200);
            assertThat(service.jobs().count()).isEmpty();
        }
    }

    @Test
    void otherMachinesAreNotLetInWithoutOne() {
        assertThatThrownBy(() -> ServiceOptions.local(0).on("0.0.0.0", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HEIMDALL_TOKEN");
        assertThatThrownBy(() -> ServiceOptions.local(0).on("::", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ServiceOptions.local(0).on("localhost", Optional.empty()).token())
                .isEmpty();
    }

    @Test
    void shortTokenIsRefusedAndNeverShown() {
        assertThatThrownBy(() -> ServiceOptions.local(0).on("0.0.0.0", Optional.of("secret")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("6 characters")
                .hasMessageNotContaining("secret");
        assertThat(ServiceOptions.local(0).on("0.0.0.0", Optional.of(TOKEN)).toString())
                .doesNotContain(TOKEN);
    }

    @Test
    void credentialsInMessagesAreCovered() {
        assertThat(Answers.withoutCredentials("jdbc:postgresql://me:secret@db/heimdall refused"))
                .isEqualTo("jdbc:postgresql://***@db/heimdall refused");
    }
}
