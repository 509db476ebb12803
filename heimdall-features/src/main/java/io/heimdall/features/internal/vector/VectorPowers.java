package io.heimdall.features.internal.vector;

import static io.heimdall.features.internal.vector.VectorKernels.LANES;
import static io.heimdall.features.internal.vector.VectorKernels.PAIR;
import static io.heimdall.features.internal.vector.VectorKernels.WIDTH;

import jdk.incubator.vector.FloatVector;

/** From transformed blocks to powers. */
final class VectorPowers {
    private VectorPowers() {}

    static void power(float[] z, int offset, int size, int remainder, float[] power) {
        for (int i = 0; i < size; i++) {
            FloatVector re = FloatVector.fromArray(LANES, z, offset + PAIR * i);
            FloatVector im = FloatVector.fromArray(LANES, z, offset + PAIR * i + WIDTH);
            re.mul(re).add(im.mul(im)).intoArray(power, (remainder + 4 * i) * WIDTH);
        }
    }

    /** {@code mirror} is where the mirror image of the pair 0 is. */
    static void realPower(
            float[] z, int offset, int mirror, int first, int end, int remainder, float[] turns, float[] power) {
        int top = (turns.length / 2 - remainder) * WIDTH;
        for (int i = first; i < end; i++) {
            FloatVector aR = FloatVector.fromArray(LANES, z, offset + PAIR * i);
            FloatVector aI = FloatVector.fromArray(LANES, z, offset + PAIR * i + WIDTH);
            FloatVector bR = FloatVector.fromArray(LANES, z, mirror - PAIR * i);
            FloatVector bI = FloatVector.fromArray(LANES, z, mirror - PAIR * i + WIDTH);
            FloatVector evenR = aR.add(bR);
            FloatVector evenI = aI.sub(bI);
            FloatVector oddR = aI.add(bI);
            FloatVector oddI = bR.sub(aR);
            float cos = turns[2 * remainder + 8 * i];
            float sin = turns[2 * remainder + 8 * i + 1];
            FloatVector turnR = oddR.mul(cos).add(oddI.mul(sin));
            FloatVector turnI = oddI.mul(cos).sub(oddR.mul(sin));
            FloatVector xR = evenR.add(turnR);
            FloatVector xI = evenI.add(turnI);
            FloatVector yR = evenR.sub(turnR);
            FloatVector yI = evenI.sub(turnI);
            xR.mul(xR).add(xI.mul(xI)).intoArray(power, (remainder + 4 * i) * WIDTH);
            yR.mul(yR).add(yI.mul(yI)).intoArray(power, top - 4 * WIDTH * i);
        }
    }

    static void fold(float[] power, int length) {
        for (int k = 0; k <= length / 2; k++) {
            FloatVector mirror = FloatVector.fromArray(LANES, power, k == 0 ? 0 : (length - k) * WIDTH);
            FloatVector.fromArray(LANES, power, k * WIDTH).add(mirror).intoArray(power, k * WIDTH);
        }
    }
}
