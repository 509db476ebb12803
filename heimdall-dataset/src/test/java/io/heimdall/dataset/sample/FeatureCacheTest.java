package io.heimdall.dataset.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.store.FailingShardFiles;
import io.heimdall.dataset.store.FeatureKey;
import io.heimdall.dataset.store.FeatureStores;
import io.heimdall.dataset.store.Precision;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.files.Sha256;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureCacheTest {
    private static final float[] FEATURES = {1.5f, -100, Float.MIN_VALUE, 0};

    @TempDir
    Path directory;

    private final AtomicInteger computed = new AtomicInteger();
    private FeatureCache cache;

    @BeforeEach
    void open() {
        cache = another();
    }

    private FeatureCache another() {
        return new FeatureCache(directory.resolve("cache"));
    }

    private static FeatureKey key(String name) {
        return new FeatureKey(
                HexFormat.of().formatHex(Sha256.digest().digest(name.getBytes(StandardCharsets.UTF_8))),
                FeatureParameters.network().withMels(2).withFrames(2));
    }

    private float[] get(FeatureCache from, String name) throws IOException {
        return from.get(key(name), () -> {
            computed.incrementAndGet();
            return FEATURES.clone();
        });
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** Writes an entry as earlier versions did. */
    private Path earlier(String name) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(FEATURES);
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), 0, 16);
        bytes.putInt(16, (int) crc.getValue());
        String hex = key(name).hex();
        Path file = directory.resolve("cache").resolve(hex.substring(0, 2)).resolve(hex + ".f32");
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes.array());
    }

    @Test
    void computesOnceAndForAllProcesses() throws IOException {
        assertThat(get(cache, "a")).isEqualTo(FEATURES);
        assertThat(get(cache, "a")).isEqualTo(FEATURES);
        cache.close();
        assertThat(get(another(), "a")).isEqualTo(FEATURES);
        assertThat(computed).hasValue(1);
        assertThat(get(cache, "b")).isEqualTo(FEATURES);
        assertThat(computed).hasValue(2);
        assertThat(files()).hasSize(1);
        assertThat(cache.count()).isEqualTo(2);
    }

    @Test
    void whoChangesWhatItGaveDoesNotChangeTheEntry() throws IOException {
        get(cache, "a")[0] = 99;
        get(cache, "a")[1] = 99;
        cache.flush();
        get(cache, "a")[1] = 99;
        assertThat(get(cache, "a")).isEqualTo(FEATURES);
        assertThat(computed).hasValue(1);
    }

    @Test
    void aFlippedBitIsComputedAgainAndMended() throws IOException {
        get(cache, "a");
        cache.close();
        Path shard = files().get(0);
        byte[] bytes = Files.readAllBytes(shard);
        bytes[1024 + 7] ^= 4; // the header has 1024 bytes
        Files.write(shard, bytes);
        FeatureCache other = another();
        assertThat(get(other, "a")).isEqualTo(FEATURES);
        assertThat(computed).hasValue(2);
        other.close();
        assertThat(get(another(), "a")).isEqualTo(FEATURES);
        assertThat(computed).hasValue(2);
    }

    @Test
    void entriesOfEarlierVersionsAreMovedWhenTheyAreUsed() throws IOException {
        Path a = earlier("a");
        Path b = earlier("b");
        assertThat(cache.count()).isEqualTo(2);
        assertThat(get(cache, "a")).isEqualTo(FEATURES);
        assertThat(a).exists(); // until it is published
        assertThat(cache.count()).isEqualTo(2);
        cache.flush();
        assertThat(a).doesNotExist();
        assertThat(a.getParent()).doesNotExist();
        assertThat(b).exists();
        assertThat(get(another(), "a")).isEqualTo(FEATURES);
        assertThat(get(another(), "b")).isEqualTo(FEATURES);
        assertThat(cache.count()).isEqualTo(2);
        assertThat(computed).hasValue(0);
    }

    @Test
    void anEarlierEntryStaysWhereTheStoreCannotPublishIt() throws IOException {
        Path a = earlier("a");
        FailingShardFiles disk = new FailingShardFiles(directory.resolve("cache"));
        FeatureCache full = new FeatureCache(FeatureStores.over(disk, Precision.FLOAT32), directory.resolve("cache"));
        assertThat(get(full, "a")).isEqualTo(FEATURES);
        disk.failAtPublishing(new IOException("disk full"));
        for (int number = 1; number < 4_096; number++) {
            assertThat(get(full, "other " + number)).isEqualTo(FEATURES); // the last one fills a shard
        }
        disk.mend();
        full.flush();
        assertThat(a).exists();
        assertThat(full.count()).isEqualTo(1);
        assertThat(get(full, "a")).isEqualTo(FEATURES);
        full.close();
        assertThat(a).doesNotExist();
        assertThat(get(another(), "a")).isEqualTo(FEATURES);
        assertThat(computed).hasValue(4_095);
    }

    @ParameterizedTest
    @MethodSource("interruptions")
    void whatAnInterruptedThreadCannotPublishIsPublishedLater(IOException interruption) throws IOException {
        FailingShardFiles server = new FailingShardFiles(directory.resolve("cache"));
        FeatureCache shared = FeatureCache.over(FeatureStores.over(server, Precision.FLOAT32));
        get(shared, "a");
        server.failAtPublishing(interruption);
        shared.flush();
        server.mend();
        shared.flush();
        assertThat(get(another(), "a")).isEqualTo(FEATURES);
        assertThat(computed).hasValue(1);
    }

    static Stream<IOException> interruptions() {
        return Stream.of(new InterruptedIOException("interrupted"), new ClosedByInterruptException());
    }

    @Test
    void entriesOfEarlierVersionsStayWhereTheStoreRoundsThem() throws IOException {
        Path a = earlier("a");
        Path folder = directory.resolve("cache");
        try (FeatureCache half = new FeatureCache(FeatureStores.directory(folder, Precision.FLOAT16), folder)) {
            assertThat(get(half, "a")).containsExactly(1.5f, -100, 0, 0);
        }
        assertThat(a).exists();
        assertThat(get(cache, "a")).isEqualTo(FEATURES);
        assertThat(computed).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 16, 19, 21})
    void anEarlierEntryThatIsDamagedIsComputedAgain(int length) throws IOException {
        Path a = earlier("a");
        Files.write(a, Arrays.copyOf(Files.readAllBytes(a), length));
        Path b = earlier("b");
        byte[] bytes = Files.readAllBytes(b);
        bytes[length % 20] ^= 4;
        Files.write(b, bytes);
        assertThat(get(cache, "a")).isEqualTo(FEATURES);
        assertThat(get(cache, "b")).isEqualTo(FEATURES);
        assertThat(computed).hasValue(2);
    }

    @Test
    void manyMayWriteTheSameEntryAtOnce() throws Exception {
        int threads = 8;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 20; round++) {
                String name = "round " + round;
                CyclicBarrier together = new CyclicBarrier(threads);
                Callable<float[]> work = () -> {
                    try (FeatureCache own = another()) {
                        together.await();
                        return get(own, name);
                    }
                };
                List<Future<float[]>> results = IntStream.range(0, threads)
                        .mapToObj(i -> pool.submit(work))
                        .toList();
                for (Future<float[]> result : results) {
                    assertThat(result.get()).isEqualTo(FEATURES);
                }
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(files()).hasSize(20).allMatch(file -> file.toString().endsWith(".safetensors"));
        computed.set(0);
        get(cache, "round 3");
        assertThat(computed).hasValue(0);
    }

    @Test
    void aCacheThatCannotBeWrittenIsOnlySlow() throws IOException {
        Files.writeString(directory.resolve("cache"), "a file stands where the directory should");
        assertThat(get(cache, "a")).isEqualTo(FEATURES);
        cache.flush();
        assertThat(get(cache, "a")).isEqualTo(FEATURES);
        assertThat(computed).hasValue(2);
        cache.close();
    }

    @Test
    void aCacheThatKeepsNothingComputesEachTime() throws IOException {
        FeatureCache none = FeatureCache.none();
        assertThat(get(none, "a")).isEqualTo(FEATURES);
        assertThat(get(none, "a")).isEqualTo(FEATURES);
        none.close();
        assertThat(none.count()).isZero();
        assertThat(computed).hasValue(2);
    }

    @Test
    void aFaultOfTheComputationIsTheCallersAndLeavesNothing() {
        assertThatThrownBy(() -> cache.get(key("a"), () -> {
                    throw new FileNotFoundException("gone");
                }))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage("gone");
        cache.close();
        assertThat(directory.resolve("cache")).doesNotExist();
    }
}
