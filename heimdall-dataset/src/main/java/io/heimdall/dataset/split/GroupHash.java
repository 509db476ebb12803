package io.heimdall.dataset.split;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Draws a number for a group that is the same everywhere and always. */
final class GroupHash {
    private GroupHash() {}

    /** Returns a number in [0, 1) that looks random. */
    static double unit(GroupRule rule, String group) {
        return unit(rule.seed() + "\n" + rule.groupBy() + "\n" + group);
    }

    /** Returns another number in [0, 1) for each purpose. */
    static double unit(GroupRule rule, String group, String purpose) {
        return unit(rule.seed() + "\n" + rule.groupBy() + "\n" + group + "\n" + purpose);
    }

    private static double unit(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return (ByteBuffer.wrap(hash).getLong() >>> 11) * 0x1p-53;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
