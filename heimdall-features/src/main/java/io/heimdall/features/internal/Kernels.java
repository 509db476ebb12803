package io.heimdall.features.internal;

/**
 * The steps from samples to mel bands, for {@link #lanes()} frames at a time.
 *
 * <p>Complex values are a run of real parts, one a lane, then a run of imaginary parts. Implementations are immutable
 * and thread-safe; the caller owns all arrays and nothing is allocated.
 */
public interface Kernels {

    /** Returns the word that chooses these kernels, {@code vector} or {@code portable}. */
    String name();

    /** Returns the number of frames that are computed together. */
    int lanes();

    /**
     * Lays samples out so that those of neighbouring frames are neighbours:
     * {@code slab[row * layout.pitch() + c] = samples[start + c * step + row]} for {@code c = from .. columns - 1}. The columns
     * before are those that were {@code lanes} further to the right.
     *
     * @param slab holds the rows of the layout, and room for {@code 2 lanes} after them
     */
    void spread(float[] samples, int start, int step, SlabLayout layout, int from, float[] slab);

    /**
     * Applies the window and the first radix-4 step of a transform of {@code M} pairs: of its four interleaved quarters each becomes a
     * block.
     *
     * @param samples of lane 0 at {@code base + layout.place(i)}, of the other lanes in the floats after it
     * @param factors 14 for each {@code j < M/4}: the window of the pairs {@code j + m M/4}, both parts, {@code m = 0 .. 3}, then
     *     the twiddle factors of the quarters 1 to 3
     * @param z receives the quarters, one after the other
     */
    void first(float[] samples, int base, SlabLayout layout, float[] factors, float[] z);

    /**
     * Does a radix-4 step in place: of the {@code size} pairs at {@code offset} the four interleaved quarters of the spectrum become
     * a block each.
     *
     * @param twiddles as {@link BlockPlan#twiddles(int, int)} gives them
     */
    void split(float[] z, int offset, int size, float[] twiddles);

    /** Transforms a block in place; bin {@code i} ends at {@link BlockPlan#place()}. */
    void transform(float[] z, int offset, BlockPlan plan);

    /** Computes {@code power[remainder + step * i] = |Z[i]|^2} of the transformed block at {@code offset}. */
    void power(float[] z, int offset, int[] place, int remainder, int step, float[] power);

    /**
     * Turns the transform {@code Z} of the pairs {@code x[2n] + i x[2n+1]}, {@code M} of them, into the powers of
     * {@code 2 X}, the transform of {@code x}: {@code k = remainder + step * i} and {@code M - k} for
     * {@code i = first .. end - 1}.
     *
     * @param offset the block that holds {@code Z[k]} as its bin {@code i}
     * @param mirror the block that holds {@code Z[M - k]} as its bin {@code last - i}
     * @param turns {@code cos, sin} of {@code pi k / M}, for {@code k < M}
     */
    void realPower(
            float[] z,
            int offset,
            int mirror,
            int[] place,
            int last,
            int first,
            int end,
            int remainder,
            int step,
            float[] turns,
            float[] power);

    /** Computes {@code power[k] = power[k] + power[N - k]} for {@code k = 0 .. N/2}, with {@code power[N]} standing for {@code power[0]}. */
    void fold(float[] power, int length);

    /**
     * Computes the power in each band. Between two edges of the bank one band falls and the next one rises.
     *
     * @param power bins, the first at {@code origin} and each at {@code step} (1 or -1) from the one before
     * @param tents the bank
     * @param bands receives band {@code b} at row {@code firstRow + b * step}
     */
    void bands(float[] power, int origin, int step, Tents tents, float[] bands, int firstRow);

    /** Computes {@code out[i] = 10 log10( max( power[i], 1e-10 ) )}; what is not finite becomes NaN. {@code out} may be {@code power}. */
    void decibels(float[] power, int count, float[] out);

    /** Puts each row where it belongs: {@code out[offset + row * pitch + lane] = bands[row * lanes + lane]}. */
    void place(float[] bands, int rows, float[] out, int offset, int pitch);

    /** Computes {@code out[outOffset + i] = in[inOffset + i] * scale}. */
    void scale(short[] in, int inOffset, float scale, float[] out, int outOffset, int count);
}
