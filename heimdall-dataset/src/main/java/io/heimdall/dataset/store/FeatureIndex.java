package io.heimdall.dataset.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The entries of many shards by key. Fan-out and list of shards are at hand, at most 8 MB and 44 bytes a shard; an entry takes one read.
 */
final class FeatureIndex {
    private final TensorFile file;
    private final IndexHeader header;
    private final ByteBuffer fanout;
    private final List<Shard> shards;

    private FeatureIndex(TensorFile file, IndexHeader header, ByteBuffer fanout, List<Shard> shards) {
        this.file = file;
        this.header = header;
        this.fanout = fanout;
        this.shards = shards;
    }

    /**
     * Opens an index.
     *
     * @throws DamagedFileException if it is not one
     */
    static FeatureIndex open(ShardFiles files, String name) throws IOException {
        TensorFile file = new TensorFile(files, name);
        IndexHeader header = IndexHeader.parse(name, file.header());
        ByteBuffer fanout = file.read(header.fanoutAt(), Long.BYTES * header.fanoutSize());
        return new FeatureIndex(file, header, fanout, shards(file, header));
    }

    private static List<Shard> shards(TensorFile file, IndexHeader header) throws IOException {
        if (header.shards() == 0) {
            return List.of();
        }
        ByteBuffer table = file.read(header.shardsAt(), header.shards() * IndexHeader.SHARD_BYTES);
        List<Shard> shards = new ArrayList<>(header.shards());
        byte[] id = new byte[FeatureKey.BYTES];
        for (int at = 0; at < table.limit(); at += IndexHeader.SHARD_BYTES) {
            table.get(at, id);
            int numbers = at + FeatureKey.BYTES;
            int count = table.getInt(numbers);
            int size = table.getInt(numbers + Integer.BYTES);
            if (!Shard.isPossible(count, size)) {
                throw new DamagedFileException(
                        file.name(), "it has a shard of " + count + " entries of " + size + " features");
            }
            Precision precision =
                    table.getInt(numbers + 2 * Integer.BYTES) == Short.SIZE ? Precision.FLOAT16 : Precision.FLOAT32;
            shards.add(new Shard(HexFormat.of().formatHex(id), count, size, precision));
        }
        return List.copyOf(shards);
    }

    String file() {
        return file.name();
    }

    List<Shard> shards() {
        return shards;
    }

    long entries() {
        return header.entries();
    }

    /**
     * Returns all entries of a key: two writers may have stored it, and the shard of one may be gone.
     *
     * @throws DamagedFileException if fan-out or entries cannot be right
     */
    List<Entry> find(long[] key) throws IOException {
        int bucket = header.bucket(key[0]);
        long from = fanout.getLong(Long.BYTES * bucket);
        long end = fanout.getLong(Long.BYTES * (bucket + 1));
        if (from == end) {
            return List.of();
        }
        int count = checkedCount(from, end);
        ByteBuffer entries = entries(from, count);
        List<Entry> found = new ArrayList<>(1);
        for (int i = Keys.lowerBound(entries, IndexHeader.ENTRY_BYTES, count, key); i < count; i++) {
            int at = i * IndexHeader.ENTRY_BYTES;
            if (Keys.compare(entries, at, key) != 0) {
                break;
            }
            found.add(entry(entries, at + FeatureKey.BYTES));
        }
        return found;
    }

    /** Reads some entries, {@value IndexHeader#ENTRY_BYTES} bytes each. */
    ByteBuffer entries(long from, int count) throws IOException {
        return file.read(header.entryAt(from), count * IndexHeader.ENTRY_BYTES);
    }

    private int checkedCount(long from, long end) throws DamagedFileException {
        if (from < 0
                || end < from
                || end > header.entries()
                || end - from > Integer.MAX_VALUE / IndexHeader.ENTRY_BYTES) {
            throw new DamagedFileException(
                    file(), "its fan-out goes from " + from + " to " + end + " of " + header.entries());
        }
        return (int) (end - from);
    }

    private Entry entry(ByteBuffer entries, int at) throws DamagedFileException {
        int number = entries.getInt(at);
        int row = entries.getInt(at + Integer.BYTES);
        if (number < 0
                || number >= shards.size()
                || row < 0
                || row >= shards.get(number).count()) {
            throw new DamagedFileException(file(), "it has an entry in row " + row + " of shard " + number);
        }
        return new Entry(shards.get(number), row, entries.getInt(at + 2 * Integer.BYTES));
    }
}
