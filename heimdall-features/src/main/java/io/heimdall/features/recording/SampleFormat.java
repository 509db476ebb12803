package io.heimdall.features.recording;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;

/**
 * How one number is stored, and how it becomes a {@code float} of full scale 1.0.
 *
 * @param type the number's type
 * @param order its byte order, of no meaning for one byte
 */
record SampleFormat(Type type, ByteOrder order) {

    /** Types of numbers; each divides by the magnitude of its most negative value. */
    enum Type {
        /** Unsigned byte with its zero at 127.5, as the RTL-SDR gives it: 0 is -1 and 255 is 1. */
        U8_CENTRED(1),
        /** Unsigned byte with its zero at 128. */
        U8(1),
        S8(1),
        /** Unsigned 16 bits with their zero at 2^15. */
        U16(2),
        S16(2),
        S24(3),
        /** Signed 24 bits in the lower part of 32. */
        S24_IN_32(4),
        /** Unsigned 32 bits with their zero at 2^31. */
        U32(4),
        S32(4),
        F32(4),
        F64(8);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }
    }

    static SampleFormat little(Type type) {
        return new SampleFormat(type, ByteOrder.LITTLE_ENDIAN);
    }

    int bytes() {
        return type.bytes;
    }

    /** Returns the bits of an integer's full scale, empty for floating point. */
    OptionalInt bits() {
        return switch (type) {
            case F32, F64 -> OptionalInt.empty();
            case S24_IN_32 -> OptionalInt.of(24);
            default -> OptionalInt.of(8 * type.bytes);
        };
    }

    /**
     * Decodes numbers that stand at equal distances.
     *
     * @param in holds them; its byte order is set
     * @param start the first number's byte
     * @param stride bytes from one number to the next
     * @param out receives them
     * @param offset where the first goes
     * @param step floats from one to the next
     * @param count how many
     */
    void decode(ByteBuffer in, int start, int stride, float[] out, int offset, int step, int count) {
        in.order(order);
        int p = start;
        int end = offset + count * step;
        // One loop a type: the switch stays outside of the loops, which then run at the speed of memory.
        switch (type) {
            case U8_CENTRED -> {
                for (int i = offset; i < end; i += step, p += stride) {
                    out[i] = ((in.get(p) & 0xff) - 127.5f) / 127.5f;
                }
            }
            case U8 -> {
                for (int i = offset; i < end; i += step, p += stride) {
                    out[i] = ((in.get(p) & 0xff) - 128) * 0x1p-7f;
                }
            }
            case S8 -> {
                for (int i = offset; i < end; i += step, p += stride) {
                    out[i] = in.get(p) * 0x1p-7f;
                }
            }
            case U16 -> {
                for (int i = offset; i < end; i += step, p += stride) {
                    out[i] = ((in.getShort(p) & 0xffff) - 32768) * 0x1p-15f;
                }
            }
            case S16 -> {
                for (int i = offset; i < end; i += step, p += stride) {
                    out[i] = in.getShort(p) * 0x1p-15f;
                }
            }
            case S24 -> {
                for (int i = offset; i < end; i += step, p += stride) {
                    out[i] = s24(in, p) * 0x1p-23f;
                }
            }
            case S24_IN_32 -> {
                for (int i = offset; i < end; i += step, p += stride) {
                    out[i] = in.getInt(p) * 0x1p-23f;
                }
            }
            case U32 -> {
                for (int i = offset; i < end; i += step, p += stride) {
                    out[i] = (in.getInt(p) ^ Integer.MIN_VALUE) * 0x1p-31f;
                }
            }
            case S32 -> {
                for (int i = offset; i < end; i += step, p += stride) {
                    out[i] = in.getInt(p) * 0x1p-31f;
                }
            }
            case F32 -> {
                for (int i = offset; i < end; i += step, p += stride) {
                    out[i] = in.getFloat(p);
                }
            }
            case F64 -> {
                for (int i = offset; i < end; i += step, p += stride) {
                    out[i] = (float) in.getDouble(p);
                }
            }
        }
    }

    private int s24(ByteBuffer in, int p) {
        boolean little = order == ByteOrder.LITTLE_ENDIAN;
        int low = in.get(little ? p : p + 2) & 0xff;
        int middle = in.get(p + 1) & 0xff;
        return in.get(little ? p + 2 : p) << 16 | middle << 8 | low;
    }
}
