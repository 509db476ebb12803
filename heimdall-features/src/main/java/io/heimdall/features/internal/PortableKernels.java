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
    public int lanes() {
        return 1;
    }

    @Override
    public void spread(float[] samples, int start, int pitch, int rows, int from, int columns, float[] slab) {
        for (int row = 0; row < rows; row++) {
            System.arraycopy(slab, row * columns + 1, slab, row * columns, from);
            for (int c = from; c < columns; c++) {
                slab[row * columns + c] = samples[start + c * pitch + row];
            }
        }
    }

    @Override
    public void first(float[] slab, int base, int[] place, float[] window, float[] twiddles, boolean odd, float[] z) {
        int floats = place.length;
        int quarter = floats / 4; // in floats; a block has as many
        int w = odd ? 0 : 2;
        for (int i = 0; i < quarter; i += 2, w += 6) {
            int b = i + quarter;
            int c = b + quarter;
            int d = c + quarter;
            float ar = slab[base + place[i]] * window[i];
            float ai = slab[base + place[i + 1]] * window[i + 1];
            float br = slab[base + place[b]] * window[b];
            float bi = slab[base + place[b + 1]] * window[b + 1];
            float cr = slab[base + place[c]] * window[c];
            float ci = slab[base + place[c + 1]] * window[c + 1];
            float dr = slab[base + place[d]] * window[d];
            float di = slab[base + place[d + 1]] * window[d + 1];
            float xr;
            float xi;
            float yr;
            float yi;
            if (odd) {
                float sr = ar - cr;
                float si = ai - ci;
                float tr = bi - di;
                float ti = dr - br;
                xr = sr + tr;
                xi = si + ti;
                yr = sr - tr;
                yi = si - ti;
                z[i] = xr * twiddles[w] - xi * twiddles[w + 1];
                z[i + 1] = xr * twiddles[w + 1] + xi * twiddles[w];
                z[quarter + i] = yr * twiddles[w + 4] - yi * twiddles[w + 5];
                z[quarter + i + 1] = yr * twiddles[w + 5] + yi * twiddles[w + 4];
            } else {
                float sr = ar + cr;
                float si = ai + ci;
                float tr = br + dr;
                float ti = bi + di;
                z[i] = sr + tr;
                z[i + 1] = si + ti;
                yr = sr - tr;
                yi = si - ti;
                z[quarter + i] = yr * twiddles[w] - yi * twiddles[w + 1];
                z[quarter + i + 1] = yr * twiddles[w + 1] + yi * twiddles[w];
            }
        }
    }

    @Override
    public void transform(float[] z, int offset, BlockPlan plan) {
        int end = offset + 2 * plan.size();
        int length = plan.size();
        if (BlockPlan.oddBits(length)) {
            halve(z, offset, length, plan.twiddles(length));
            length /= 2;
        }
        for (; length > 4; length /= 4) {
            for (int block = offset; block < end; block += 2 * length) {
                quarter(z, block, length, plan.twiddles(length));
            }
        }
        last(z, offset, end);
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
            float evenR = z[a] + z[c];
            float evenI = z[a + 1] + z[c + 1];
            float oddR = z[b] + z[d];
            float oddI = z[b + 1] + z[d + 1];
            float fromR = z[a] - z[c];
            float fromI = z[a + 1] - z[c + 1];
            float turnR = z[b + 1] - z[d + 1];
            float turnI = z[d] - z[b];
            z[a] = evenR + oddR;
            z[a + 1] = evenI + oddI;
            float xr = fromR + turnR;
            float xi = fromI + turnI;
            z[b] = xr * twiddles[w] - xi * twiddles[w + 1];
            z[b + 1] = xr * twiddles[w + 1] + xi * twiddles[w];
            xr = evenR - oddR;
            xi = evenI - oddI;
            z[c] = xr * twiddles[w + 2] - xi * twiddles[w + 3];
            z[c + 1] = xr * twiddles[w + 3] + xi * twiddles[w + 2];
            xr = fromR - turnR;
            xi = fromI - turnI;
            z[d] = xr * twiddles[w + 4] - xi * twiddles[w + 5];
            z[d + 1] = xr * twiddles[w + 5] + xi * twiddles[w + 4];
        }
    }

    /** The last step, whose factors are 1. */
    private static void last(float[] z, int offset, int end) {
        for (int a = offset; a < end; a += 8) {
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

    @Override
    public void power(float[] z, int offset, BlockPlan plan, int remainder, float[] power) {
        int[] position = plan.position();
        for (int i = 0; i < plan.size(); i++) {
            int a = offset + 2 * position[i];
            power[remainder + 4 * i] = z[a] * z[a] + z[a + 1] * z[a + 1];
        }
    }

    @Override
    public void realPower(
            float[] z,
            int offset,
            int mirror,
            BlockPlan plan,
            int last,
            int count,
            int remainder,
            float[] turns,
            float[] power) {
        int[] position = plan.position();
        int pairs = 4 * plan.size();
        for (int i = 0, k = remainder; i < count; i++, k += 4) {
            int a = offset + 2 * position[i];
            int b = mirror + 2 * position[last - i];
            float evenR = z[a] + z[b];
            float evenI = z[a + 1] - z[b + 1];
            float oddR = z[a + 1] + z[b + 1];
            float oddI = z[b] - z[a];
            float cos = turns[2 * k];
            float sin = turns[2 * k + 1];
            float turnR = oddR * cos + oddI * sin;
            float turnI = oddI * cos - oddR * sin;
            float xr = evenR + turnR;
            float xi = evenI + turnI;
            float yr = evenR - turnR;
            float yi = evenI - turnI;
            power[k] = xr * xr + xi * xi;
            power[pairs - k] = yr * yr + yi * yi;
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
        float[] weights = tents.weights();
        float carry = 0;
        for (int s = 0, w = 0; s <= tents.bands(); s++) {
            float fall = 0;
            float fallToo = 0;
            float rise = 0;
            float riseToo = 0;
            int p = origin + firstBin[s] * step;
            int n = firstBin[s + 1] - firstBin[s];
            for (; n >= 2; n -= 2, w += 4, p += 2 * step) {
                float one = power[p];
                float two = power[p + step];
                fall += one * weights[w];
                rise += one * weights[w + 1];
                fallToo += two * weights[w + 2];
                riseToo += two * weights[w + 3];
            }
            if (n > 0) {
                fall += power[p] * weights[w];
                rise += power[p] * weights[w + 1];
                w += 2;
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

    /** Natural logarithm as in Moshier's Cephes library, logf: the mantissa in sqrt(1/2)..sqrt(2), then a polynomial. */
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
    public void scale(short[] in, int inOffset, float scale, float[] out, int outOffset, int count) {
        for (int i = 0; i < count; i++) {
            out[outOffset + i] = in[inOffset + i] * scale;
        }
    }
}
