package io.heimdall.features.recording;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A recording that is a buffer of raw pairs. */
final class BufferRecording implements Recording {
    private final ByteBuffer bytes;
    private final SampleLayout layout;
    private final RecordingInfo info;

    BufferRecording(ByteBuffer bytes, String format, double sampleRateHz) {
        if (!(sampleRateHz > 0) || Double.isInfinite(sampleRateHz)) {
            throw new IllegalArgumentException("sample rate " + sampleRateHz + " Hz is not positive and finite");
        }
        this.bytes = bytes.slice();
        layout = SampleLayout.interleaved(SampleFormat.little(type(format)), true, 1);
        info = new RecordingInfo(
                format,
                true,
                this.bytes.capacity() / layout.stride(),
                OptionalDouble.of(sampleRateHz),
                OptionalDouble.empty(),
                Optional.empty());
    }

    private static SampleFormat.Type type(String format) {
        return switch (format) {
            case "cf32" -> SampleFormat.Type.F32;
            case "cs16" -> SampleFormat.Type.S16;
            case "cs8" -> SampleFormat.Type.S8;
            case "cu8" -> SampleFormat.Type.U8_CENTRED;
            default ->
                throw new IllegalArgumentException(
                        "raw format " + format + " is not one of " + List.of("cf32", "cs16", "cs8", "cu8"));
        };
    }

    @Override
    public RecordingInfo info() {
        return info;
    }

    @Override
    public int read(long firstSample, float[] out, int outOffset, int samples) {
        int count = MemoryRecording.readable(info, firstSample, out, outOffset, samples);
        int start = count == 0 ? 0 : (int) firstSample * layout.stride();
        layout.format().decode(bytes, start, layout.format().bytes(), out, outOffset, 1, 2 * count);
        return count;
    }

    @Override
    public void close() {
        // Whoever made the buffer lets go of it.
    }
}
