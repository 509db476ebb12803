package io.heimdall.dataset.store;

import static io.heimdall.dataset.store.StoredFeatures.features;
import static io.heimdall.dataset.store.StoredFeatures.key;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed with {@code kill -9} while it writes shards. */
class KilledWriterTest {

    @TempDir
    Path folder;

    @Test
    void whatWasPublishedIsThereAndNothingHalf() throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        WriteUntilKilled.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int published = 0;
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            while (published < 500) {
                published = Integer.parseInt(said.readLine());
            }
            writer.toHandle().destroyForcibly(); // SIGKILL; the pipe stays open
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                published = Integer.parseInt(line);
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
        FeatureStore store = FeatureStores.directory(folder);
        for (int number = 0; number < published; number++) {
            assertThat(store.find(key(number))).contains(features(number));
        }
        assertThat(store.count()).isBetween((long) published, published + 50L); // killed before it could say so
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .allMatch(name -> Shard.isShard(name) || IndexHeader.isIndex(name) || name.endsWith(".part"));
        }
    }
}
