package io.heimdall.dataset.store;

/** IEEE 754 binary16, which Java converts itself from version 20 on. */
final class HalfFloats {
    private static final int SIGN = 0x8000;
    private static final int INFINITY = 0x7C00;
    private static final int NAN = 0x7E00;

    /** From here on values round to infinity: halfway from the largest, 65504, to the next that there would be. */
    private static final float OVERFLOW = 65520;

    private static final float LEAST_NORMAL = 0x1p-14f;

    private HalfFloats() {}

    /** Returns the nearest half float; of two that are as near, the even one. */
    static short bits(float value) {
        int sign = Float.floatToRawIntBits(value) >>> 16 & SIGN;
        float magnitude = Math.abs(value);
        if (magnitude != magnitude) {
            return (short) (sign | NAN);
        }
        if (magnitude >= OVERFLOW) {
            return (short) (sign | INFINITY);
        }
        if (magnitude < LEAST_NORMAL) {
            return (short) (sign | (int) Math.rint(magnitude * 0x1p24)); // in units of the smallest
        }
        int bits = Float.floatToRawIntBits(magnitude);
        int even = bits >>> 13 & 1;
        int rounded = bits + 0xFFF + even >>> 13; // a carry goes into the exponent, as it should
        return (short) (sign | rounded - (112 << 10));
    }

    /** Returns the value, which a float has exactly. */
    static float value(short half) {
        int exponent = half >> 10 & 0x1F;
        int fraction = half & 0x3FF;
        float magnitude = switch (exponent) {
            case 0 -> fraction * 0x1p-24f;
            case 31 -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            default -> Float.intBitsToFloat(exponent + 112 << 23 | fraction << 13);
        };
        return half < 0 ? -magnitude : magnitude;
    }
}
