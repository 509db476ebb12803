package io.heimdall.features.internal;

/**
 * A bank of triangular bands, each beginning at the peak of the one before it.
 *
 * <p>Segment {@code s}, the bins between two edges, falls out of band {@code s - 1} and rises into band {@code s}.
 *
 * @param bands their number; there is one segment more
 * @param firstBin the first bin of each segment, then the bin after the last segment
 * @param weights of each bin from {@code firstBin[0]} on, its weight in the falling and in the rising band
 */
public record Tents(int bands, int[] firstBin, float[] weights) {}
