package io.heimdall.dataset.split;

import io.heimdall.files.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Draws a number for a group that is the same everywhere and always. */
final class GroupHash {
    private GroupHash() {}

    /** Returns a number in [0, 1) that looks random. */
    static double unit(GroupBy groupBy, long seed, String group) {
        return unit(seed + "\n" + groupBy + "\n" + group);
    }

    /** Returns another number in [0, 1) for each purpose. */
    static double unit(GroupBy groupBy, long seed, String group, String purpose) {
        return unit(seed + "\n" + groupBy + "\n" + group + "\n" + purpose);
    }

    private static double unit(String text) {
        byte[] hash = Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
        return (ByteBuffer.wrap(hash).getLong() >>> 11) * 0x1p-53;
    }
}
