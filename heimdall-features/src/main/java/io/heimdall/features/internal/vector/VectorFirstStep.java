package io.heimdall.features.internal.vector;

import static io.heimdall.features.internal.vector.VectorLanes.LANES;
import static io.heimdall.features.internal.vector.VectorLanes.PAIR;
import static io.heimdall.features.internal.vector.VectorLanes.WIDTH;

import io.heimdall.features.internal.SlabLayout;
import jdk.incubator.vector.FloatVector;

/** Window and first radix-4 step; written out twice, since looking up places takes as long as all the rest. */
final class VectorFirstStep {
    private static final int PITCH = SlabLayout.REGULAR_PITCH;

    private VectorFirstStep() {}

    static void regular(float[] slab, int base, SlabLayout layout, float[] factors, float[] z) {
        for (int column = 0; column < layout.quarterColumns(); column++) {
            column(slab, base + column, column * layout.rows(), layout, factors, z);
        }
    }

    /** The pairs that lane 0 has in one column; {@code first} is the number of their first float. */
    private static void column(float[] slab, int base, int first, SlabLayout layout, float[] factors, float[] z) {
        int quarterColumns = layout.quarterColumns();
        int quarter = WIDTH * quarterColumns * layout.rows();
        int baseB = base + quarterColumns;
        int baseC = base + 2 * quarterColumns;
        int baseD = base + 3 * quarterColumns;
        int toA = WIDTH * first;
        int toB = toA + quarter;
        int toC = toB + quarter;
        int toD = toC + quarter;
        int firstFactor = 7 * first;
        for (int j = 0; j < layout.rows() / 2; j++) {
            int p = 2 * PITCH * j;
            int f = firstFactor + 14 * j;
            int to = PAIR * j;
            FloatVector aR = FloatVector.fromArray(LANES, slab, base + p).mul(factors[f]);
            FloatVector aI =
                    FloatVector.fromArray(LANES, slab, base + p + PITCH).mul(factors[f + 1]);
            FloatVector bR = FloatVector.fromArray(LANES, slab, baseB + p).mul(factors[f + 2]);
            FloatVector bI =
                    FloatVector.fromArray(LANES, slab, baseB + p + PITCH).mul(factors[f + 3]);
            FloatVector cR = FloatVector.fromArray(LANES, slab, baseC + p).mul(factors[f + 4]);
            FloatVector cI =
                    FloatVector.fromArray(LANES, slab, baseC + p + PITCH).mul(factors[f + 5]);
            FloatVector dR = FloatVector.fromArray(LANES, slab, baseD + p).mul(factors[f + 6]);
            FloatVector dI =
                    FloatVector.fromArray(LANES, slab, baseD + p + PITCH).mul(factors[f + 7]);

            FloatVector evenR = aR.add(cR);
            FloatVector evenI = aI.add(cI);
            FloatVector oddR = bR.add(dR);
            FloatVector oddI = bI.add(dI);
            FloatVector fromR = aR.sub(cR);
            FloatVector fromI = aI.sub(cI);
            FloatVector turnR = bI.sub(dI);
            FloatVector turnI = dR.sub(bR);
            evenR.add(oddR).intoArray(z, toA + to);
            evenI.add(oddI).intoArray(z, toA + to + WIDTH);
            FloatVector xR = fromR.add(turnR);
            FloatVector xI = fromI.add(turnI);
            xR.mul(factors[f + 8]).sub(xI.mul(factors[f + 9])).intoArray(z, toB + to);
            xR.mul(factors[f + 9]).add(xI.mul(factors[f + 8])).intoArray(z, toB + to + WIDTH);
            FloatVector yR = evenR.sub(oddR);
            FloatVector yI = evenI.sub(oddI);
            yR.mul(factors[f + 10]).sub(yI.mul(factors[f + 11])).intoArray(z, toC + to);
            yR.mul(factors[f + 11]).add(yI.mul(factors[f + 10])).intoArray(z, toC + to + WIDTH);
            FloatVector zR = fromR.sub(turnR);
            FloatVector zI = fromI.sub(turnI);
            zR.mul(factors[f + 12]).sub(zI.mul(factors[f + 13])).intoArray(z, toD + to);
            zR.mul(factors[f + 13]).add(zI.mul(factors[f + 12])).intoArray(z, toD + to + WIDTH);
        }
    }

    static void any(float[] slab, int base, int[] place, float[] factors, float[] z) {
        int quarter = place.length / 4;
        int stride = WIDTH * quarter;
        for (int i = 0, f = 0, to = 0; i < quarter; i += 2, f += 14, to += PAIR) {
            FloatVector aR = FloatVector.fromArray(LANES, slab, base + place[i]).mul(factors[f]);
            FloatVector aI =
                    FloatVector.fromArray(LANES, slab, base + place[i + 1]).mul(factors[f + 1]);
            FloatVector bR = FloatVector.fromArray(LANES, slab, base + place[i + quarter])
                    .mul(factors[f + 2]);
            FloatVector bI = FloatVector.fromArray(LANES, slab, base + place[i + quarter + 1])
                    .mul(factors[f + 3]);
            FloatVector cR = FloatVector.fromArray(LANES, slab, base + place[i + 2 * quarter])
                    .mul(factors[f + 4]);
            FloatVector cI = FloatVector.fromArray(LANES, slab, base + place[i + 2 * quarter + 1])
                    .mul(factors[f + 5]);
            FloatVector dR = FloatVector.fromArray(LANES, slab, base + place[i + 3 * quarter])
                    .mul(factors[f + 6]);
            FloatVector dI = FloatVector.fromArray(LANES, slab, base + place[i + 3 * quarter + 1])
                    .mul(factors[f + 7]);

            FloatVector evenR = aR.add(cR);
            FloatVector evenI = aI.add(cI);
            FloatVector oddR = bR.add(dR);
            FloatVector oddI = bI.add(dI);
            FloatVector fromR = aR.sub(cR);
            FloatVector fromI = aI.sub(cI);
            FloatVector turnR = bI.sub(dI);
            FloatVector turnI = dR.sub(bR);
            evenR.add(oddR).intoArray(z, to);
            evenI.add(oddI).intoArray(z, to + WIDTH);
            FloatVector xR = fromR.add(turnR);
            FloatVector xI = fromI.add(turnI);
            xR.mul(factors[f + 8]).sub(xI.mul(factors[f + 9])).intoArray(z, to + stride);
            xR.mul(factors[f + 9]).add(xI.mul(factors[f + 8])).intoArray(z, to + stride + WIDTH);
            FloatVector yR = evenR.sub(oddR);
            FloatVector yI = evenI.sub(oddI);
            yR.mul(factors[f + 10]).sub(yI.mul(factors[f + 11])).intoArray(z, to + 2 * stride);
            yR.mul(factors[f + 11]).add(yI.mul(factors[f + 10])).intoArray(z, to + 2 * stride + WIDTH);
            FloatVector zR = fromR.sub(turnR);
            FloatVector zI = fromI.sub(turnI);
            zR.mul(factors[f + 12]).sub(zI.mul(factors[f + 13])).intoArray(z, to + 3 * stride);
            zR.mul(factors[f + 13]).add(zI.mul(factors[f + 12])).intoArray(z, to + 3 * stride + WIDTH);
        }
    }
}
