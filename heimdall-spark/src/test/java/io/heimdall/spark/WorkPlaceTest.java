package io.heimdall.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.files.ObjectKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkPlaceTest {
    @TempDir
    Path folder;

    @Test
    void secretsDoNotTravel() throws IOException {
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
    void tasksInTheProcessOfTheDriverHaveItsKeysAsLongAsItRuns() throws Exception {
        Map<String, String> variables =
                Map.of("AWS_SECRET_ACCESS_KEY", "very-secret", "AWS_ACCESS_KEY_ID", "also-secret", "HOME", "/");
        WorkPlace place = WorkPlace.of(folder, variables);

        Runnable leaving = LocalSecrets.share(variables);

        assertThat(place.variables())
                .containsEntry("AWS_SECRET_ACCESS_KEY", "very-secret")
                .containsEntry("AWS_ACCESS_KEY_ID", "also-secret");
        ByteArrayOutputStream travelling = new ByteArrayOutputStream();
        new ObjectOutputStream(travelling).writeObject(place);
        assertThat(travelling.toString(StandardCharsets.ISO_8859_1)).doesNotContain("secret");
        leaving.run();
        assertThat(place.variables().values()).doesNotContain("very-secret", "also-secret");
    }

    @Test
    void aWorkspaceThatAWorkerDoesNotHaveIsNamed() throws IOException {
        WorkPlace place = WorkPlace.of(folder.resolve("elsewhere"), Map.of());

        assertThatThrownBy(place::recordings)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder.resolve("elsewhere").toString())
                .hasMessageContaining("all workers share");
    }

    @Test
    void aStoreInADirectoryIsMadeByTheDriverUnderItsAbsolutePath() throws IOException {
        Path store = folder.resolve("store");
        String relative = Path.of("").toAbsolutePath().relativize(store).toString();

        WorkPlace place = WorkPlace.of(folder, Map.of("HEIMDALL_FEATURES_STORE", relative));

        assertThat(place.settings()).containsEntry("HEIMDALL_FEATURES_STORE", store.toString());
        assertThat(store).isEmptyDirectory();
        place.features(UnaryOperator.identity()).close();
        assertThat(WorkPlace.of(folder, Map.of("HEIMDALL_FEATURES_STORE", "s3://b/f"))
                        .settings())
                .containsEntry("HEIMDALL_FEATURES_STORE", "s3://b/f");
    }

    @Test
    void aStoreThatAWorkerDoesNotHaveIsNamed() throws IOException {
        Path store = folder.resolve("store");
        WorkPlace place = WorkPlace.of(folder, Map.of("HEIMDALL_FEATURES_STORE", store.toString()));
        Files.delete(store); // as on a machine that does not share the disk

        assertThatThrownBy(() -> place.features(UnaryOperator.identity()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("HEIMDALL_FEATURES_STORE is " + store)
                .hasMessageContaining("all workers share");
        assertThat(store).doesNotExist();
    }

    @Test
    void recordingsAreThoseOfTheWorkspace() throws IOException {
        try (WorkPlace.Recordings recordings = WorkPlace.of(folder, Map.of()).recordings()) {
            recordings.objects().put(ObjectKey.parse("s3://b/k"), new ByteArrayInputStream(new byte[7]));
        }

        assertThat(folder.resolve("objects/b/k")).hasSize(7);
    }
}
