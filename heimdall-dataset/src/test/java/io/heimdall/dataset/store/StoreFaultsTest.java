package io.heimdall.dataset.store;

import static io.heimdall.dataset.store.StoredFeatures.features;
import static io.heimdall.dataset.store.StoredFeatures.key;
import static io.heimdall.dataset.store.StoredFeatures.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.files.ObjectStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store does when the storage below it fails. */
class StoreFaultsTest {

    @TempDir
    Path directory;

    private FailingShardFiles files;

    @BeforeEach
    void connect() {
        files = new FailingShardFiles(directory);
    }

    private FeatureStore open(Duration afterFault) {
        return new ShardedFeatureStore(files, Precision.FLOAT32, afterFault);
    }

    private FeatureStore open() {
        return open(Duration.ofHours(1));
    }

    private void write(int from, int end) throws IOException {
        try (FeatureStore store = open()) {
            put(store, from, end);
        }
    }

    @Test
    void aStorageThatCannotBeListedIsLeftAloneForAWhile() throws IOException {
        FeatureStore store = open();
        files.failAtListing(new IOException("no route"));
        assertThatThrownBy(() -> store.find(key(0))).hasMessage("no route");
        for (int number = 0; number < 5; number++) {
            FeatureKey key = key(number);
            assertThatThrownBy(() -> store.find(key)).hasMessageContaining("left alone for 3600 s after: no route");
        }
        assertThat(files.listings()).isEqualTo(1);
        put(store, 0, 1);
        assertThat(store.find(key(0))).contains(features(0)); // which waits
        files.mend();
        assertThat(store.count()).isEqualTo(1); // who asks for the storage itself gets an answer
        assertThat(store.find(key(1))).isEmpty();
    }

    @Test
    void aStorageIsAskedAgainAfterTheWhile() throws IOException {
        write(0, 1);
        FeatureStore store = open(Duration.ZERO);
        files.failAtListing(new IOException("no route"));
        assertThatThrownBy(() -> store.find(key(0))).hasMessage("no route");
        files.mend();
        assertThat(store.find(key(0))).contains(features(0));
    }

    @Test
    void aServerThatIsAwayIsLeftAloneButOneBadFileIsNoReason() throws IOException {
        write(0, 1);
        FeatureStore store = open();
        assertThat(store.find(key(0))).contains(features(0));
        files.failAtReading(new IOException("bad sector"));
        assertThatThrownBy(() -> store.find(key(0))).hasMessage("bad sector");
        files.mend();
        assertThat(store.find(key(0))).contains(features(0));
        files.failAtReading(new ObjectStoreException("bucket", "away", null, true));
        assertThatThrownBy(() -> store.find(key(0))).hasMessage("away");
        files.mend();
        assertThatThrownBy(() -> store.find(key(0))).hasMessageContaining("after: away");
    }

    @Test
    void manyEntriesOfAShardTakeFewReadingsAndAFaultIsTheStores() throws IOException {
        write(0, 500);
        FeatureStore store = open();
        List<FeatureKey> keys =
                IntStream.range(0, 500).mapToObj(StoredFeatures::key).toList();
        String shard = store.shardOf(keys.get(0)).orElseThrow();
        int before = files.readings();
        assertThat(store.findAll(keys, List.of(shard))).hasSize(500);
        assertThat(files.readings() - before).isEqualTo(3); // header, keys, features
        assertThat(store.findAll(keys, List.of())).hasSize(500);
        assertThat(files.readings() - before).isEqualTo(4); // the keys of an unlisted shard are at hand
        files.failAtReading(new ObjectStoreException("bucket", "away", null, true));
        assertThatThrownBy(() -> store.findAll(keys, List.of(shard))).hasMessage("away");
        files.mend();
        assertThatThrownBy(() -> store.findAll(keys, List.of(shard))).hasMessageContaining("after: away");
        assertThatThrownBy(() -> store.shardOf(keys.get(0))).hasMessageContaining("after: away");
    }

    @Test
    void anIndexThatAnotherWriterHasReplacedLeadsToANewListing() throws IOException {
        write(0, 10);
        write(10, 20);
        open().compact();
        List<FeatureKey> keys =
                IntStream.range(0, 20).mapToObj(StoredFeatures::key).toList();
        FeatureStore ofOne = open();
        FeatureStore ofMany = open();
        String before = ofOne.shardOf(key(0)).orElseThrow();
        assertThat(ofMany.shardOf(key(0))).contains(before);
        write(20, 30);
        open().compact(); // removes index and shard, which nobody has mapped after it

        assertThat(ofOne.shardOf(key(0))).isPresent().isNotEqualTo(Optional.of(before));
        int read = files.readings();
        assertThat(ofMany.findAll(keys, List.of(before))).hasSize(20);
        assertThat(files.readings() - read).isLessThan(keys.size() + 10); // the features in one go
    }

    @Test
    void entriesWaitWhileTheServerIsAway() throws IOException {
        FeatureStore store = open();
        files.failAtPublishing(new ObjectStoreException("bucket", "away", null, true));
        put(store, 0, 1);
        assertThatThrownBy(store::flush).hasMessage("away");
        put(store, 1, 4_096);
        assertThat(store.find(key(4_095))).isPresent();
        assertThatThrownBy(() -> put(store, 4_096, 4_097)).hasMessageContaining("after: away");
        assertThatThrownBy(() -> store.find(key(4_095))).hasMessageContaining("after: away"); // or memory would end
    }

    @Test
    void aCompactionLeavesToOthersWhatTheyMerge() throws IOException {
        write(0, 10);
        write(10, 20);
        files.failAtPublishing(new NoSuchFileException("merged into another one at once"));
        assertThat(open().compact()).isEqualTo(new FeatureStore.Compaction(2, 2, 20, 0));
        files.mend();
        assertThat(open().find(key(19))).contains(features(19));
        assertThat(open().compact()).isEqualTo(new FeatureStore.Compaction(2, 1, 20, 0));
    }

    @Test
    void anIndexThatCannotBeWrittenIsNoFaultOfTheEntry() throws IOException {
        write(0, 1);
        Files.write(directory.resolve(key(1).hex() + ".index"), new byte[10]); // so the next flush writes one
        FailingShardFiles full = new FailingShardFiles(directory) {
            @Override
            public void publish(String name, Path aside) throws IOException {
                if (IndexHeader.isIndex(name)) {
                    throw new IOException("disk full");
                }
                super.publish(name, aside);
            }
        };
        try (FeatureStore store = new ShardedFeatureStore(full, Precision.FLOAT32)) {
            assertThat(store.find(key(1))).isEmpty();
            put(store, 1, 2);
        }
        assertThat(open().find(key(1))).contains(features(1));
    }

    @Test
    void aDamagedFileIsOpenedOnce() throws IOException {
        write(0, 1);
        Files.write(directory.resolve(key(1).hex() + ".safetensors"), new byte[10]);
        Files.write(directory.resolve(key(1).hex() + ".index"), new byte[5_000]);
        ShardSet first = ShardSet.list(files, ShardSet.empty());
        int read = files.readings();
        ShardSet second = ShardSet.list(files, first);
        assertThat(files.readings()).isEqualTo(read);
        assertThat(second.count()).isEqualTo(1);
    }

    @Test
    void aLargeIndexIsReplacedWhenAQuarterOfItsShardsIsInNone() {
        assertThat(set(0, 64).needsIndex()).isFalse();
        assertThat(set(0, 65).needsIndex()).isTrue();
        assertThat(set(2_442, 65).needsIndex()).isFalse();
        assertThat(set(2_442, 610).needsIndex()).isFalse();
        assertThat(set(2_442, 611).needsIndex()).isTrue();
    }

    private static ShardSet set(int listed, int recent) {
        Map<String, Shard> inIndex = new HashMap<>();
        Map<String, OpenShard> inNone = new HashMap<>();
        for (int i = 0; i < listed + recent; i++) {
            Shard shard = new Shard(key(i).hex(), 1, 32, Precision.FLOAT32);
            if (i < listed) {
                inIndex.put(shard.id(), shard);
            } else {
                inNone.put(shard.id(), new OpenShard(shard, null, null));
            }
        }
        return new ShardSet(inIndex, Optional.empty(), inNone, List.of(), Set.of());
    }
}
