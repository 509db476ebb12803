package io.heimdall.features.recording;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/** A recording that is an array. */
final class MemoryRecording implements Recording {
    private final float[] values;
    private final RecordingInfo info;

    MemoryRecording(float[] values, boolean complex, double sampleRateHz) {
        if (complex && values.length % 2 != 0) {
            throw new IllegalArgumentException(values.length + " floats are no pairs I, Q");
        }
        if (!(sampleRateHz > 0) || Double.isInfinite(sampleRateHz)) {
            throw new IllegalArgumentException("sample rate " + sampleRateHz + " Hz is not positive and finite");
        }
        this.values = values;
        this.info = new RecordingInfo(
                "memory",
                complex,
                values.length / (complex ? 2 : 1),
                OptionalDouble.of(sampleRateHz),
                OptionalDouble.empty(),
                Optional.<Instant>empty());
    }

    /** Checks the arguments of a read and returns how many samples there are to it. */
    static int readable(RecordingInfo info, long firstSample, float[] out, int outOffset, int samples) {
        if (firstSample < 0 || samples < 0) {
            throw new IllegalArgumentException("first sample " + firstSample + " or count " + samples + " is negative");
        }
        int count = (int) Math.max(0, Math.min(samples, info.samples() - firstSample));
        Objects.checkFromIndexSize((long) outOffset, (info.complex() ? 2L : 1L) * count, (long) out.length);
        return count;
    }

    @Override
    public RecordingInfo info() {
        return info;
    }

    @Override
    public int read(long firstSample, float[] out, int outOffset, int samples) {
        int count = readable(info, firstSample, out, outOffset, samples);
        int width = info.complex() ? 2 : 1;
        if (count > 0) {
            System.arraycopy(values, (int) firstSample * width, out, outOffset, count * width);
        }
        return count;
    }

    @Override
    public void close() {
        // An array holds nothing open.
    }
}
