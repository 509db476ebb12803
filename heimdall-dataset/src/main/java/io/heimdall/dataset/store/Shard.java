package io.heimdall.dataset.store;

/**
 * A file with the features of some thousand recordings: a header, then {@code features} (count, mels, frames), {@code keys} (count, 32)
 * in ascending order and {@code checksums} (count), the CRC-32 of each row of features.
 *
 * @param id SHA-256 of the file, hexadecimal
 * @param count number of entries
 * @param size features of an entry
 * @param precision of the features
 */
record Shard(String id, int count, int size, Precision precision) {
    private static final String SUFFIX = ".safetensors";

    private static final int MOST_FEATURES = 1 << 28;

    /** Bytes of a key and a checksum. */
    private static final int LISTED_BYTES = FeatureKey.BYTES + Integer.BYTES;

    /** Returns whether a shard can have so many entries of so many features: one must fit into an array. */
    static boolean isPossible(int count, long size) {
        return count > 0 && size > 0 && size <= MOST_FEATURES;
    }

    /** Returns whether a file is a shard. */
    static boolean isShard(String file) {
        return file.endsWith(SUFFIX) && FeatureKey.isHex(id(file));
    }

    /** Returns the name of a shard's file without its suffix. */
    static String id(String file) {
        return file.substring(0, file.length() - SUFFIX.length());
    }

    static String file(String id) {
        return id + SUFFIX;
    }

    String file() {
        return file(id);
    }

    int rowBytes() {
        return size * precision.bytes();
    }

    /** Returns where a row of features begins. */
    long rowAt(int row) {
        return TensorHeader.BYTES + (long) row * rowBytes();
    }

    /** Returns where keys and checksums begin. */
    long listAt() {
        return rowAt(count);
    }

    /** Returns how long keys and checksums are. */
    int listBytes() {
        return count * LISTED_BYTES;
    }
}
