package io.heimdall.dataset.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index of ten million recordings in 2442 shards, made without the shards; says what it takes. */
@Tag("slow")
class LargeIndexTest {
    private static final int COUNT = 10_000_000;
    private static final int PER_SHARD = 4_096;

    @TempDir
    Path folder;

    /** Keys in even steps with random bits below: the entry's number follows from the key. */
    private static final class MadeUp implements EntryCursor {
        private long entry = -1;

        static long word(long entry, int word) {
            return word == 0
                    ? entry * Long.divideUnsigned(-1, COUNT) + (entry & 1)
                    : new SplittableRandom(4 * entry + word).nextLong();
        }

        static FeatureKey key(long entry) {
            StringBuilder hex = new StringBuilder();
            for (int word = 0; word < 4; word++) {
                hex.append(String.format("%016x", word(entry, word)));
            }
            return new FeatureKey(hex.toString(), StoredFeatures.SMALL);
        }

        @Override
        public boolean advance() {
            return ++entry < COUNT;
        }

        @Override
        public long word(int word) {
            return word(entry, word);
        }

        @Override
        public int shard() {
            return (int) (entry / PER_SHARD);
        }

        @Override
        public int row() {
            return (int) (entry % PER_SHARD);
        }

        @Override
        public int checksum() {
            return (int) (3 * entry);
        }
    }

    private static List<Shard> shards() {
        List<Shard> shards = new ArrayList<>();
        for (int from = 0; from < COUNT; from += PER_SHARD) {
            String id = String.format("%064x", from);
            shards.add(new Shard(id, Math.min(PER_SHARD, COUNT - from), 4_096, Precision.FLOAT32));
        }
        return shards;
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void opensAtOnceAndNeedsNoMemoryToSpeakOf() throws IOException {
        DirectoryShardFiles files = new DirectoryShardFiles(folder);
        long start = System.nanoTime();
        String file = IndexWriter.publish(files, shards(), new MadeUp());
        double written = seconds(start);

        long before = usedBytes();
        start = System.nanoTime();
        FeatureIndex index = FeatureIndex.open(files, file);
        double opened = seconds(start);
        long held = usedBytes() - before;
        assertThat(index.entries()).isEqualTo(COUNT);
        assertThat(index.shards()).hasSize(2_442);
        assertThat(held).isLessThan(8 << 20);

        int lookups = 100_000;
        SplittableRandom random = new SplittableRandom(1);
        start = System.nanoTime();
        for (int i = 0; i < lookups; i++) {
            long entry = i < 2 ? i * (COUNT - 1L) : random.nextLong(COUNT);
            List<Entry> found = index.find(Keys.words(MadeUp.key(entry)));
            assertThat(found).hasSize(1);
            assertThat(found.get(0).row()).isEqualTo((int) (entry % PER_SHARD));
            assertThat(found.get(0).checksum()).isEqualTo((int) (3 * entry));
            assertThat(found.get(0).shard()).isEqualTo(index.shards().get((int) (entry / PER_SHARD)));
        }
        double looked = seconds(start);
        assertThat(index.find(Keys.words(StoredFeatures.key(1)))).isEmpty();

        EntryCursor all = new IndexCursor(index, new int[2_442]); // all in shard 0
        for (long entry = 0; entry < COUNT; entry++) {
            assertThat(all.advance()).isTrue();
            if (entry % 1_000 == 0) {
                assertThat(all.word(1)).isEqualTo(MadeUp.word(entry, 1));
            }
        }
        assertThat(all.advance()).isFalse();
        System.out.printf(
                "index of %,d entries: %,d bytes; written in %.1f s, opened in %.3f s with %,d bytes of heap,"
                        + " %,d lookups in %.2f s%n",
                COUNT, Files.size(folder.resolve(file)), written, opened, held, lookups, looked);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
