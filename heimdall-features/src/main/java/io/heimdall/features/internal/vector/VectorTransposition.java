package io.heimdall.features.internal.vector;

import static io.heimdall.features.internal.vector.VectorLanes.LANES;
import static io.heimdall.features.internal.vector.VectorLanes.WIDTH;

import io.heimdall.features.internal.SlabLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Lays the samples of neighbouring frames beside each other: a transposition, by squares of 8 x 8 in registers where
 * vectors have 8 lanes.
 *
 * <p>A square is transposed as blocks of 1, 2 and 4 change places between two of its rows.
 */
final class VectorTransposition {
    private static final VectorShuffle<Float> ONE_OFF = swap(1);
    private static final VectorShuffle<Float> TWO_OFF = swap(2);
    private static final VectorShuffle<Float> FOUR_OFF = swap(4);
    private static final VectorMask<Float> ODD = bit(1);
    private static final VectorMask<Float> SECOND_PAIR = bit(2);
    private static final VectorMask<Float> SECOND_HALF = bit(4);

    private VectorTransposition() {}

    private static VectorShuffle<Float> swap(int distance) {
        return VectorShuffle.fromOp(LANES, lane -> (lane ^ distance) % WIDTH);
    }

    private static VectorMask<Float> bit(int bit) {
        return VectorMask.fromLong(LANES, bit == 1 ? 0xaa : bit == 2 ? 0xcc : 0xf0);
    }

    static void spread(float[] samples, int start, int step, SlabLayout layout, int from, float[] slab) {
        int rows = layout.rows();
        int pitch = layout.pitch();
        int end = layout.columns();
        shift(rows, from, pitch, slab);
        int column = from;
        int wholeRows = rows & -8;
        if (WIDTH == 8) {
            for (; column + 8 <= end; column += 8) {
                squares(samples, start + column * step, step, wholeRows, pitch, slab, column);
            }
        }
        rest(samples, start, step, 0, wholeRows, column, layout, slab);
        rest(samples, start, step, wholeRows, rows, from, layout, slab);
    }

    private static void shift(int rows, int count, int pitch, float[] slab) {
        for (int row = 0, o = 0; count > 0 && row < rows; row++, o += pitch) {
            if (count <= WIDTH) {
                // Beyond count it brings what stands elsewhere; those columns are written anew.
                FloatVector.fromArray(LANES, slab, o + WIDTH).intoArray(slab, o);
            } else {
                System.arraycopy(slab, o + WIDTH, slab, o, count);
            }
        }
    }

    private static void rest(
            float[] samples, int start, int step, int row, int rowEnd, int column, SlabLayout layout, float[] slab) {
        for (int r = row, o = row * layout.pitch(); r < rowEnd; r++, o += layout.pitch()) {
            for (int c = column; c < layout.columns(); c++) {
                slab[o + c] = samples[start + c * step + r];
            }
        }
    }

    private static void squares(float[] in, int start, int step, int rows, int pitch, float[] slab, int to) {
        for (int row = 0; row < rows; row += 8) {
            int i = start + row;
            FloatVector a0 = FloatVector.fromArray(LANES, in, i);
            FloatVector a1 = FloatVector.fromArray(LANES, in, i + step);
            FloatVector a2 = FloatVector.fromArray(LANES, in, i + 2 * step);
            FloatVector a3 = FloatVector.fromArray(LANES, in, i + 3 * step);
            FloatVector a4 = FloatVector.fromArray(LANES, in, i + 4 * step);
            FloatVector a5 = FloatVector.fromArray(LANES, in, i + 5 * step);
            FloatVector a6 = FloatVector.fromArray(LANES, in, i + 6 * step);
            FloatVector a7 = FloatVector.fromArray(LANES, in, i + 7 * step);
            FloatVector b0 = a0.blend(a1.rearrange(ONE_OFF), ODD);
            FloatVector b1 = a0.rearrange(ONE_OFF).blend(a1, ODD);
            FloatVector b2 = a2.blend(a3.rearrange(ONE_OFF), ODD);
            FloatVector b3 = a2.rearrange(ONE_OFF).blend(a3, ODD);
            FloatVector b4 = a4.blend(a5.rearrange(ONE_OFF), ODD);
            FloatVector b5 = a4.rearrange(ONE_OFF).blend(a5, ODD);
            FloatVector b6 = a6.blend(a7.rearrange(ONE_OFF), ODD);
            FloatVector b7 = a6.rearrange(ONE_OFF).blend(a7, ODD);
            a0 = b0.blend(b2.rearrange(TWO_OFF), SECOND_PAIR);
            a1 = b1.blend(b3.rearrange(TWO_OFF), SECOND_PAIR);
            a2 = b0.rearrange(TWO_OFF).blend(b2, SECOND_PAIR);
            a3 = b1.rearrange(TWO_OFF).blend(b3, SECOND_PAIR);
            a4 = b4.blend(b6.rearrange(TWO_OFF), SECOND_PAIR);
            a5 = b5.blend(b7.rearrange(TWO_OFF), SECOND_PAIR);
            a6 = b4.rearrange(TWO_OFF).blend(b6, SECOND_PAIR);
            a7 = b5.rearrange(TWO_OFF).blend(b7, SECOND_PAIR);
            int o = row * pitch + to;
            a0.blend(a4.rearrange(FOUR_OFF), SECOND_HALF).intoArray(slab, o);
            a1.blend(a5.rearrange(FOUR_OFF), SECOND_HALF).intoArray(slab, o + pitch);
            a2.blend(a6.rearrange(FOUR_OFF), SECOND_HALF).intoArray(slab, o + 2 * pitch);
            a3.blend(a7.rearrange(FOUR_OFF), SECOND_HALF).intoArray(slab, o + 3 * pitch);
            a0.rearrange(FOUR_OFF).blend(a4, SECOND_HALF).intoArray(slab, o + 4 * pitch);
            a1.rearrange(FOUR_OFF).blend(a5, SECOND_HALF).intoArray(slab, o + 5 * pitch);
            a2.rearrange(FOUR_OFF).blend(a6, SECOND_HALF).intoArray(slab, o + 6 * pitch);
            a3.rearrange(FOUR_OFF).blend(a7, SECOND_HALF).intoArray(slab, o + 7 * pitch);
        }
    }
}
