package io.heimdall.features.recording;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Builds a file byte by byte. */
final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteOrder order;

    private Bytes(ByteOrder order) {
        this.order = order;
    }

    static Bytes little() {
        return new Bytes(ByteOrder.LITTLE_ENDIAN);
    }

    static Bytes big() {
        return new Bytes(ByteOrder.BIG_ENDIAN);
    }

    Bytes text(String text) {
        return raw(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Bytes raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    Bytes u8(int... values) {
        for (int value : values) {
            out.write(value);
        }
        return this;
    }

    Bytes i16(int... values) {
        for (int value : values) {
            raw(buffer(2).putShort((short) value).array());
        }
        return this;
    }

    Bytes i24(int... values) {
        for (int value : values) {
            boolean little = order == ByteOrder.LITTLE_ENDIAN;
            u8(little ? value : value >> 16, value >> 8, little ? value >> 16 : value);
        }
        return this;
    }

    Bytes i32(long... values) {
        for (long value : values) {
            raw(buffer(4).putInt((int) value).array());
        }
        return this;
    }

    Bytes i64(long... values) {
        for (long value : values) {
            raw(buffer(8).putLong(value).array());
        }
        return this;
    }

    Bytes f32(double... values) {
        for (double value : values) {
            raw(buffer(4).putFloat((float) value).array());
        }
        return this;
    }

    Bytes f64(double... values) {
        for (double value : values) {
            raw(buffer(8).putDouble(value).array());
        }
        return this;
    }

    byte[] array() {
        return out.toByteArray();
    }

    Path to(Path file) throws IOException {
        return Files.write(file, array());
    }

    /** All samples of a recording, read in one go. */
    static float[] samples(Path file, ReadOptions options) throws IOException {
        try (Recording recording = Recordings.open(file, options)) {
            return samples(recording);
        }
    }

    static float[] samples(Path file) throws IOException {
        return samples(file, ReadOptions.defaults());
    }

    static float[] samples(Recording recording) throws IOException {
        int samples = Math.toIntExact(recording.info().samples());
        float[] out = new float[samples * (recording.info().complex() ? 2 : 1)];
        if (recording.read(0, out, 0, samples) != samples) {
            throw new AssertionError("fewer samples than " + recording.info());
        }
        return out;
    }

    private ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(order);
    }
}
