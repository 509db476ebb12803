package io.heimdall.dataset.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that fills a feature store, and is killed with {@code kill -9} while it does. */
public final class KilledWriter {

    private KilledWriter() {}

    /** Fills a store, and says after each shard how many entries are published: what the process does. */
    public static void fill(FeatureStore store) throws IOException {
        for (int number = 0; number < 1_000_000; number += 50) {
            StoredFeatures.put(store, number, number + 50);
            store.flush();
            System.out.println(number + 50);
        }
    }

    /**
     * Starts the process, and kills it after it has published some shards.
     *
     * @param program whose main method calls {@link #fill}
     * @return how many entries it said are published
     */
    public static int run(Class<?> program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                program.getName()));
        command.addAll(List.of(arguments));
        Process writer = new ProcessBuilder(command)
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
        return published;
    }

    /** Asserts that a store has the entries of which the process said that they are published. */
    public static void assertHolds(FeatureStore store, int published) throws IOException {
        for (int number = 0; number < published; number++) {
            assertThat(store.find(StoredFeatures.key(number))).contains(StoredFeatures.features(number));
        }
        assertThat(store.count()).isBetween((long) published, published + 50L); // killed before it could say so
    }
}
