package io.heimdall.features.internal;

/** The kernels in plain Java, one frame at a time. */
public final class PortableKernels implements Kernels {
    /** The least power that counts; less gives -100 dB. */
    public static final float LEAST_POWER = 1e-10f;
    /** The bits of the float nearest to the root of one half. */
    public static final int SQRT_HALF_BITS = 0x3f3504f3;

    /** Makes the kernels. */
    public PortableKernels() {}

    @Override
    public String name() {
        return "portable";
    }

    @Override
    public String toString() {
        return "portable kernels";
    }

    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public void spread(float[] samples, int start, int step, SlabLayout layout, int from, float[] slab) {
        for (int row = 0, o = 0; row < layout.rows(); row++, o += layout.pitch()) {
            System.arraycopy(slab, o + 1, slab, o, from);
            for (int c = from; c < layout.columns(); c++) {
                slab[o + c] = samples[start + c * step + row];
            }
        }
    }

    @Override
    public void first(float[] samples, int base, SlabLayout layout, float[] factors, float[] z) {
        int quarter = layout.place().length / 4; // in floats; with one lane a block has as many
        for (int i = 0, f = 0; i < quarter; i += 2, f += 14) {
            int a = base + i; // the one lane's samples stand where they are
            int b = a + quarter;
            int c = b + quarter;
            int d = c + quarter;
            float aR = samples[a] * factors[f];
            float aI = samples[a + 1] * factors[f + 1];
            float bR = samples[b] * factors[f + 2];
            float bI = samples[b + 1] * factors[f + 3];
            float cR = samples[c] * factors[f + 4];
            float cI = samples[c + 1] * factors[f + 5];
            float dR = samples[d] * factors[f + 6];
            float dI = samples[d + 1] * factors[f + 7];
            PortableTransform.butterfly(aR, aI, bR, bI, cR, cI, dR, dI, factors, f + 8, z, i, quarter);
        }
    }

    @Override
    public void split(float[] z, int offset, int size, float[] twiddles) {
        PortableTransform.split(z, offset, size, twiddles);
    }

    @Override
    public void transform(float[] z, int offset, BlockPlan plan) {
        PortableTransform.transform(z, offset, plan);
    }

    @Override
    public void power(float[] z, int offset, int[] place, int remainder, int step, float[] power) {
        for (int i = 0; i < place.length; i++) {
            float re = z[offset + 2 * place[i]];
            float im = z[offset + 2 * place[i] + 1];
            power[remainder + step * i] = re * re + im * im;
        }
    }

    @Override
    public void realPower(
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
            int a = offset + 2 * place[i];
            int b = mirror + 2 * place[last - i];
            int k = remainder + step * i;
            float evenR = z[a] + z[b];
            float evenI = z[a + 1] - z[b + 1];
            float oddR = z[a + 1] + z[b + 1];
            float oddI = z[b] - z[a];
            float cos = turns[2 * k];
            float sin = turns[2 * k + 1];
            float turnR = oddR * cos + oddI * sin;
            float turnI = oddI * cos - oddR * sin;
            float xR = evenR + turnR;
            float xI = evenI + turnI;
            float yR = evenR - turnR;
            float yI = evenI - turnI;
            power[k] = xR * xR + xI * xI;
            power[pairs - k] = yR * yR + yI * yI;
        }
    }

    @Override
    public void fold(float[] power, int length) {
        for (int k = 0; k <= length / 2; k++) {
            power[k] += power[k == 0 ? 0 : length - k];
        }
    }

    @Override
    public void bands(float[] power, int origin, int step, Tents tents, float[] bands, int firstRow) {
        int[] firstBin = tents.firstBin();
        int[] pairs = tents.pairs();
        float[] weights = tents.weights();
        float carry = 0;
        for (int s = 0, w = 0; s <= tents.bands(); s++) {
            float fall = 0;
            float fallToo = 0;
            float rise = 0;
            float riseToo = 0;
            int p = origin + firstBin[s] * step;
            for (int n = pairs[s]; n > 0; n--, w += 4, p += 2 * step) {
                float one = power[p];
                float two = power[p + step];
                fall += one * weights[w];
                rise += one * weights[w + 1];
                fallToo += two * weights[w + 2];
                riseToo += two * weights[w + 3];
            }
            if (s > 0) {
                bands[firstRow + (s - 1) * step] = carry + (fall + fallToo);
            }
            carry = rise + riseToo;
        }
    }

    @Override
    public void decibels(float[] power, int count, float[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = decibels(power[i]);
        }
    }

    /** Returns a power in decibels. The natural logarithm is that of Moshier's Cephes library, logf: the mantissa in sqrt(1/2)..sqrt(2), then a polynomial. */
    public static float decibels(float power) {
        float x = power < LEAST_POWER ? LEAST_POWER : power;
        int bits = Float.floatToRawIntBits(x);
        int exponent = (bits - SQRT_HALF_BITS) >> 23;
        float m = Float.intBitsToFloat(bits - (exponent << 23)) - 1;
        float square = m * m;
        float y = m * 7.0376836292e-2f - 1.1514610310e-1f;
        y = y * m + 1.1676998740e-1f;
        y = y * m - 1.2420140846e-1f;
        y = y * m + 1.4249322787e-1f;
        y = y * m - 1.6668057665e-1f;
        y = y * m + 2.0000714765e-1f;
        y = y * m - 2.4999993993e-1f;
        y = y * m + 3.3333331174e-1f;
        y = y * m * square - square * 0.5f + m;
        return y * 4.342944819f + (float) exponent * 3.0102999566f + (x - x);
    }

    @Override
    public void place(float[] bands, int rows, float[] out, int offset, int pitch) {
        for (int row = 0; row < rows; row++) {
            out[offset + row * pitch] = bands[row];
        }
    }

    @Override
    public void scale(short[] in, int inOffset, float scale, float[] out, int outOffset, int count) {
        for (int i = 0; i < count; i++) {
            out[outOffset + i] = in[inOffset + i] * scale;
        }
    }
}
