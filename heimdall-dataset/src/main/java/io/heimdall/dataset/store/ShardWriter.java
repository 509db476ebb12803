package io.heimdall.dataset.store;

import io.heimdall.features.spectrum.FeatureParameters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.SortedMap;
import java.util.zip.CRC32;

/** Writes shards. */
final class ShardWriter {

    private ShardWriter() {}

    /**
     * Writes a shard and publishes it.
     *
     * @param parameters of all features
     * @param rows the bytes of each entry's features
     * @return what the file is
     */
    static Shard publish(
            ShardFiles files, FeatureParameters parameters, Precision precision, SortedMap<FeatureKey, byte[]> rows)
            throws IOException {
        ShardHeader header = new ShardHeader(parameters, rows.size(), precision);
        String id = DigestedFile.publish(files, Shard::file, out -> {
            out.write(header.bytes());
            for (byte[] row : rows.values()) {
                out.write(row);
            }
            for (FeatureKey key : rows.keySet()) {
                out.write(key.bytes());
            }
            out.write(checksums(rows.values()));
        });
        return header.shard(id);
    }

    private static byte[] checksums(Collection<byte[]> rows) {
        ByteBuffer checksums = ByteBuffer.allocate(Integer.BYTES * rows.size()).order(ByteOrder.LITTLE_ENDIAN);
        rows.forEach(row -> checksums.putInt(checksum(ByteBuffer.wrap(row))));
        return checksums.array();
    }

    /** Returns the CRC-32 of a buffer, which stays where it is. */
    static int checksum(ByteBuffer row) {
        CRC32 crc = new CRC32();
        crc.update(row.duplicate());
        return (int) crc.getValue();
    }
}
