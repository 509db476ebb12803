package io.heimdall.features.internal.vector;

import static io.heimdall.features.internal.vector.VectorLanes.LANES;
import static io.heimdall.features.internal.vector.VectorLanes.PAIR;
import static io.heimdall.features.internal.vector.VectorLanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/** From transformed blocks to powers. */
final class VectorPowers {
    private VectorPowers() {}

    static void power(float[] z, int offset, int[] place, int remainder, int step, float[] power) {
        for (int i = 0; i < place.length; i++) {
            int a = offset + PAIR * place[i];
            FloatVector re = FloatVector.fromArray(LANES, z, a);
            FloatVector im = FloatVector.fromArray(LANES, z, a + WIDTH);
            re.mul(re).add(im.mul(im)).intoArray(power, (remainder + step * i) * WIDTH);
        }
    }

    static void realPower(
            float[] z,
            int offset,
            int mirror,
            int[] place,
            int last,
            int first,
            int end,
            int remainder,
            int step,
            float[] turns,
            float[] power) {
        int pairs = turns.length / 2;
        for (int i = first; i < end; i++) {
            int a = offset + PAIR * place[i];
            int b = mirror + PAIR * place[last - i];
            int k = remainder + step * i;
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
