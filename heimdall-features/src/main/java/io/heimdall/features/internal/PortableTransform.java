package io.heimdall.features.internal;

/** The steps of a transform in plain Java; see {@link BlockPlan} for their order. */
final class PortableTransform {

    private PortableTransform() {}

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
                    alongPairs(z, from + 2 * q, to + 2 * q, size, rows, plan.twiddles(length));
                }
            } else {
                for (int p = 0; p < length / 4; p++) {
                    alongRows(z, from + 2 * rows * p, to + 8 * rows * p, size, rows, plan.twiddles(length), 6 * p);
                }
            }
            int swap = from;
            from = to;
            to = swap;
        }
        last(z, from, to, 2 * rows);
    }

    private static void halve(float[] z, int from, int to, int length, float[] twiddles) {
        for (int w = 0; w < length; w += 2) {
            int a = from + w;
            int b = a + length;
            int o = to + 2 * w;
            z[o] = z[a] + z[b];
            z[o + 1] = z[a + 1] + z[b + 1];
            float xR = z[a] - z[b];
            float xI = z[a + 1] - z[b + 1];
            z[o + 2] = xR * twiddles[w] - xI * twiddles[w + 1];
            z[o + 3] = xR * twiddles[w + 1] + xI * twiddles[w];
        }
    }

    /** A radix-4 step over all pairs of a row. */
    private static void alongPairs(float[] z, int from, int to, int size, int rows, float[] twiddles) {
        int quarter = size / 2;
        for (int p = 0; p < size / rows / 4; p++) {
            int a = from + 2 * rows * p;
            int b = a + quarter;
            int c = b + quarter;
            int d = c + quarter;
            split(
                    z[a],
                    z[a + 1],
                    z[b],
                    z[b + 1],
                    z[c],
                    z[c + 1],
                    z[d],
                    z[d + 1],
                    twiddles,
                    6 * p,
                    z,
                    to + 8 * rows * p,
                    2 * rows);
        }
    }

    /** A radix-4 step over all rows of a pair. */
    private static void alongRows(float[] z, int from, int to, int size, int rows, float[] twiddles, int w) {
        int quarter = size / 2;
        for (int q = 0; q < 2 * rows; q += 2) {
            int a = from + q;
            int b = a + quarter;
            int c = b + quarter;
            int d = c + quarter;
            split(z[a], z[a + 1], z[b], z[b + 1], z[c], z[c + 1], z[d], z[d + 1], twiddles, w, z, to + q, 2 * rows);
        }
    }

    /** One radix-4 butterfly; writes its four results, each times its factor, {@code stride} floats apart. */
    static void split(
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
    private static void last(float[] z, int from, int to, int quarter) {
        for (int q = 0; q < quarter; q += 2) {
            int a = from + q;
            int b = a + quarter;
            int c = b + quarter;
            int d = c + quarter;
            int o = to + q;
            float evenR = z[a] + z[c];
            float evenI = z[a + 1] + z[c + 1];
            float oddR = z[b] + z[d];
            float oddI = z[b + 1] + z[d + 1];
            float fromR = z[a] - z[c];
            float fromI = z[a + 1] - z[c + 1];
            float turnR = z[b + 1] - z[d + 1];
            float turnI = z[d] - z[b];
            z[o] = evenR + oddR;
            z[o + 1] = evenI + oddI;
            z[o + quarter] = fromR + turnR;
            z[o + quarter + 1] = fromI + turnI;
            z[o + 2 * quarter] = evenR - oddR;
            z[o + 2 * quarter + 1] = evenI - oddI;
            z[o + 3 * quarter] = fromR - turnR;
            z[o + 3 * quarter + 1] = fromI - turnI;
        }
    }
}
