package io.heimdall.features.internal.vector;

import static io.heimdall.features.internal.vector.VectorLanes.LANES;
import static io.heimdall.features.internal.vector.VectorLanes.WIDTH;

import io.heimdall.features.internal.PortableKernels;
import io.heimdall.features.internal.Tents;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** From powers to bands and decibels, and from short integers to floats. */
final class VectorBands {
    private static final VectorSpecies<Short> SHORTS = WIDTH == 8 ? ShortVector.SPECIES_128 : ShortVector.SPECIES_64;

    private VectorBands() {}

    static void bands(float[] power, int origin, int step, Tents tents, float[] bands, int firstRow) {
        int[] firstBin = tents.firstBin();
        int[] pairs = tents.pairs();
        float[] weights = tents.weights();
        int stride = step * WIDTH;
        FloatVector carry = FloatVector.zero(LANES);
        for (int s = 0, w = 0; s <= tents.bands(); s++) {
            FloatVector fall = FloatVector.zero(LANES);
            FloatVector fallToo = fall;
            FloatVector rise = fall;
            FloatVector riseToo = fall;
            int p = (origin + firstBin[s] * step) * WIDTH;
            for (int n = pairs[s]; n > 0; n--, w += 4, p += 2 * stride) {
                FloatVector one = FloatVector.fromArray(LANES, power, p);
                FloatVector two = FloatVector.fromArray(LANES, power, p + stride);
                fall = fall.add(one.mul(weights[w]));
                rise = rise.add(one.mul(weights[w + 1]));
                fallToo = fallToo.add(two.mul(weights[w + 2]));
                riseToo = riseToo.add(two.mul(weights[w + 3]));
            }
            if (s > 0) {
                carry.add(fall.add(fallToo)).intoArray(bands, (firstRow + (s - 1) * step) * WIDTH);
            }
            carry = rise.add(riseToo);
        }
    }

    /** As {@link PortableKernels#decibels}. */
    static void decibels(float[] power, int count, float[] out) {
        int whole = LANES.loopBound(count);
        for (int i = 0; i < whole; i += WIDTH) {
            FloatVector given = FloatVector.fromArray(LANES, power, i);
            FloatVector x = given.blend(
                    PortableKernels.LEAST_POWER, given.compare(VectorOperators.LT, PortableKernels.LEAST_POWER));
            IntVector bits = x.reinterpretAsInts();
            IntVector exponent = bits.sub(PortableKernels.SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 23);
            FloatVector m = bits.sub(exponent.lanewise(VectorOperators.LSHL, 23))
                    .reinterpretAsFloats()
                    .sub(1);
            FloatVector square = m.mul(m);
            FloatVector y = m.mul(7.0376836292e-2f).sub(1.1514610310e-1f);
            y = y.mul(m).add(1.1676998740e-1f);
            y = y.mul(m).sub(1.2420140846e-1f);
            y = y.mul(m).add(1.4249322787e-1f);
            y = y.mul(m).sub(1.6668057665e-1f);
            y = y.mul(m).add(2.0000714765e-1f);
            y = y.mul(m).sub(2.4999993993e-1f);
            y = y.mul(m).add(3.3333331174e-1f);
            y = y.mul(m).mul(square).sub(square.mul(0.5f)).add(m);
            FloatVector whole10 = (FloatVector) exponent.convert(VectorOperators.I2F, 0);
            y.mul(4.342944819f).add(whole10.mul(3.0102999566f)).add(x.sub(x)).intoArray(out, i);
        }
        for (int i = whole; i < count; i++) {
            out[i] = PortableKernels.decibels(power[i]);
        }
    }

    static void place(float[] bands, int rows, float[] out, int offset, int pitch) {
        for (int row = 0, o = offset; row < rows; row++, o += pitch) {
            FloatVector.fromArray(LANES, bands, row * WIDTH).intoArray(out, o);
        }
    }

    static void scale(short[] in, int inOffset, float scale, float[] out, int outOffset, int count) {
        int whole = LANES.loopBound(count);
        for (int i = 0; i < whole; i += WIDTH) {
            ShortVector numbers = ShortVector.fromArray(SHORTS, in, inOffset + i);
            FloatVector values = (FloatVector) numbers.convertShape(VectorOperators.S2F, LANES, 0);
            values.mul(scale).intoArray(out, outOffset + i);
        }
        for (int i = whole; i < count; i++) {
            out[outOffset + i] = in[inOffset + i] * scale;
        }
    }
}
