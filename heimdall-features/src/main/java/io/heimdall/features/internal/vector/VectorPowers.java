package io.heimdall.features.internal.vector;

import static io.heimdall.features.internal.vector.VectorKernels.LANES;
import static io.heimdall.features.internal.vector.VectorKernels.WIDTH;

import jdk.incubator.vector.FloatVector;

/** From transformed blocks to powers. */
final class VectorPowers {
    private static final int PAIR = 2 * WIDTH;

    private VectorPowers() {}

    static void power(float[] z, int offset, int[] position, int size, int remainder, float[] power) {
        for (int i = 0, k = remainder * WIDTH; i < size; i++, k += 4 * WIDTH) {
            int a = offset + PAIR * position[i];
            FloatVector re = FloatVector.fromArray(LANES, z, a);
            FloatVector im = FloatVector.fromArray(LANES, z, a + WIDTH);
            re.mul(re).add(im.mul(im)).intoArray(power, k);
        }
    }

    static void realPower(
            float[] z,
            int offset,
            int mirror,
            int[] position,
            int last,
            int count,
            int remainder,
            int pairs,
            float[] turns,
            float[] power) {
        for (int i = 0, k = remainder; i < count; i++, k += 4) {
            int a = offset + PAIR * position[i];
            int b = mirror + PAIR * position[last - i];
            FloatVector aR = FloatVector.fromArray(LANES, z, a);
            FloatVector aI = FloatVector.fromArray(LANES, z, a + WIDTH);
            FloatVector bR = FloatVector.fromArray(LANES, z, b);
            FloatVector bI = FloatVector.fromArray(LANES, z, b + WIDTH);
            FloatVector evenR = aR.add(bR);
            FloatVector evenI = aI.sub(bI);
            FloatVector oddR = aI.add(bI);
            FloatVector oddI = bR.sub(aR);
            float cos = turns[2 * k];
            float sin = turns[2 * k + 1];
            FloatVector turnR = oddR.mul(cos).add(oddI.mul(sin));
            FloatVector turnI = oddI.mul(cos).sub(oddR.mul(sin));
            FloatVector xR = evenR.add(turnR);
            FloatVector xI = evenI.add(turnI);
            FloatVector yR = evenR.sub(turnR);
            FloatVector yI = evenI.sub(turnI);
            xR.mul(xR).add(xI.mul(xI)).intoArray(power, k * WIDTH);
            yR.mul(yR).add(yI.mul(yI)).intoArray(power, (pairs - k) * WIDTH);
        }
    }

    static void fold(float[] power, int length) {
        for (int k = 0; k <= length / 2; k++) {
            FloatVector mirror = FloatVector.fromArray(LANES, power, k == 0 ? 0 : (length - k) * WIDTH);
            FloatVector.fromArray(LANES, power, k * WIDTH).add(mirror).intoArray(power, k * WIDTH);
        }
    }
}
