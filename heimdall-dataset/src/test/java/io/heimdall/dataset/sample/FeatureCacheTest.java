package io.heimdall.dataset.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureCacheTest {
    private static final float[] FEATURES = {1.5f, -100, Float.MIN_VALUE, 0};

    @TempDir
    Path directory;

    private final AtomicInteger computed = new AtomicInteger();
    private FeatureCache cache;

    @BeforeEach
    void open() {
        cache = new FeatureCache(directory.resolve("cache"));
    }

    private float[] get(FeatureCache from, String name) throws IOException {
        return from.get(name, FEATURES.length, () -> {
            computed.incrementAndGet();
            return FEATURES.clone();
        });
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void computesOnceAndForAllProcesses() throws IOException {
        assertThat(get(cache, "a")).isEqualTo(FEATURES);
        assertThat(get(new FeatureCache(directory.resolve("cache")), "a")).isEqualTo(FEATURES);
        assertThat(computed).hasValue(1);
        assertThat(get(cache, "b")).isEqualTo(FEATURES);
        assertThat(computed).hasValue(2);
        assertThat(files()).hasSize(2);
    }

    @Test
    void whoChangesWhatItGaveDoesNotChangeTheEntry() throws IOException {
        get(cache, "a")[0] = 99;
        get(cache, "a")[1] = 99;
        assertThat(get(cache, "a")).isEqualTo(FEATURES);
        assertThat(computed).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 15, 16, 19})
    void aFlippedBitIsComputedAgainAndMended(int position) throws IOException {
        get(cache, "a");
        Path entry = files().get(0);
        byte[] bytes = Files.readAllBytes(entry);
        bytes[position] ^= 4;
        Files.write(entry, bytes);
        assertThat(get(cache, "a")).isEqualTo(FEATURES);
        assertThat(computed).hasValue(2);
        assertThat(get(cache, "a")).isEqualTo(FEATURES);
        assertThat(computed).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 16, 19, 21})
    void anEntryOfAnotherLengthIsComputedAgainAndMended(int length) throws IOException {
        get(cache, "a");
        Path entry = files().get(0);
        Files.write(entry, java.util.Arrays.copyOf(Files.readAllBytes(entry), length));
        assertThat(get(cache, "a")).isEqualTo(FEATURES);
        get(cache, "a");
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
                    FeatureCache own = new FeatureCache(directory.resolve("cache"));
                    together.await();
                    return get(own, name);
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
        assertThat(files()).hasSize(20).allMatch(file -> file.toString().endsWith(".f32"));
        computed.set(0);
        get(cache, "round 3");
        assertThat(computed).hasValue(0);
    }

    @Test
    void aCacheThatCannotBeWrittenIsOnlySlow() throws IOException {
        Files.writeString(directory.resolve("cache"), "a file stands where the directory should");
        assertThat(get(cache, "a")).isEqualTo(FEATURES);
        assertThat(get(cache, "a")).isEqualTo(FEATURES);
        assertThat(computed).hasValue(2);
    }

    @Test
    void aFaultOfTheComputationIsTheCallersAndLeavesNothing() {
        assertThatThrownBy(() -> cache.get("a", 4, () -> {
                    throw new FileNotFoundException("gone");
                }))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage("gone");
        assertThat(directory.resolve("cache")).doesNotExist();
    }
}
