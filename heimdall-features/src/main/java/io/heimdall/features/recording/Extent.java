package io.heimdall.features.recording;

/**
 * A stretch of a file.
 *
 * @param position of its first byte
 * @param bytes how long it is
 */
record Extent(long position, long bytes) {}
