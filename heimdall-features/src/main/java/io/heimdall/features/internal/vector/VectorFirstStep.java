package io.heimdall.features.internal.vector;

import static io.heimdall.features.internal.vector.VectorKernels.LANES;
import static io.heimdall.features.internal.vector.VectorKernels.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * Window and first radix-4 step. Half of the quarters at a time: the values of 8 real frames of 2048 samples are 64 KiB,
 * their half stays in the nearest cache until its powers are out.
 */
final class VectorFirstStep {
    private VectorFirstStep() {}

    static void even(float[] slab, int base, int[] place, float[] window, float[] twiddles, float[] z) {
        int quarter = place.length / 4;
        int half = 2 * quarter;
        for (int i = 0, w = 2, out = 0; i < quarter; i += 2, w += 6, out += 2 * WIDTH) {
            int b = i + quarter;
            int c = i + half;
            int d = b + half;
            FloatVector evenR = load(slab, base + place[i], window[i]).add(load(slab, base + place[c], window[c]));
            FloatVector evenI =
                    load(slab, base + place[i + 1], window[i + 1]).add(load(slab, base + place[c + 1], window[c + 1]));
            FloatVector oddR = load(slab, base + place[b], window[b]).add(load(slab, base + place[d], window[d]));
            FloatVector oddI =
                    load(slab, base + place[b + 1], window[b + 1]).add(load(slab, base + place[d + 1], window[d + 1]));
            evenR.add(oddR).intoArray(z, out);
            evenI.add(oddI).intoArray(z, out + WIDTH);
            FloatVector yR = evenR.sub(oddR);
            FloatVector yI = evenI.sub(oddI);
            int far = out + WIDTH * quarter;
            yR.mul(twiddles[w]).sub(yI.mul(twiddles[w + 1])).intoArray(z, far);
            yR.mul(twiddles[w + 1]).add(yI.mul(twiddles[w])).intoArray(z, far + WIDTH);
        }
    }

    static void odd(float[] slab, int base, int[] place, float[] window, float[] twiddles, float[] z) {
        int quarter = place.length / 4;
        int half = 2 * quarter;
        for (int i = 0, w = 0, out = 0; i < quarter; i += 2, w += 6, out += 2 * WIDTH) {
            int b = i + quarter;
            int c = i + half;
            int d = b + half;
            FloatVector fromR = load(slab, base + place[i], window[i]).sub(load(slab, base + place[c], window[c]));
            FloatVector fromI =
                    load(slab, base + place[i + 1], window[i + 1]).sub(load(slab, base + place[c + 1], window[c + 1]));
            FloatVector turnR =
                    load(slab, base + place[b + 1], window[b + 1]).sub(load(slab, base + place[d + 1], window[d + 1]));
            FloatVector turnI = load(slab, base + place[d], window[d]).sub(load(slab, base + place[b], window[b]));
            FloatVector xR = fromR.add(turnR);
            FloatVector xI = fromI.add(turnI);
            xR.mul(twiddles[w]).sub(xI.mul(twiddles[w + 1])).intoArray(z, out);
            xR.mul(twiddles[w + 1]).add(xI.mul(twiddles[w])).intoArray(z, out + WIDTH);
            FloatVector yR = fromR.sub(turnR);
            FloatVector yI = fromI.sub(turnI);
            int far = out + WIDTH * quarter;
            yR.mul(twiddles[w + 4]).sub(yI.mul(twiddles[w + 5])).intoArray(z, far);
            yR.mul(twiddles[w + 5]).add(yI.mul(twiddles[w + 4])).intoArray(z, far + WIDTH);
        }
    }

    private static FloatVector load(float[] slab, int place, float window) {
        return FloatVector.fromArray(LANES, slab, place).mul(window);
    }
}
