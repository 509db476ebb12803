package io.heimdall.features.internal;

/**
 * A bank of triangular bands, each beginning at the peak of the one before it.
 *
 * <p>Segment {@code s}, the bins between two edges, falls out of band {@code s - 1} and rises into band {@code s}. Bins are
 * taken by twos, the last one of a segment with one that weighs nothing where their number is odd: so no step depends on it.
 *
 * @param bands their number; there is one segment more
 * @param firstBin the first bin of each segment
 * @param pairs how many pairs of bins each segment has
 * @param weights of each pair, for its first and then its second bin: the weight in the falling and in the rising band
 */
public record Tents(int bands, int[] firstBin, int[] pairs, float[] weights) {}
