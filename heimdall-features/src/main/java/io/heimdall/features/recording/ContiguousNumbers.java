package io.heimdall.features.recording;

import io.heimdall.features.internal.KernelChoice;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/**
 * Numbers that stand one after the other, moved in bulk: the way of most recordings. One thread at a time.
 *
 * <p>Gives what {@link SampleFormat#decode} gives.
 */
final class ContiguousNumbers {
    /** So many first numbers are scaled in plain Java, while the vector kernels would still be interpreted. */
    private static final long EARLY_NUMBERS = 1 << 22;

    private static final float[] SIGNED = table(SampleFormat.Type.S8);
    private static final float[] UNSIGNED = table(SampleFormat.Type.U8);
    private static final float[] UNSIGNED_CENTRED = table(SampleFormat.Type.U8_CENTRED);

    private final SampleFormat format;
    private ByteBuffer viewed;
    private FloatBuffer floats;
    private ShortBuffer shorts;
    private short[] numbers = {};
    private long scaled;

    private ContiguousNumbers(SampleFormat format) {
        this.format = format;
    }

    static ContiguousNumbers of(SampleFormat format) {
        return new ContiguousNumbers(format);
    }

    /** The values of all bytes. */
    private static float[] table(SampleFormat.Type type) {
        byte[] bytes = new byte[256];
        for (int i = 0; i < 256; i++) {
            bytes[i] = (byte) i;
        }
        float[] values = new float[256];
        SampleFormat.little(type).decode(ByteBuffer.wrap(bytes), 0, 1, values, 0, 1, 256);
        return values;
    }

    /** Decodes the first {@code count} numbers of a buffer on the heap that begins at its array's begin. */
    void decode(ByteBuffer in, float[] out, int offset, int count) {
        switch (format.type()) {
            case F32 -> view(in).floats.get(0, out, offset, count);
            case S16 -> scale(in, out, offset, count);
            case S8 -> look(in.array(), SIGNED, out, offset, count);
            case U8 -> look(in.array(), UNSIGNED, out, offset, count);
            case U8_CENTRED -> look(in.array(), UNSIGNED_CENTRED, out, offset, count);
            default -> format.decode(in, 0, format.bytes(), out, offset, 1, count);
        }
    }

    private ContiguousNumbers view(ByteBuffer in) {
        if (viewed != in) {
            ByteBuffer whole = in.duplicate().clear().order(format.order());
            floats = whole.asFloatBuffer();
            shorts = whole.asShortBuffer();
            viewed = in;
        }
        return this;
    }

    private void scale(ByteBuffer in, float[] out, int offset, int count) {
        if (numbers.length < count) {
            numbers = new short[count];
        }
        view(in).shorts.get(0, numbers, 0, count);
        scaled += count;
        (scaled > EARLY_NUMBERS ? KernelChoice.kernels() : KernelChoice.portable())
                .scale(numbers, 0, 0x1p-15f, out, offset, count);
    }

    private static void look(byte[] in, float[] table, float[] out, int offset, int count) {
        for (int i = 0; i < count; i++) {
            out[offset + i] = table[in[i] & 0xff];
        }
    }
}
