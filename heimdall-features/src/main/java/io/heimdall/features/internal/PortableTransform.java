package io.heimdall.features.internal;

/** The steps of a transform in plain Java; see {@link BlockPlan} for their order. */
final class PortableTransform {

    private PortableTransform() {}

    static void transform(float[] z, int offset, BlockPlan plan) {
        int size = plan.size();
        int length = size;
        if (plan.oddBits()) {
            halve(z, offset, size, plan.twiddles(size));
            length /= 2;
        }
        for (; length > 4; length /= 4) {
            for (int start = 0; start < size; start += length) {
                split(z, offset + 2 * start, length, plan.twiddles(length));
            }
        }
        last(z, offset, size);
    }

    private static void halve(float[] z, int offset, int size, float[] twiddles) {
        for (int w = 0; w < size; w += 2) {
            int a = offset + w;
            int b = a + size;
            float xR = z[a] - z[b];
            float xI = z[a + 1] - z[b + 1];
            z[a] += z[b];
            z[a + 1] += z[b + 1];
            z[b] = xR * twiddles[w] - xI * twiddles[w + 1];
            z[b + 1] = xR * twiddles[w + 1] + xI * twiddles[w];
        }
    }

    static void split(float[] z, int offset, int size, float[] twiddles) {
        int quarter = size / 2;
        for (int p = 0; p < size / 4; p++) {
            int a = offset + 2 * p;
            int b = a + quarter;
            int c = b + quarter;
            int d = c + quarter;
            butterfly(z[a], z[a + 1], z[b], z[b + 1], z[c], z[c + 1], z[d], z[d + 1], twiddles, 6 * p, z, a, quarter);
        }
    }

    /** One radix-4 butterfly; writes its four results, each times its factor, {@code stride} floats apart. */
    static void butterfly(
            float aR,
            float aI,
            float bR,
            float bI,
            float cR,
            float cI,
            float dR,
            float dI,
            float[] twiddles,
            int w,
            float[] z,
            int to,
            int stride) {
        float evenR = aR + cR;
        float evenI = aI + cI;
        float oddR = bR + dR;
        float oddI = bI + dI;
        float fromR = aR - cR;
        float fromI = aI - cI;
        float turnR = bI - dI;
        float turnI = dR - bR;
        z[to] = evenR + oddR;
        z[to + 1] = evenI + oddI;
        int b = to + stride;
        float xR = fromR + turnR;
        float xI = fromI + turnI;
        z[b] = xR * twiddles[w] - xI * twiddles[w + 1];
        z[b + 1] = xR * twiddles[w + 1] + xI * twiddles[w];
        int c = b + stride;
        xR = evenR - oddR;
        xI = evenI - oddI;
        z[c] = xR * twiddles[w + 2] - xI * twiddles[w + 3];
        z[c + 1] = xR * twiddles[w + 3] + xI * twiddles[w + 2];
        int d = c + stride;
        xR = fromR - turnR;
        xI = fromI - turnI;
        z[d] = xR * twiddles[w + 4] - xI * twiddles[w + 5];
        z[d + 1] = xR * twiddles[w + 5] + xI * twiddles[w + 4];
    }

    /** The last step, whose factors are 1. */
    private static void last(float[] z, int offset, int size) {
        for (int a = offset; a < offset + 2 * size; a += 8) {
            float evenR = z[a] + z[a + 4];
            float evenI = z[a + 1] + z[a + 5];
            float oddR = z[a + 2] + z[a + 6];
            float oddI = z[a + 3] + z[a + 7];
            float fromR = z[a] - z[a + 4];
            float fromI = z[a + 1] - z[a + 5];
            float turnR = z[a + 3] - z[a + 7];
            float turnI = z[a + 6] - z[a + 2];
            z[a] = evenR + oddR;
            z[a + 1] = evenI + oddI;
            z[a + 2] = fromR + turnR;
            z[a + 3] = fromI + turnI;
            z[a + 4] = evenR - oddR;
            z[a + 5] = evenI - oddI;
            z[a + 6] = fromR - turnR;
            z[a + 7] = fromI - turnI;
        }
    }
}
