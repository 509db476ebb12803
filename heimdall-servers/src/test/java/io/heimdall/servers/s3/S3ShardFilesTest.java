package io.heimdall.servers.s3;

import static io.heimdall.dataset.store.StoredFeatures.features;
import static io.heimdall.dataset.store.StoredFeatures.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.store.FeatureStore;
import io.heimdall.dataset.store.FeatureStores;
import io.heimdall.dataset.store.Precision;
import io.heimdall.dataset.store.StoredFeatures;
import io.heimdall.servers.testing.FaultyLine;
import io.heimdall.servers.testing.FaultyLine.Fault;
import io.heimdall.servers.testing.FaultyLine.Way;
import io.heimdall.servers.testing.S3Server;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3ShardFilesTest {

    @TempDir
    Path directory;

    private FeaturesOnServer server;

    @BeforeEach
    void connect() throws Exception {
        server = FeaturesOnServer.open(directory);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void aStoreOnAServerIsSharedMergedAndListed() throws IOException {
        assertThat(server.store(Precision.FLOAT32).find(key(0))).isEmpty();
        for (int i = 0; i < 2; i++) {
            try (FeatureStore writer = server.store(Precision.FLOAT32)) {
                StoredFeatures.put(writer, 10 * i, 10 * i + 10);
            }
        }
        FeatureStore reader = server.store(Precision.FLOAT32);
        assertThat(reader.find(key(19))).contains(features(19));
        assertThat(server.store(Precision.FLOAT32).compact()).isEqualTo(new FeatureStore.Compaction(2, 1, 20, 0));
        assertThat(server.files().list()).hasSize(2);
        assertThat(reader.find(key(0))).contains(features(0)); // from the shard that took its place
        assertThat(directory.resolve("staging")).isEmptyDirectory();
        assertThat(reader).hasToString(server.folder().toString());
    }

    @Test
    void aRangeIsReadExactlyOrNotAtAll() throws IOException {
        server.add("a", new byte[] {1, 2, 3, 4, 5});
        assertThat(server.objects().read(server.object("a"), 1, 3)).containsExactly(2, 3, 4);
        assertThat(server.objects().read(server.object("a"), 4, 1)).containsExactly(5);
        assertThatThrownBy(() -> server.objects().read(server.object("a"), 3, 4))
                .isInstanceOf(EOFException.class)
                .hasMessageContaining("/a ends 2 bytes early for 4 bytes from byte 3 on");
        assertThatThrownBy(() -> server.objects().read(server.object("a"), 7, 1))
                .isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> server.objects().read(server.object("b"), 0, 1))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void whatAKilledUploadLeftGoesAfterADay() throws IOException {
        Path staging = Files.createDirectories(directory.resolve("staging"));
        Path old = Files.writeString(staging.resolve(".shard.1.part"), "cut");
        Path young = Files.writeString(staging.resolve(".shard.2.part"), "cut");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(25, ChronoUnit.HOURS)));
        try (FeatureStore store = server.store(Precision.FLOAT32)) {
            StoredFeatures.put(store, 0, 1);
        }
        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void aReadThatIsCutIsMadeAgain() throws Exception {
        try (FeatureStore store = server.store(Precision.FLOAT32)) {
            StoredFeatures.put(store, 0, 2_000);
        }
        try (FaultyLine line =
                        new FaultyLine(S3Server.shared().settings().endpoint().getPort());
                MinioObjectStore bad =
                        MinioObjectStore.open(S3Server.shared().through(line), directory.resolve("bad"), 1 << 30)) {
            FeatureStore store = FeatureStores.over(
                    new S3ShardFiles(bad, server.folder(), directory.resolve("staging")), Precision.FLOAT32);
            line.arm(Fault.RESET, Way.TO_CLIENT, 20_000, 2); // within the keys
            assertThat(store.find(key(1_999))).contains(features(1_999));
            assertThat(line.struck()).isEqualTo(2);
        }
    }
}
