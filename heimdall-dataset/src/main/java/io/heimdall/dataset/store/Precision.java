package io.heimdall.dataset.store;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * The element type of stored features.
 *
 * <p>A store of {@link #FLOAT32} does not see entries of {@link #FLOAT16}. A store of {@link #FLOAT16} rounds entries of {@link #FLOAT32},
 * so its answers do not depend on what was stored before.
 */
public enum Precision {
    /** 32 bits: what was computed, to the last bit. */
    FLOAT32("F32", Float.BYTES) {
        @Override
        void encode(float[] features, ByteBuffer out) {
            out.asFloatBuffer().put(features);
        }

        @Override
        float[] decode(ByteBuffer in, int count) {
            float[] features = new float[count];
            FloatBuffer floats = in.asFloatBuffer();
            floats.get(features);
            return features;
        }

        @Override
        float[] rounded(float[] features) {
            return features;
        }
    },

    /** IEEE 754 binary16, half the bytes: between -128 and 128 dB the error is at most 0.032 dB (half a step of 1/16 dB). */
    FLOAT16("F16", Short.BYTES) {
        @Override
        void encode(float[] features, ByteBuffer out) {
            int at = out.position();
            for (int i = 0; i < features.length; i++) {
                out.putShort(at + Short.BYTES * i, HalfFloats.bits(features[i]));
            }
        }

        @Override
        float[] decode(ByteBuffer in, int count) {
            float[] features = new float[count];
            int at = in.position();
            for (int i = 0; i < count; i++) {
                features[i] = HalfFloats.value(in.getShort(at + Short.BYTES * i));
            }
            return features;
        }

        @Override
        float[] rounded(float[] features) {
            float[] rounded = new float[features.length];
            for (int i = 0; i < rounded.length; i++) {
                rounded[i] = HalfFloats.value(HalfFloats.bits(features[i]));
            }
            return rounded;
        }
    };

    private final String dtype;
    private final int bytes;

    Precision(String dtype, int bytes) {
        this.dtype = dtype;
        this.bytes = bytes;
    }

    /** Returns the name of the type in safetensors. */
    String dtype() {
        return dtype;
    }

    int bytes() {
        return bytes;
    }

    /** Returns whether a store of this precision reads entries of another. */
    boolean reads(Precision other) {
        return this == FLOAT16 || other == FLOAT32;
    }

    /** Writes little-endian from the buffer's position on, which stays. */
    abstract void encode(float[] features, ByteBuffer out);

    /** Reads little-endian from the buffer's position on, which stays. */
    abstract float[] decode(ByteBuffer in, int count);

    /** Returns what is left of features in this precision; the same array where nothing changes. */
    abstract float[] rounded(float[] features);
}
