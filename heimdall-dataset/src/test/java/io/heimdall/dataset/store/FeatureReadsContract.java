package io.heimdall.dataset.store;

import static io.heimdall.dataset.store.StoredFeatures.features;
import static io.heimdall.dataset.store.StoredFeatures.key;
import static io.heimdall.dataset.store.StoredFeatures.put;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What every {@link FeatureStore} finds, of one entry and of many at once. */
abstract class FeatureReadsContract {

    /** Another store over the same files, which are none at first. */
    protected abstract FeatureStore open(Precision precision) throws Exception;

    /** The names of the files. */
    protected abstract List<String> files() throws Exception;

    /** Changes a file behind the store's back. */
    protected abstract void change(String file, UnaryOperator<byte[]> change) throws Exception;

    /** Adds a file that is none of the store's. */
    protected abstract void add(String file, byte[] content) throws Exception;

    final FeatureStore open() throws Exception {
        return open(Precision.FLOAT32);
    }

    static void assertHolds(FeatureStore store, int from, int end) throws IOException {
        for (int number = from; number < end; number++) {
            assertThat(store.find(key(number))).as("features %d", number).contains(features(number));
        }
    }

    final List<String> shards() throws Exception {
        return files().stream().filter(Shard::isShard).toList();
    }

    final List<String> indexes() throws Exception {
        return files().stream().filter(IndexHeader::isIndex).toList();
    }

    @Test
    void manyEntriesAreWhatEachIs() throws Exception {
        FeatureStore store = open();
        put(store, 0, 40);
        store.flush();
        put(store, 40, 60);
        store.flush();
        put(store, 60, 65); // not published
        List<FeatureKey> keys = new ArrayList<>();
        for (int number : new int[] {3, 59, 64, 2, 41, 0, 39, 77}) {
            keys.add(key(number));
        }
        String first = store.shardOf(key(0)).orElseThrow();
        assertThat(store.shardOf(key(39))).contains(first);
        assertThat(store.shardOf(key(41))).isPresent().isNotEqualTo(Optional.of(first));
        assertThat(store.shardOf(key(64))).isEmpty();
        assertThat(store.shardOf(key(77))).isEmpty();
        String gone = "0".repeat(64);
        for (List<String> likely : List.of(List.<String>of(), List.of(first), List.of(gone, first))) {
            Map<FeatureKey, float[]> found = store.findAll(keys, likely);
            assertThat(found).hasSize(7).doesNotContainKey(key(77));
            found.forEach((key, features) -> assertThat(features).isEqualTo(features(number(key))));
        }
        open().compact();
        FeatureStore compacted = open();
        assertThat(compacted.findAll(keys, List.of(first))).hasSize(6);
        assertThat(compacted.shardOf(key(0))).isEqualTo(compacted.shardOf(key(59)));
    }

    private static int number(FeatureKey key) {
        for (int number = 0; ; number++) {
            if (key(number).equals(key)) {
                return number;
            }
        }
    }

    @Test
    void ofManyEntriesADamagedOneIsMissingAndAHalfFloatIsRounded() throws Exception {
        FeatureStore store = open();
        put(store, 0, 30);
        store.flush();
        change(shards().get(0), bytes -> {
            bytes[1024 + 5] ^= 1; // in the first row
            return bytes;
        });
        List<FeatureKey> keys = new ArrayList<>();
        for (int number = 0; number < 30; number++) {
            keys.add(key(number));
        }
        String shard = open().shardOf(key(1)).orElseThrow();
        FeatureKey damaged = keys.stream().sorted().findFirst().orElseThrow();
        assertThat(open().findAll(keys, List.of(shard))).hasSize(29).doesNotContainKey(damaged);
        FeatureStore half = open(Precision.FLOAT16);
        FeatureKey last = keys.stream().sorted().skip(29).findFirst().orElseThrow();
        assertThat(half.findAll(keys, List.of()).get(last))
                .isEqualTo(Precision.FLOAT16.rounded(features(number(last))));
        put(half, 50, 51);
        half.flush();
        assertThat(open().findAll(
                                List.of(key(50)), List.of(half.shardOf(key(50)).orElseThrow())))
                .isEmpty();
    }
}
