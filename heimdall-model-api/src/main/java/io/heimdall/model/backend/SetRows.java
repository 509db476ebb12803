package io.heimdall.model.backend;

import java.util.stream.IntStream;

/**
 * The elements of a batch's sets that a {@link io.heimdall.model.network.Layer.Fold} computes, and the places of their
 * results.
 *
 * @param computed numbers of the elements to compute, counted over the whole batch, in order; one at least, so that an
 *     engine has something to compute
 * @param places for each element of the batch the index of its result among the computed ones, or {@code computed.length}
 *     for zeros
 */
public record SetRows(long[] computed, long[] places) {

    /**
     * Reads a mask.
     *
     * @param mask 1 for the elements to compute, row-major (batch, elements)
     */
    public static SetRows of(float[] mask) {
        long[] computed = IntStream.range(0, mask.length)
                .filter(i -> mask[i] > 0)
                .asLongStream()
                .toArray();
        if (computed.length == 0) {
            computed = new long[] {0};
        }
        long[] places = new long[mask.length];
        int next = 0;
        for (int i = 0; i < places.length; i++) {
            places[i] = mask[i] > 0 ? next++ : computed.length;
        }
        return new SetRows(computed, places);
    }
}
