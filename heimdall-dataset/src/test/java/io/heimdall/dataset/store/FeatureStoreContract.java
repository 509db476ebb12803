package io.heimdall.dataset.store;

import static io.heimdall.dataset.store.StoredFeatures.SMALL;
import static io.heimdall.dataset.store.StoredFeatures.features;
import static io.heimdall.dataset.store.StoredFeatures.key;
import static io.heimdall.dataset.store.StoredFeatures.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.features.spectrum.FeatureParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link FeatureStore} does, whatever keeps its files. */
public abstract class FeatureStoreContract extends FeatureReadsContract {

    @Test
    void aNewStoreHasNothing() throws Exception {
        assertThat(open().find(key(1))).isEmpty();
        assertThat(open().count()).isZero();
        open().flush();
        assertThat(open().compact()).isEqualTo(new FeatureStore.Compaction(0, 0, 0, 0));
        assertThat(files()).isEmpty();
    }

    @Test
    void givesBackTheBitsBeforeAndAfterTheyArePublished() throws Exception {
        float[] odd = features(0);
        odd[0] = Float.NaN;
        odd[1] = -0f;
        odd[2] = Float.MIN_VALUE;
        FeatureStore store = open();
        assertThat(store.put(key(7), odd)).isEqualTo(odd);
        put(store, 10, 30);
        assertThat(store.find(key(7))).contains(odd);
        assertThat(open().find(key(7))).isEmpty();
        store.flush();
        assertThat(store.find(key(7))).contains(odd);
        FeatureStore other = open();
        assertThat(other.find(key(7))).contains(odd);
        assertHolds(other, 10, 30);
        assertThat(other.find(key(30))).isEmpty();
        assertThat(other.count()).isEqualTo(21);
        assertThat(shards()).hasSize(1);
    }

    @Test
    void whatIsFoundIsTheCallersOwn() throws Exception {
        FeatureStore store = open();
        put(store, 0, 1);
        store.find(key(0)).orElseThrow()[0] = 99;
        assertHolds(store, 0, 1);
        store.flush();
        store.find(key(0)).orElseThrow()[0] = 99;
        assertHolds(store, 0, 1);
    }

    @Test
    void closingPublishes() throws Exception {
        try (FeatureStore store = open()) {
            put(store, 0, 3);
        }
        assertHolds(open(), 0, 3);
    }

    @Test
    void eachSetOfParametersHasItsShard() throws Exception {
        FeatureParameters wide = SMALL.withMels(16);
        FeatureStore store = open();
        put(store, 0, 5);
        store.put(key(0, wide), features(0, wide));
        store.flush();
        assertThat(shards()).hasSize(2);
        assertHolds(open(), 0, 5);
        assertThat(open().find(key(0, wide))).contains(features(0, wide));
        assertThat(open().find(new FeatureKey(key(0).hex(), wide))).isEmpty();
    }

    @Test
    void refusesFeaturesOfAnotherSize() {
        assertThatThrownBy(() -> open().put(key(1), new float[31]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("31 features are not the 32 of");
    }

    @Test
    void halfFloatsTakeHalfTheBytesAndNeverReachAStoreOfFloats() throws Exception {
        FeatureStore half = open(Precision.FLOAT16);
        float[] rounded = half.put(key(1), features(1));
        assertThat(rounded).isNotEqualTo(features(1)).hasSize(32);
        for (int i = 0; i < rounded.length; i++) {
            assertThat(rounded[i]).isEqualTo(HalfFloats.value(HalfFloats.bits(features(1)[i])));
        }
        assertThat(half.find(key(1))).contains(rounded);
        half.flush();
        assertThat(open(Precision.FLOAT16).find(key(1))).contains(rounded);
        assertThat(open().find(key(1))).isEmpty();

        FeatureStore whole = open();
        put(whole, 2, 3);
        whole.flush();
        assertThat(open(Precision.FLOAT16).find(key(2)))
                .contains(Precision.FLOAT16.rounded(features(2)))
                .isNotEqualTo(whole.find(key(2)));
        open().compact();
        assertHolds(open(), 2, 3);
        assertThat(open(Precision.FLOAT16).find(key(1))).contains(rounded);
    }

    @Test
    void anEntryWithAFlippedBitIsNotThere() throws Exception {
        FeatureStore store = open();
        put(store, 0, 20);
        store.close();
        change(shards().get(0), bytes -> {
            bytes[TensorHeader.BYTES + 5] ^= 1; // of the row whose key is the least
            return bytes;
        });
        FeatureStore other = open();
        int found = 0;
        for (int number = 0; number < 20; number++) {
            var features = other.find(key(number));
            if (features.isPresent()) {
                assertThat(features).contains(features(number));
                found++;
            }
        }
        assertThat(found).isEqualTo(19);
        put(other, 0, 21); // computed again
        other.flush();
        assertHolds(open(), 0, 21);
        FeatureStore.Compaction done = open().compact();
        assertThat(done).isEqualTo(new FeatureStore.Compaction(2, 1, 21, 20));
        assertHolds(open(), 0, 21);
    }

    @Test
    void aDamagedShardThatIsWrittenAgainIsMended() throws Exception {
        FeatureStore store = open();
        put(store, 0, 20);
        store.flush();
        change(shards().get(0), bytes -> {
            bytes[TensorHeader.BYTES + 5] ^= 1;
            return bytes;
        });
        FeatureStore other = open();
        put(other, 0, 20);
        other.flush();
        assertHolds(open(), 0, 20);
        assertHolds(other, 0, 20);
        assertThat(shards()).hasSize(1);
    }

    @Test
    void filesThatAreNoShardsArePassedOver() throws Exception {
        FeatureStore store = open();
        put(store, 0, 3);
        store.close();
        byte[] junk = new byte[5_000];
        add(key(1).hex() + ".safetensors", junk);
        add(key(2).hex() + ".safetensors", new byte[10]);
        add(key(3).hex() + ".index", junk);
        add("model.safetensors", junk);
        assertHolds(open(), 0, 3);
        assertThat(open().count()).isEqualTo(3);
        change(shards().stream().filter(name -> !isJunk(name)).findFirst().orElseThrow(), bytes -> {
            bytes[20] ^= 1;
            return bytes;
        });
        assertThat(open().find(key(0))).isEmpty();
    }

    private static boolean isJunk(String name) {
        return name.startsWith(key(1).hex()) || name.startsWith(key(2).hex());
    }

    @Test
    void compactionMergesShardsIntoOneAndListsThemInAnIndex() throws Exception {
        for (int i = 0; i < 5; i++) {
            try (FeatureStore writer = open()) {
                put(writer, 8 * i, 8 * i + 10); // two of them twice
            }
        }
        FeatureStore reader = open();
        assertHolds(reader, 0, 42);
        assertThat(reader.count()).isEqualTo(50);
        FeatureStore.Compaction done = open().compact();
        assertThat(done).isEqualTo(new FeatureStore.Compaction(5, 1, 42, 8));
        assertThat(shards()).hasSize(1);
        assertThat(indexes()).hasSize(1);
        assertHolds(open(), 0, 42);
        assertThat(open().find(key(42))).isEmpty();
        assertHolds(reader, 0, 42); // which has listed the former shards

        try (FeatureStore writer = open()) {
            put(writer, 42, 50);
        }
        assertHolds(open(), 0, 50);
        assertThat(open().compact()).isEqualTo(new FeatureStore.Compaction(2, 1, 50, 0));
        assertThat(open().compact()).isEqualTo(new FeatureStore.Compaction(1, 1, 50, 0));
        assertThat(files()).hasSize(2);
        assertHolds(open(), 0, 50);
    }

    @Test
    void aDamagedIndexIsWrittenAnew() throws Exception {
        twoMerged();
        try (FeatureStore writer = open()) {
            put(writer, 20, 30);
        }
        change(indexes().get(0), bytes -> {
            bytes[TensorHeader.BYTES + FeatureKey.BYTES + 3] = 1; // an entry of shard 16777216
            return bytes;
        });
        open().compact();
        assertHolds(open(), 0, 30);
    }

    @ParameterizedTest
    @ValueSource(ints = {FeatureKey.BYTES + 3, 20 * IndexHeader.ENTRY_BYTES + 7}) // an entry's shard, the fan-out
    void aDamagedIndexIsPassedOverAndReplaced(int damaged) throws Exception {
        twoMerged();
        String index = indexes().get(0);
        change(index, bytes -> {
            bytes[TensorHeader.BYTES + damaged] = 1;
            return bytes;
        });
        FeatureStore store = open();
        assertHolds(store, 0, 20);
        put(store, 20, 21);
        store.flush();
        assertHolds(open(), 0, 21);
        assertThat(indexes()).hasSize(1).doesNotContain(index);
    }

    @Test
    void aKeyThatIsNotInItsPlaceDoesNotReachTheNextIndex() throws Exception {
        twoMerged();
        change(indexes().get(0), bytes -> {
            bytes[TensorHeader.BYTES] = (byte) 0xff;
            return bytes;
        });
        open().compact();
        assertHolds(open(), 0, 20);
    }

    @Test
    void aShardThatIsCutIsLeftOutOfTheIndex() throws Exception {
        twoMerged();
        String cut = shards().get(0);
        try (FeatureStore writer = open()) {
            put(writer, 20, 30);
        }
        change(cut, bytes -> Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(open().compact()).isEqualTo(new FeatureStore.Compaction(2, 2, 10, 0));
        assertThat(open().count()).isEqualTo(10);
        FeatureStore store = open();
        assertHolds(store, 20, 30);
        put(store, 0, 20);
        store.flush();
        assertHolds(open(), 0, 30);
    }

    private void twoMerged() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (FeatureStore writer = open()) {
                put(writer, 10 * i, 10 * i + 10);
            }
        }
        open().compact();
    }

    @Test
    void anIndexWithImpossibleShardsIsPassedOver() throws Exception {
        twoMerged();
        change(indexes().get(0), bytes -> {
            bytes[bytes.length - 5] = (byte) 0x80; // the size of the last shard is negative
            return bytes;
        });
        assertHolds(open(), 0, 20);
        assertThat(open().count()).isEqualTo(20);
    }

    @Test
    void manyShardsAreListedInAnIndexUnasked() throws Exception {
        FeatureStore writer = open();
        for (int number = 0; number < 70; number++) {
            put(writer, number, number + 1);
            writer.flush();
        }
        assertThat(indexes()).hasSize(1);
        assertThat(shards()).hasSize(70);
        assertHolds(writer, 0, 70);
        assertHolds(open(), 0, 70);
        assertThat(open().count()).isEqualTo(70);
    }

    @Test
    void aStoreSeesWhatOthersPublishedAfterItWasListed() throws Exception {
        FeatureStore reader = open();
        assertThat(reader.find(key(0))).isEmpty();
        try (FeatureStore writer = open()) {
            put(writer, 0, 1);
        }
        assertThat(reader.count()).isEqualTo(1);
        assertHolds(reader, 0, 1);
    }

    @Test
    void manyWriteReadAndCompactAtOnceAndNothingIsLost() throws Exception {
        int writers = 4;
        int each = 60;
        ExecutorService pool = Executors.newFixedThreadPool(writers + 2);
        try {
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                int from = i * each / 2; // every entry of the middle is written by two
                all.add(pool.submit(() -> write(from, from + each)));
            }
            for (int i = 0; i < 2; i++) {
                all.add(pool.submit(compacting()));
            }
            for (Future<Void> one : all) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertHolds(open(), 0, (writers + 1) * each / 2);
        open().compact();
        assertHolds(open(), 0, (writers + 1) * each / 2);
    }

    private Void write(int from, int end) throws Exception {
        FeatureStore store = open();
        for (int number = from; number < end; number++) {
            put(store, number, number + 1);
            if (number % 10 == 9) {
                store.flush();
                assertHolds(store, from, number + 1);
            }
        }
        store.close();
        return null;
    }

    private Callable<Void> compacting() {
        return () -> {
            for (int i = 0; i < 5; i++) {
                open().compact();
            }
            return null;
        };
    }
}
