package io.heimdall.dataset.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What the header of an index says: {@code entries} are key, shard's number, row and checksum, in ascending order of the keys; {@code
 * fanout} is the number of the first entry for each value of a key's first bits, and the number of all; {@code shards} are id, number of
 * entries, features of an entry and bits of a feature. The layout is that of git's pack index.
 *
 * @param entries their number
 * @param bits of a key that the fan-out goes by
 * @param shards their number
 * @see <a href="https://git-scm.com/docs/gitformat-pack">git's pack index</a>
 */
record IndexHeader(long entries, int bits, int shards) {
    static final int ENTRY_BYTES = FeatureKey.BYTES + 3 * Integer.BYTES;
    static final int SHARD_BYTES = FeatureKey.BYTES + 3 * Integer.BYTES;

    private static final String FORMAT = "heimdall-feature-index-1";
    private static final String SUFFIX = ".index";
    private static final int MOST_BITS = 20;

    /** So many entries are read for one key: on a server that is a request of about 6 kB. */
    private static final int BUCKET = 128;

    static IndexHeader of(long entries, int shards) {
        int bits = 0;
        while (bits < MOST_BITS && entries >> bits > BUCKET) {
            bits++;
        }
        return new IndexHeader(entries, bits, shards);
    }

    /** Returns whether a file is an index. */
    static boolean isIndex(String file) {
        return file.endsWith(SUFFIX) && FeatureKey.isHex(file.substring(0, file.length() - SUFFIX.length()));
    }

    static String file(String id) {
        return id + SUFFIX;
    }

    byte[] bytes() {
        return header().bytes();
    }

    private TensorHeader header() {
        return new TensorHeader(
                FORMAT,
                "",
                List.of(
                        TensorHeader.Tensor.of("entries", "U8", 1, entries, ENTRY_BYTES),
                        TensorHeader.Tensor.of("fanout", "I64", Long.BYTES, fanoutSize()),
                        TensorHeader.Tensor.of("shards", "U8", 1, shards, SHARD_BYTES)));
    }

    static IndexHeader parse(String file, byte[] header) throws DamagedFileException {
        JsonNode json = TensorHeader.json(file, header);
        long entries = json.path("entries").path("shape").path(0).asLong();
        int shards = json.path("shards").path("shape").path(0).asInt();
        if (entries < 0 || entries > 1L << 48 || shards < 0 || shards > 1 << 24) {
            throw new DamagedFileException(file, entries + " entries of " + shards + " shards cannot be");
        }
        IndexHeader parsed = of(entries, shards);
        parsed.header().check(file, header);
        return parsed;
    }

    int fanoutSize() {
        return (1 << bits) + 1;
    }

    long fanoutAt() {
        return entryAt(entries);
    }

    long shardsAt() {
        return fanoutAt() + (long) Long.BYTES * fanoutSize();
    }

    /** Returns where an entry begins. */
    long entryAt(long entry) {
        return TensorHeader.BYTES + ENTRY_BYTES * entry;
    }

    /** Returns the value of a key's first bits. */
    int bucket(long firstWord) {
        return bits == 0 ? 0 : (int) (firstWord >>> Long.SIZE - bits);
    }
}
