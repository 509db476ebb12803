package io.heimdall.dataset.store;

import static org.assertj.core.api.Assertions.assertThat;

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
        int published = KilledWriter.run(WriteUntilKilled.class, folder.toString());
        KilledWriter.assertHolds(FeatureStores.directory(folder), published);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .allMatch(name -> Shard.isShard(name) || IndexHeader.isIndex(name) || name.endsWith(".part"));
        }
    }
}
