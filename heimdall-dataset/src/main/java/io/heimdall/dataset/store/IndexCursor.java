package io.heimdall.dataset.store;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Walks over the entries of an index, reading a block at a time. */
final class IndexCursor implements EntryCursor {
    private static final int BLOCK = 1 << 14;

    private final FeatureIndex index;
    private final int[] numbers;
    private final long[] last = new long[FeatureKey.BYTES / Long.BYTES];
    private ByteBuffer block;
    private long blockStart;
    private int blockCount;
    private int at = -1;

    /**
     * Stands before the first entry.
     *
     * @param numbers the number of each shard in the index that is written, -1 for one that is left out
     */
    IndexCursor(FeatureIndex index, int[] numbers) {
        this.index = index;
        this.numbers = numbers;
    }

    @Override
    public boolean advance() throws IOException {
        do {
            at++;
            if (at == blockCount && !nextBlock()) {
                return false;
            }
            check();
        } while (shard() < 0);
        return true;
    }

    private boolean nextBlock() throws IOException {
        blockStart += blockCount;
        blockCount = (int) Math.min(BLOCK, index.entries() - blockStart);
        at = 0;
        if (blockCount == 0) {
            return false;
        }
        block = index.entries(blockStart, blockCount);
        return true;
    }

    /** A wrong entry would spoil the index that is written from this one, far beyond the entry itself. */
    private void check() throws DamagedFileException {
        int shard = number(0);
        if (shard < 0 || shard >= numbers.length) {
            throw new DamagedFileException(index.file(), "it has an entry of shard " + shard + " of " + numbers.length);
        }
        if (Keys.compare(block, at * IndexHeader.ENTRY_BYTES, last) < 0) {
            throw new DamagedFileException(
                    index.file(), "the key of its entry " + (blockStart + at) + " is below the one before");
        }
        for (int i = 0; i < last.length; i++) {
            last[i] = word(i);
        }
    }

    @Override
    public long word(int word) {
        return Keys.word(block, at * IndexHeader.ENTRY_BYTES, word);
    }

    @Override
    public int shard() {
        return numbers[number(0)];
    }

    @Override
    public int row() {
        return number(1);
    }

    @Override
    public int checksum() {
        return number(2);
    }

    private int number(int which) {
        return block.getInt(at * IndexHeader.ENTRY_BYTES + FeatureKey.BYTES + which * Integer.BYTES);
    }
}
