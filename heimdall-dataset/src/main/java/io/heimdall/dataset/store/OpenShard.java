package io.heimdall.dataset.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A shard whose keys are at hand.
 *
 * @param shard the file
 * @param header what its header says
 * @param list keys, then checksums
 */
record OpenShard(Shard shard, ShardHeader header, ByteBuffer list) {

    /**
     * Reads the header and the keys of a shard.
     *
     * @throws DamagedFileException if it is none
     */
    static OpenShard open(ShardFiles files, String id) throws IOException {
        TensorFile file = new TensorFile(files, Shard.file(id));
        ShardHeader header = ShardHeader.parse(file.name(), file.header());
        Shard shard = header.shard(id);
        ByteBuffer list = file.read(shard.listAt(), shard.listBytes());
        checkOrder(file.name(), list, shard.count());
        return new OpenShard(shard, header, list);
    }

    /** A key that is not in its place would spoil the index that is written from this shard. */
    private static void checkOrder(String file, ByteBuffer list, int count) throws DamagedFileException {
        for (int row = 1; row < count; row++) {
            if (Keys.compare(list, row * FeatureKey.BYTES, Keys.words(list, (row - 1) * FeatureKey.BYTES)) <= 0) {
                throw new DamagedFileException(file, "the key of row " + row + " is not above the one before");
            }
        }
    }

    Optional<Entry> find(long[] key) {
        int row = Keys.lowerBound(list, FeatureKey.BYTES, shard.count(), key);
        return row < shard.count() && Keys.compare(list, row * FeatureKey.BYTES, key) == 0
                ? Optional.of(new Entry(shard, row, checksum(row)))
                : Optional.empty();
    }

    int checksum(int row) {
        return list.getInt(shard.count() * FeatureKey.BYTES + row * Integer.BYTES);
    }

    FeatureKey key(int row) {
        byte[] key = new byte[FeatureKey.BYTES];
        list.get(row * FeatureKey.BYTES, key);
        return new FeatureKey(java.util.HexFormat.of().formatHex(key), header.parameters());
    }

    /** Walks over the entries; {@code number} is the shard's in the index that is written. */
    EntryCursor cursor(int number) {
        return new EntryCursor() {
            private int row = -1;

            @Override
            public boolean advance() {
                row++;
                return row < shard.count();
            }

            @Override
            public long word(int word) {
                return Keys.word(list, row * FeatureKey.BYTES, word);
            }

            @Override
            public int shard() {
                return number;
            }

            @Override
            public int row() {
                return row;
            }

            @Override
            public int checksum() {
                return OpenShard.this.checksum(row);
            }
        };
    }
}
