package io.heimdall.features.internal;

/** The steps of a transform in plain Java. The last two are one loop, written out: short inner loops cost more than work. */
final class PortableTransform {
    private static final float COS_1 = (float) Math.cos(Math.PI * 1 / 8);
    private static final float SIN_1 = (float) -Math.sin(Math.PI * 1 / 8);
    private static final float COS_2 = (float) Math.cos(Math.PI * 2 / 8);
    private static final float SIN_2 = (float) -Math.sin(Math.PI * 2 / 8);
    private static final float COS_3 = (float) Math.cos(Math.PI * 3 / 8);
    private static final float SIN_3 = (float) -Math.sin(Math.PI * 3 / 8);
    private static final float COS_4 = (float) Math.cos(Math.PI * 4 / 8);
    private static final float SIN_4 = (float) -Math.sin(Math.PI * 4 / 8);
    private static final float COS_6 = (float) Math.cos(Math.PI * 6 / 8);
    private static final float SIN_6 = (float) -Math.sin(Math.PI * 6 / 8);
    private static final float COS_9 = (float) Math.cos(Math.PI * 9 / 8);
    private static final float SIN_9 = (float) -Math.sin(Math.PI * 9 / 8);

    private PortableTransform() {}

    static void transform(float[] z, int offset, BlockPlan plan) {
        int end = offset + 2 * plan.size();
        int length = plan.size();
        if (BlockPlan.oddBits(length)) {
            halve(z, offset, length, plan.twiddles(length));
            length /= 2;
        }
        for (; length > 16; length /= 4) {
            for (int block = offset; block < end; block += 2 * length) {
                quarter(z, block, length, plan.twiddles(length));
            }
        }
        lastTwice(z, offset, end);
    }

    private static void halve(float[] z, int offset, int length, float[] twiddles) {
        for (int w = 0, a = offset, b = offset + length; w < length; w += 2, a += 2, b += 2) {
            float xr = z[a] - z[b];
            float xi = z[a + 1] - z[b + 1];
            z[a] += z[b];
            z[a + 1] += z[b + 1];
            z[b] = xr * twiddles[w] - xi * twiddles[w + 1];
            z[b + 1] = xr * twiddles[w + 1] + xi * twiddles[w];
        }
    }

    private static void quarter(float[] z, int offset, int length, float[] twiddles) {
        int stride = length / 2;
        for (int a = offset, w = 0; a < offset + stride; a += 2, w += 6) {
            int b = a + stride;
            int c = b + stride;
            int d = c + stride;
            split(z[a], z[a + 1], z[b], z[b + 1], z[c], z[c + 1], z[d], z[d + 1], twiddles, w, z, a, stride);
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

    /** The last two steps, on blocks of 16. */
    private static void lastTwice(float[] z, int offset, int end) {
        for (int a = offset; a < end; a += 32) {
            float x00R = z[a];
            float x00I = z[a + 1];
            float x01R = z[a + 8];
            float x01I = z[a + 9];
            float x02R = z[a + 16];
            float x02I = z[a + 17];
            float x03R = z[a + 24];
            float x03I = z[a + 25];
            float evenR0 = x00R + x02R;
            float evenI0 = x00I + x02I;
            float oddR0 = x01R + x03R;
            float oddI0 = x01I + x03I;
            float fromR0 = x00R - x02R;
            float fromI0 = x00I - x02I;
            float turnR0 = x01I - x03I;
            float turnI0 = x03R - x01R;
            float y00R = evenR0 + oddR0;
            float y00I = evenI0 + oddI0;
            float y01R = fromR0 + turnR0;
            float y01I = fromI0 + turnI0;
            float y02R = evenR0 - oddR0;
            float y02I = evenI0 - oddI0;
            float y03R = fromR0 - turnR0;
            float y03I = fromI0 - turnI0;
            float x10R = z[a + 2];
            float x10I = z[a + 3];
            float x11R = z[a + 10];
            float x11I = z[a + 11];
            float x12R = z[a + 18];
            float x12I = z[a + 19];
            float x13R = z[a + 26];
            float x13I = z[a + 27];
            float evenR1 = x10R + x12R;
            float evenI1 = x10I + x12I;
            float oddR1 = x11R + x13R;
            float oddI1 = x11I + x13I;
            float fromR1 = x10R - x12R;
            float fromI1 = x10I - x12I;
            float turnR1 = x11I - x13I;
            float turnI1 = x13R - x11R;
            float y10R = evenR1 + oddR1;
            float y10I = evenI1 + oddI1;
            float uy11R = fromR1 + turnR1;
            float uy11I = fromI1 + turnI1;
            float y11R = uy11R * COS_1 - uy11I * SIN_1;
            float y11I = uy11R * SIN_1 + uy11I * COS_1;
            float uy12R = evenR1 - oddR1;
            float uy12I = evenI1 - oddI1;
            float y12R = uy12R * COS_2 - uy12I * SIN_2;
            float y12I = uy12R * SIN_2 + uy12I * COS_2;
            float uy13R = fromR1 - turnR1;
            float uy13I = fromI1 - turnI1;
            float y13R = uy13R * COS_3 - uy13I * SIN_3;
            float y13I = uy13R * SIN_3 + uy13I * COS_3;
            float x20R = z[a + 4];
            float x20I = z[a + 5];
            float x21R = z[a + 12];
            float x21I = z[a + 13];
            float x22R = z[a + 20];
            float x22I = z[a + 21];
            float x23R = z[a + 28];
            float x23I = z[a + 29];
            float evenR2 = x20R + x22R;
            float evenI2 = x20I + x22I;
            float oddR2 = x21R + x23R;
            float oddI2 = x21I + x23I;
            float fromR2 = x20R - x22R;
            float fromI2 = x20I - x22I;
            float turnR2 = x21I - x23I;
            float turnI2 = x23R - x21R;
            float y20R = evenR2 + oddR2;
            float y20I = evenI2 + oddI2;
            float uy21R = fromR2 + turnR2;
            float uy21I = fromI2 + turnI2;
            float y21R = uy21R * COS_2 - uy21I * SIN_2;
            float y21I = uy21R * SIN_2 + uy21I * COS_2;
            float uy22R = evenR2 - oddR2;
            float uy22I = evenI2 - oddI2;
            float y22R = uy22R * COS_4 - uy22I * SIN_4;
            float y22I = uy22R * SIN_4 + uy22I * COS_4;
            float uy23R = fromR2 - turnR2;
            float uy23I = fromI2 - turnI2;
            float y23R = uy23R * COS_6 - uy23I * SIN_6;
            float y23I = uy23R * SIN_6 + uy23I * COS_6;
            float x30R = z[a + 6];
            float x30I = z[a + 7];
            float x31R = z[a + 14];
            float x31I = z[a + 15];
            float x32R = z[a + 22];
            float x32I = z[a + 23];
            float x33R = z[a + 30];
            float x33I = z[a + 31];
            float evenR3 = x30R + x32R;
            float evenI3 = x30I + x32I;
            float oddR3 = x31R + x33R;
            float oddI3 = x31I + x33I;
            float fromR3 = x30R - x32R;
            float fromI3 = x30I - x32I;
            float turnR3 = x31I - x33I;
            float turnI3 = x33R - x31R;
            float y30R = evenR3 + oddR3;
            float y30I = evenI3 + oddI3;
            float uy31R = fromR3 + turnR3;
            float uy31I = fromI3 + turnI3;
            float y31R = uy31R * COS_3 - uy31I * SIN_3;
            float y31I = uy31R * SIN_3 + uy31I * COS_3;
            float uy32R = evenR3 - oddR3;
            float uy32I = evenI3 - oddI3;
            float y32R = uy32R * COS_6 - uy32I * SIN_6;
            float y32I = uy32R * SIN_6 + uy32I * COS_6;
            float uy33R = fromR3 - turnR3;
            float uy33I = fromI3 - turnI3;
            float y33R = uy33R * COS_9 - uy33I * SIN_9;
            float y33I = uy33R * SIN_9 + uy33I * COS_9;
            float evenROf0 = y00R + y20R;
            float evenIOf0 = y00I + y20I;
            float oddROf0 = y10R + y30R;
            float oddIOf0 = y10I + y30I;
            float fromROf0 = y00R - y20R;
            float fromIOf0 = y00I - y20I;
            float turnROf0 = y10I - y30I;
            float turnIOf0 = y30R - y10R;
            float z00R = evenROf0 + oddROf0;
            float z00I = evenIOf0 + oddIOf0;
            float z01R = fromROf0 + turnROf0;
            float z01I = fromIOf0 + turnIOf0;
            float z02R = evenROf0 - oddROf0;
            float z02I = evenIOf0 - oddIOf0;
            float z03R = fromROf0 - turnROf0;
            float z03I = fromIOf0 - turnIOf0;
            z[a] = z00R;
            z[a + 1] = z00I;
            z[a + 2] = z01R;
            z[a + 3] = z01I;
            z[a + 4] = z02R;
            z[a + 5] = z02I;
            z[a + 6] = z03R;
            z[a + 7] = z03I;
            float evenROf1 = y01R + y21R;
            float evenIOf1 = y01I + y21I;
            float oddROf1 = y11R + y31R;
            float oddIOf1 = y11I + y31I;
            float fromROf1 = y01R - y21R;
            float fromIOf1 = y01I - y21I;
            float turnROf1 = y11I - y31I;
            float turnIOf1 = y31R - y11R;
            float z10R = evenROf1 + oddROf1;
            float z10I = evenIOf1 + oddIOf1;
            float z11R = fromROf1 + turnROf1;
            float z11I = fromIOf1 + turnIOf1;
            float z12R = evenROf1 - oddROf1;
            float z12I = evenIOf1 - oddIOf1;
            float z13R = fromROf1 - turnROf1;
            float z13I = fromIOf1 - turnIOf1;
            z[a + 8] = z10R;
            z[a + 9] = z10I;
            z[a + 10] = z11R;
            z[a + 11] = z11I;
            z[a + 12] = z12R;
            z[a + 13] = z12I;
            z[a + 14] = z13R;
            z[a + 15] = z13I;
            float evenROf2 = y02R + y22R;
            float evenIOf2 = y02I + y22I;
            float oddROf2 = y12R + y32R;
            float oddIOf2 = y12I + y32I;
            float fromROf2 = y02R - y22R;
            float fromIOf2 = y02I - y22I;
            float turnROf2 = y12I - y32I;
            float turnIOf2 = y32R - y12R;
            float z20R = evenROf2 + oddROf2;
            float z20I = evenIOf2 + oddIOf2;
            float z21R = fromROf2 + turnROf2;
            float z21I = fromIOf2 + turnIOf2;
            float z22R = evenROf2 - oddROf2;
            float z22I = evenIOf2 - oddIOf2;
            float z23R = fromROf2 - turnROf2;
            float z23I = fromIOf2 - turnIOf2;
            z[a + 16] = z20R;
            z[a + 17] = z20I;
            z[a + 18] = z21R;
            z[a + 19] = z21I;
            z[a + 20] = z22R;
            z[a + 21] = z22I;
            z[a + 22] = z23R;
            z[a + 23] = z23I;
            float evenROf3 = y03R + y23R;
            float evenIOf3 = y03I + y23I;
            float oddROf3 = y13R + y33R;
            float oddIOf3 = y13I + y33I;
            float fromROf3 = y03R - y23R;
            float fromIOf3 = y03I - y23I;
            float turnROf3 = y13I - y33I;
            float turnIOf3 = y33R - y13R;
            float z30R = evenROf3 + oddROf3;
            float z30I = evenIOf3 + oddIOf3;
            float z31R = fromROf3 + turnROf3;
            float z31I = fromIOf3 + turnIOf3;
            float z32R = evenROf3 - oddROf3;
            float z32I = evenIOf3 - oddIOf3;
            float z33R = fromROf3 - turnROf3;
            float z33I = fromIOf3 - turnIOf3;
            z[a + 24] = z30R;
            z[a + 25] = z30I;
            z[a + 26] = z31R;
            z[a + 27] = z31I;
            z[a + 28] = z32R;
            z[a + 29] = z32I;
            z[a + 30] = z33R;
            z[a + 31] = z33I;
        }
    }
}
