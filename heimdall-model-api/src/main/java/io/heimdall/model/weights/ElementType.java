package io.heimdall.model.weights;

import java.nio.ByteBuffer;

/** The element types that a safetensors file may have. Weights are floating-point numbers; inputs may be flags and whole numbers, too. */
enum ElementType {
    F64(8) {
        @Override
        void decode(ByteBuffer in, float[] out, int from, int count) {
            for (int i = 0; i < count; i++) {
                out[from + i] = (float) in.getDouble();
            }
        }
    },
    F32(4) {
        @Override
        void decode(ByteBuffer in, float[] out, int from, int count) {
            in.asFloatBuffer().get(out, from, count);
        }
    },
    F16(2) {
        @Override
        void decode(ByteBuffer in, float[] out, int from, int count) {
            for (int i = 0; i < count; i++) {
                out[from + i] = half(in.getShort());
            }
        }
    },
    BF16(2) {
        @Override
        void decode(ByteBuffer in, float[] out, int from, int count) {
            for (int i = 0; i < count; i++) {
                out[from + i] = Float.intBitsToFloat(in.getShort() << 16);
            }
        }
    },
    /** Also the counters that PyTorch keeps beside weights, which are passed over. */
    I64(8) {
        @Override
        void decode(ByteBuffer in, float[] out, int from, int count) {
            for (int i = 0; i < count; i++) {
                out[from + i] = in.getLong();
            }
        }
    },
    I32(4) {
        @Override
        void decode(ByteBuffer in, float[] out, int from, int count) {
            for (int i = 0; i < count; i++) {
                out[from + i] = in.getInt();
            }
        }
    },
    BOOL(1) {
        @Override
        void decode(ByteBuffer in, float[] out, int from, int count) {
            for (int i = 0; i < count; i++) {
                out[from + i] = in.get();
            }
        }
    };

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }

    boolean isFloat() {
        return this == F64 || this == F32 || this == F16 || this == BF16;
    }

    /** Converts {@code count} little-endian elements; {@code in} is in that order. */
    abstract void decode(ByteBuffer in, float[] out, int from, int count);

    /** IEEE 754 binary16, which Java converts itself from version 20 on. */
    private static float half(short bits) {
        int exponent = (bits >> 10) & 0x1F;
        int fraction = bits & 0x3FF;
        float magnitude = switch (exponent) {
            case 0 -> fraction * 0x1p-24f;
            case 31 -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            default -> Float.intBitsToFloat((exponent + 112) << 23 | fraction << 13);
        };
        return bits < 0 ? -magnitude : magnitude;
    }
}
