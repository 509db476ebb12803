package io.heimdall.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.files.ObjectKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkPlaceTest {
    @TempDir
    Path folder;

    @Test
    void secretsDoNotTravel() {
        WorkPlace place = WorkPlace.of(
                folder,
                Map.of(
                        "HEIMDALL_S3_ENDPOINT", "http://127.0.0.1:9000",
                        "AWS_SECRET_ACCESS_KEY", "very-secret",
                        "AWS_ACCESS_KEY_ID", "also-secret",
                        "HOME", "/home/nobody"));

        assertThat(place.settings()).containsOnlyKeys("HEIMDALL_S3_ENDPOINT");
        assertThat(place.toString()).doesNotContain("secret");
    }

    @Test
    void aWorkspaceThatAWorkerDoesNotHaveIsNamed() {
        WorkPlace place = WorkPlace.of(folder.resolve("elsewhere"), Map.of());

        assertThatThrownBy(place::recordings)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder.resolve("elsewhere").toString())
                .hasMessageContaining("all workers share");
    }

    @Test
    void recordingsAreThoseOfTheWorkspace() throws IOException {
        try (WorkPlace.Recordings recordings = WorkPlace.of(folder, Map.of()).recordings()) {
            recordings.objects().put(ObjectKey.parse("s3://b/k"), new ByteArrayInputStream(new byte[7]));
        }

        assertThat(folder.resolve("objects/b/k")).hasSize(7);
    }
}
