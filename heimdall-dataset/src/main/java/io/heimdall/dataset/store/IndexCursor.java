package io.heimdall.dataset.store;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Walks over the entries of an index, reading a block at a time. */
final class IndexCursor implements EntryCursor {
    private static final int BLOCK = 1 << 14;

    private final ShardFiles files;
    private final String file;
    private final IndexHeader header;
    private final int[] numbers;
    private ByteBuffer block;
    private long blockStart;
    private int blockCount;
    private int at = -1;

    /**
     * Stands before the first entry.
     *
     * @param numbers the number of each shard in the index that is written, -1 for one that is left out
     */
    IndexCursor(ShardFiles files, String file, IndexHeader header, int[] numbers) {
        this.files = files;
        this.file = file;
        this.header = header;
        this.numbers = numbers;
    }

    @Override
    public boolean advance() throws IOException {
        do {
            at++;
            if (at == blockCount && !nextBlock()) {
                return false;
            }
        } while (shard() < 0);
        return true;
    }

    private boolean nextBlock() throws IOException {
        blockStart += blockCount;
        blockCount = (int) Math.min(BLOCK, header.entries() - blockStart);
        at = 0;
        if (blockCount == 0) {
            return false;
        }
        block = files.read(file, header.entryAt(blockStart), blockCount * IndexHeader.ENTRY_BYTES);
        return true;
    }

    @Override
    public long word(int word) {
        return Keys.word(block, at * IndexHeader.ENTRY_BYTES, word);
    }

    @Override
    public int shard() {
        int number = number(0);
        return number < 0 || number >= numbers.length ? -1 : numbers[number];
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
