package io.heimdall.features.internal.vector;

import static io.heimdall.features.internal.vector.VectorLanes.LANES;
import static io.heimdall.features.internal.vector.VectorLanes.PAIR;
import static io.heimdall.features.internal.vector.VectorLanes.WIDTH;

import io.heimdall.features.internal.BlockPlan;
import jdk.incubator.vector.FloatVector;

/**
 * The steps of a transform on vectors; see {@link BlockPlan} for their order.
 *
 * <p>A step is written out for each of its loops: C2 keeps vectors in registers only where they cross no call, and takes the
 * range checks out of a loop only where its indices are a constant times the loop's own variable and one sum that it does not
 * change. Two steps in one pass were no
 * faster: sixteen registers do not hold their values.
 */
final class VectorTransform {
    private VectorTransform() {}

    static void transform(float[] z, int offset, BlockPlan plan) {
        int size = plan.size();
        int length = size;
        if (plan.oddBits()) {
            halve(z, offset, size, plan.twiddles(size));
            length /= 2;
        }
        for (; length > 4; length /= 4) {
            for (int start = 0; start < size; start += length) {
                split(z, offset + PAIR * start, length, plan.twiddles(length));
            }
        }
        last(z, offset, size);
    }

    private static void halve(float[] z, int offset, int size, float[] twiddles) {
        int second = offset + PAIR * size / 2;
        for (int p = 0; p < size / 2; p++) {
            int i = offset + PAIR * p;
            int j = second + PAIR * p;
            FloatVector aR = FloatVector.fromArray(LANES, z, i);
            FloatVector aI = FloatVector.fromArray(LANES, z, i + WIDTH);
            FloatVector bR = FloatVector.fromArray(LANES, z, j);
            FloatVector bI = FloatVector.fromArray(LANES, z, j + WIDTH);
            aR.add(bR).intoArray(z, i);
            aI.add(bI).intoArray(z, i + WIDTH);
            FloatVector xR = aR.sub(bR);
            FloatVector xI = aI.sub(bI);
            xR.mul(twiddles[2 * p]).sub(xI.mul(twiddles[2 * p + 1])).intoArray(z, j);
            xR.mul(twiddles[2 * p + 1]).add(xI.mul(twiddles[2 * p])).intoArray(z, j + WIDTH);
        }
    }

    /** A radix-4 step in place. */
    static void split(float[] z, int offset, int size, float[] twiddles) {
        int quarter = PAIR * size / 4;
        int offsetB = offset + quarter;
        int offsetC = offset + 2 * quarter;
        int offsetD = offset + 3 * quarter;
        for (int p = 0; p < size / 4; p++) {
            int a = offset + PAIR * p;
            int b = offsetB + PAIR * p;
            int c = offsetC + PAIR * p;
            int d = offsetD + PAIR * p;
            int w = 6 * p;
            FloatVector aR = FloatVector.fromArray(LANES, z, a);
            FloatVector aI = FloatVector.fromArray(LANES, z, a + WIDTH);
            FloatVector bR = FloatVector.fromArray(LANES, z, b);
            FloatVector bI = FloatVector.fromArray(LANES, z, b + WIDTH);
            FloatVector cR = FloatVector.fromArray(LANES, z, c);
            FloatVector cI = FloatVector.fromArray(LANES, z, c + WIDTH);
            FloatVector dR = FloatVector.fromArray(LANES, z, d);
            FloatVector dI = FloatVector.fromArray(LANES, z, d + WIDTH);
            FloatVector evenR = aR.add(cR);
            FloatVector evenI = aI.add(cI);
            FloatVector oddR = bR.add(dR);
            FloatVector oddI = bI.add(dI);
            FloatVector fromR = aR.sub(cR);
            FloatVector fromI = aI.sub(cI);
            FloatVector turnR = bI.sub(dI);
            FloatVector turnI = dR.sub(bR);
            evenR.add(oddR).intoArray(z, a);
            evenI.add(oddI).intoArray(z, a + WIDTH);
            FloatVector xR = fromR.add(turnR);
            FloatVector xI = fromI.add(turnI);
            xR.mul(twiddles[w]).sub(xI.mul(twiddles[w + 1])).intoArray(z, b);
            xR.mul(twiddles[w + 1]).add(xI.mul(twiddles[w])).intoArray(z, b + WIDTH);
            FloatVector yR = evenR.sub(oddR);
            FloatVector yI = evenI.sub(oddI);
            yR.mul(twiddles[w + 2]).sub(yI.mul(twiddles[w + 3])).intoArray(z, c);
            yR.mul(twiddles[w + 3]).add(yI.mul(twiddles[w + 2])).intoArray(z, c + WIDTH);
            FloatVector zR = fromR.sub(turnR);
            FloatVector zI = fromI.sub(turnI);
            zR.mul(twiddles[w + 4]).sub(zI.mul(twiddles[w + 5])).intoArray(z, d);
            zR.mul(twiddles[w + 5]).add(zI.mul(twiddles[w + 4])).intoArray(z, d + WIDTH);
        }
    }

    /** The last step, whose factors are 1. */
    private static void last(float[] z, int offset, int size) {
        for (int block = 0; block < size / 4; block++) {
            int i = offset + 4 * PAIR * block;
            FloatVector aR = FloatVector.fromArray(LANES, z, i);
            FloatVector aI = FloatVector.fromArray(LANES, z, i + WIDTH);
            FloatVector bR = FloatVector.fromArray(LANES, z, i + PAIR);
            FloatVector bI = FloatVector.fromArray(LANES, z, i + PAIR + WIDTH);
            FloatVector cR = FloatVector.fromArray(LANES, z, i + 2 * PAIR);
            FloatVector cI = FloatVector.fromArray(LANES, z, i + 2 * PAIR + WIDTH);
            FloatVector dR = FloatVector.fromArray(LANES, z, i + 3 * PAIR);
            FloatVector dI = FloatVector.fromArray(LANES, z, i + 3 * PAIR + WIDTH);
            FloatVector evenR = aR.add(cR);
            FloatVector evenI = aI.add(cI);
            FloatVector oddR = bR.add(dR);
            FloatVector oddI = bI.add(dI);
            FloatVector fromR = aR.sub(cR);
            FloatVector fromI = aI.sub(cI);
            FloatVector turnR = bI.sub(dI);
            FloatVector turnI = dR.sub(bR);
            evenR.add(oddR).intoArray(z, i);
            evenI.add(oddI).intoArray(z, i + WIDTH);
            fromR.add(turnR).intoArray(z, i + PAIR);
            fromI.add(turnI).intoArray(z, i + PAIR + WIDTH);
            evenR.sub(oddR).intoArray(z, i + 2 * PAIR);
            evenI.sub(oddI).intoArray(z, i + 2 * PAIR + WIDTH);
            fromR.sub(turnR).intoArray(z, i + 3 * PAIR);
            fromI.sub(turnI).intoArray(z, i + 3 * PAIR + WIDTH);
        }
    }
}
