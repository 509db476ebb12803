package io.heimdall.dataset.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Writes an index, with memory for its fan-out alone however many entries it has. */
final class IndexWriter {
    private static final int BLOCK = 1 << 12;

    private IndexWriter() {}

    /**
     * Writes an index and publishes it.
     *
     * @param shards all of whose entries are listed
     * @param entries in ascending order of their keys
     * @return the name of the file
     * @throws DamagedFileException if there are more or fewer entries than the shards have
     */
    static String publish(ShardFiles files, List<Shard> shards, EntryCursor entries) throws IOException {
        long count = shards.stream().mapToLong(Shard::count).sum();
        IndexHeader header = IndexHeader.of(count, shards.size());
        String id = DigestedFile.publish(files, IndexHeader::file, out -> {
            out.write(header.bytes());
            long[] fanout = writeEntries(header, entries, out);
            ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * fanout.length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asLongBuffer().put(fanout);
            out.write(bytes.array());
            for (Shard shard : shards) {
                out.write(bytes(shard));
            }
        });
        return IndexHeader.file(id);
    }

    private static long[] writeEntries(IndexHeader header, EntryCursor entries, OutputStream out) throws IOException {
        long[] fanout = new long[header.fanoutSize()];
        ByteBuffer block = ByteBuffer.allocate(BLOCK * IndexHeader.ENTRY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long written = 0;
        while (entries.advance()) {
            for (int i = 0; i < FeatureKey.BYTES / Long.BYTES; i++) {
                block.putLong(Long.reverseBytes(entries.word(i)));
            }
            block.putInt(entries.shard()).putInt(entries.row()).putInt(entries.checksum());
            fanout[header.bucket(entries.word(0)) + 1]++;
            written++;
            if (!block.hasRemaining()) {
                out.write(block.array());
                block.clear();
            }
        }
        out.write(block.array(), 0, block.position());
        if (written != header.entries()) {
            throw new DamagedFileException(
                    "an index", written + " entries were found where its shards have " + header.entries());
        }
        Arrays.parallelPrefix(fanout, Long::sum);
        return fanout;
    }

    private static byte[] bytes(Shard shard) {
        return ByteBuffer.allocate(IndexHeader.SHARD_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(HexFormat.of().parseHex(shard.id()))
                .putInt(shard.count())
                .putInt(shard.size())
                .putInt(Byte.SIZE * shard.precision().bytes())
                .array();
    }
}
