package io.heimdall.dataset.store;

import static io.heimdall.dataset.store.StoredFeatures.key;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryFeatureStoreTest extends FeatureStoreContract {

    @TempDir
    Path folder;

    private Path directory() {
        return folder.resolve("cache").resolve("features");
    }

    @Override
    protected FeatureStore open(Precision precision) {
        return FeatureStores.directory(directory(), precision);
    }

    @Override
    protected List<String> files() throws IOException {
        if (!Files.isDirectory(directory())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    protected void change(String file, UnaryOperator<byte[]> change) throws IOException {
        Path path = directory().resolve(file);
        Files.write(path, change.apply(Files.readAllBytes(path)));
    }

    @Override
    protected void add(String file, byte[] content) throws IOException {
        Files.write(directory().resolve(file), content);
    }

    @Test
    void whatAKilledProcessLeftGoesAfterADay() throws Exception {
        try (FeatureStore store = open(Precision.FLOAT32)) {
            StoredFeatures.put(store, 0, 1);
        }
        Path old = Files.writeString(directory().resolve(".shard.1.part"), "cut");
        Path young = Files.writeString(directory().resolve(".shard.2.part"), "cut");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(25, ChronoUnit.HOURS)));
        open(Precision.FLOAT32).compact();
        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(open(Precision.FLOAT32).find(key(0))).isPresent();
    }

    @Test
    void partsOfALargeFileAreReadWhereverItsWindowsEnd() throws Exception {
        Path file = folder.resolve("large");
        long length = (1L << 30) + 10_000;
        try (var channel = Files.newByteChannel(
                file, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.WRITE)) {
            channel.position((1L << 30) - 2).write(java.nio.ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
            channel.position(length - 1).write(java.nio.ByteBuffer.wrap(new byte[] {9}));
        }
        MappedFile map = MappedFile.open(file);
        assertThat(map.slice((1L << 30) - 2, 4).getInt(0)).isEqualTo(0x04030201);
        assertThat(map.slice(1L << 30, 2).getShort(0)).isEqualTo((short) 0x0403);
        assertThat(map.slice(length - 1, 1).get(0)).isEqualTo((byte) 9);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> map.slice(length - 1, 2))
                .hasMessageContaining("has 1073751824 bytes; 2 from byte 1073751823 on are needed");
    }
}
