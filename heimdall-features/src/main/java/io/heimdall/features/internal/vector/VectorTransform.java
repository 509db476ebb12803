package io.heimdall.features.internal.vector;

import static io.heimdall.features.internal.vector.VectorKernels.LANES;
import static io.heimdall.features.internal.vector.VectorKernels.PAIR;
import static io.heimdall.features.internal.vector.VectorKernels.WIDTH;

import io.heimdall.features.internal.BlockPlan;
import jdk.incubator.vector.FloatVector;

/**
 * The steps of a transform on vectors; see {@link BlockPlan} for their order.
 *
 * <p>A step is written out for each of its loops: C2 keeps vectors in registers only where they cross no call, and takes the
 * range checks out of a loop only where its indices are multiples of the loop's own variable. Two steps in one pass were no
 * faster: sixteen registers do not hold their values.
 */
final class VectorTransform {
    private VectorTransform() {}

    static void transform(float[] z, int offset, int other, BlockPlan plan) {
        int from = offset;
        int to = other;
        int size = plan.size();
        int length = size;
        int rows = 1;
        if (plan.oddBits()) {
            halve(z, from, to, length, plan.twiddles(length));
            from = other;
            to = offset;
            length /= 2;
            rows = 2;
        }
        for (; length > 4; length /= 4, rows *= 4) {
            if (rows < length / 4) {
                for (int q = 0; q < rows; q++) {
                    alongPairs(z, from + PAIR * q, to + PAIR * q, size, rows, plan.twiddles(length));
                }
            } else {
                for (int p = 0; p < length / 4; p++) {
                    alongRows(
                            z,
                            from + PAIR * rows * p,
                            to + 4 * PAIR * rows * p,
                            size,
                            rows,
                            plan.twiddles(length),
                            6 * p);
                }
            }
            int swap = from;
            from = to;
            to = swap;
        }
        last(z, from, to, rows);
    }

    private static void halve(float[] z, int from, int to, int length, float[] twiddles) {
        int half = WIDTH * length;
        for (int p = 0; p < length / 2; p++) {
            FloatVector aR = FloatVector.fromArray(LANES, z, from + PAIR * p);
            FloatVector aI = FloatVector.fromArray(LANES, z, from + PAIR * p + WIDTH);
            FloatVector bR = FloatVector.fromArray(LANES, z, from + PAIR * p + half);
            FloatVector bI = FloatVector.fromArray(LANES, z, from + PAIR * p + half + WIDTH);
            aR.add(bR).intoArray(z, to + 2 * PAIR * p);
            aI.add(bI).intoArray(z, to + 2 * PAIR * p + WIDTH);
            FloatVector xR = aR.sub(bR);
            FloatVector xI = aI.sub(bI);
            xR.mul(twiddles[2 * p]).sub(xI.mul(twiddles[2 * p + 1])).intoArray(z, to + 2 * PAIR * p + PAIR);
            xR.mul(twiddles[2 * p + 1]).add(xI.mul(twiddles[2 * p])).intoArray(z, to + 2 * PAIR * p + PAIR + WIDTH);
        }
    }

    /** A radix-4 step over all pairs of a row. */
    private static void alongPairs(float[] z, int from, int to, int size, int rows, float[] twiddles) {
        int quarter = PAIR * size / 4;
        int gap = PAIR * rows;
        for (int p = 0; p < size / rows / 4; p++) {
            int i = from + PAIR * rows * p;
            int o = to + 4 * PAIR * rows * p;
            int w = 6 * p;
            FloatVector aR = FloatVector.fromArray(LANES, z, i);
            FloatVector aI = FloatVector.fromArray(LANES, z, i + WIDTH);
            FloatVector bR = FloatVector.fromArray(LANES, z, i + quarter);
            FloatVector bI = FloatVector.fromArray(LANES, z, i + quarter + WIDTH);
            FloatVector cR = FloatVector.fromArray(LANES, z, i + 2 * quarter);
            FloatVector cI = FloatVector.fromArray(LANES, z, i + 2 * quarter + WIDTH);
            FloatVector dR = FloatVector.fromArray(LANES, z, i + 3 * quarter);
            FloatVector dI = FloatVector.fromArray(LANES, z, i + 3 * quarter + WIDTH);
            FloatVector evenR = aR.add(cR);
            FloatVector evenI = aI.add(cI);
            FloatVector oddR = bR.add(dR);
            FloatVector oddI = bI.add(dI);
            FloatVector fromR = aR.sub(cR);
            FloatVector fromI = aI.sub(cI);
            FloatVector turnR = bI.sub(dI);
            FloatVector turnI = dR.sub(bR);
            evenR.add(oddR).intoArray(z, o);
            evenI.add(oddI).intoArray(z, o + WIDTH);
            FloatVector xR = fromR.add(turnR);
            FloatVector xI = fromI.add(turnI);
            xR.mul(twiddles[w]).sub(xI.mul(twiddles[w + 1])).intoArray(z, o + gap);
            xR.mul(twiddles[w + 1]).add(xI.mul(twiddles[w])).intoArray(z, o + gap + WIDTH);
            FloatVector yR = evenR.sub(oddR);
            FloatVector yI = evenI.sub(oddI);
            yR.mul(twiddles[w + 2]).sub(yI.mul(twiddles[w + 3])).intoArray(z, o + 2 * gap);
            yR.mul(twiddles[w + 3]).add(yI.mul(twiddles[w + 2])).intoArray(z, o + 2 * gap + WIDTH);
            FloatVector zR = fromR.sub(turnR);
            FloatVector zI = fromI.sub(turnI);
            zR.mul(twiddles[w + 4]).sub(zI.mul(twiddles[w + 5])).intoArray(z, o + 3 * gap);
            zR.mul(twiddles[w + 5]).add(zI.mul(twiddles[w + 4])).intoArray(z, o + 3 * gap + WIDTH);
        }
    }

    /** A radix-4 step over all rows of a pair. */
    private static void alongRows(float[] z, int from, int to, int size, int rows, float[] twiddles, int w) {
        int quarter = PAIR * size / 4;
        int gap = PAIR * rows;
        for (int q = 0; q < rows; q++) {
            int i = from + PAIR * q;
            int o = to + PAIR * q;
            FloatVector aR = FloatVector.fromArray(LANES, z, i);
            FloatVector aI = FloatVector.fromArray(LANES, z, i + WIDTH);
            FloatVector bR = FloatVector.fromArray(LANES, z, i + quarter);
            FloatVector bI = FloatVector.fromArray(LANES, z, i + quarter + WIDTH);
            FloatVector cR = FloatVector.fromArray(LANES, z, i + 2 * quarter);
            FloatVector cI = FloatVector.fromArray(LANES, z, i + 2 * quarter + WIDTH);
            FloatVector dR = FloatVector.fromArray(LANES, z, i + 3 * quarter);
            FloatVector dI = FloatVector.fromArray(LANES, z, i + 3 * quarter + WIDTH);
            FloatVector evenR = aR.add(cR);
            FloatVector evenI = aI.add(cI);
            FloatVector oddR = bR.add(dR);
            FloatVector oddI = bI.add(dI);
            FloatVector fromR = aR.sub(cR);
            FloatVector fromI = aI.sub(cI);
            FloatVector turnR = bI.sub(dI);
            FloatVector turnI = dR.sub(bR);
            evenR.add(oddR).intoArray(z, o);
            evenI.add(oddI).intoArray(z, o + WIDTH);
            FloatVector xR = fromR.add(turnR);
            FloatVector xI = fromI.add(turnI);
            xR.mul(twiddles[w]).sub(xI.mul(twiddles[w + 1])).intoArray(z, o + gap);
            xR.mul(twiddles[w + 1]).add(xI.mul(twiddles[w])).intoArray(z, o + gap + WIDTH);
            FloatVector yR = evenR.sub(oddR);
            FloatVector yI = evenI.sub(oddI);
            yR.mul(twiddles[w + 2]).sub(yI.mul(twiddles[w + 3])).intoArray(z, o + 2 * gap);
            yR.mul(twiddles[w + 3]).add(yI.mul(twiddles[w + 2])).intoArray(z, o + 2 * gap + WIDTH);
            FloatVector zR = fromR.sub(turnR);
            FloatVector zI = fromI.sub(turnI);
            zR.mul(twiddles[w + 4]).sub(zI.mul(twiddles[w + 5])).intoArray(z, o + 3 * gap);
            zR.mul(twiddles[w + 5]).add(zI.mul(twiddles[w + 4])).intoArray(z, o + 3 * gap + WIDTH);
        }
    }

    /** The last step, whose factors are 1. */
    private static void last(float[] z, int from, int to, int rows) {
        int gap = PAIR * rows;
        for (int q = 0; q < rows; q++) {
            int i = from + PAIR * q;
            int o = to + PAIR * q;
            FloatVector aR = FloatVector.fromArray(LANES, z, i);
            FloatVector aI = FloatVector.fromArray(LANES, z, i + WIDTH);
            FloatVector bR = FloatVector.fromArray(LANES, z, i + gap);
            FloatVector bI = FloatVector.fromArray(LANES, z, i + gap + WIDTH);
            FloatVector cR = FloatVector.fromArray(LANES, z, i + 2 * gap);
            FloatVector cI = FloatVector.fromArray(LANES, z, i + 2 * gap + WIDTH);
            FloatVector dR = FloatVector.fromArray(LANES, z, i + 3 * gap);
            FloatVector dI = FloatVector.fromArray(LANES, z, i + 3 * gap + WIDTH);
            FloatVector evenR = aR.add(cR);
            FloatVector evenI = aI.add(cI);
            FloatVector oddR = bR.add(dR);
            FloatVector oddI = bI.add(dI);
            FloatVector fromR = aR.sub(cR);
            FloatVector fromI = aI.sub(cI);
            FloatVector turnR = bI.sub(dI);
            FloatVector turnI = dR.sub(bR);
            evenR.add(oddR).intoArray(z, o);
            evenI.add(oddI).intoArray(z, o + WIDTH);
            fromR.add(turnR).intoArray(z, o + gap);
            fromI.add(turnI).intoArray(z, o + gap + WIDTH);
            evenR.sub(oddR).intoArray(z, o + 2 * gap);
            evenI.sub(oddI).intoArray(z, o + 2 * gap + WIDTH);
            fromR.sub(turnR).intoArray(z, o + 3 * gap);
            fromI.sub(turnI).intoArray(z, o + 3 * gap + WIDTH);
        }
    }
}
