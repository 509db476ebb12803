package io.heimdall.features.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/** A recording whose samples stay in the file; holds one buffer of 64 KiB, whatever the file's length. */
final class FileRecording implements Recording {
    private static final int BUFFER_BYTES = 1 << 16;

    private final BinaryFile file;
    private final RecordingInfo info;
    private final SampleLayout layout;
    private final Segments segments;
    private final ContiguousNumbers contiguous;
    private ByteBuffer buffer;

    FileRecording(BinaryFile file, RecordingInfo info, SampleLayout layout, Segments segments) {
        this.file = file;
        this.info = info;
        this.layout = layout;
        this.segments = segments;
        contiguous = layout.gapless() ? ContiguousNumbers.of(layout.format()) : null;
    }

    @Override
    public RecordingInfo info() {
        return info;
    }

    @Override
    public int read(long firstSample, float[] out, int outOffset, int samples) throws IOException {
        int width = layout.complex() ? 2 : 1;
        int count = MemoryRecording.readable(info, firstSample, out, outOffset, samples);
        for (int done = 0; done < count; ) {
            int piece = segments.indexOf(firstSample + done);
            long within = firstSample + done - segments.firstSample(piece);
            int run = (int) Math.min(count - done, segments.endSample(piece) - firstSample - done);
            readRun(segments.position(piece) + within * layout.stride(), out, outOffset + done * width, run);
            done += run;
        }
        return count;
    }

    private void readRun(long position, float[] out, int offset, int samples) throws IOException {
        if (contiguous != null) {
            readContiguous(position, out, offset, samples);
        } else if (layout.together()) {
            int next = offset;
            int block = Math.max(1, BUFFER_BYTES / layout.stride());
            for (int done = 0; done < samples; done += block) {
                int run = Math.min(block, samples - done);
                fill(position + (long) done * layout.stride(), (run - 1) * layout.stride() + layout.extent());
                decode(0, out, next, run);
                if (layout.complex()) {
                    decode((int) layout.quadratureOffset(), out, next + 1, run);
                }
                next += run * (layout.complex() ? 2 : 1);
            }
        } else {
            readPlane(position, out, offset, samples);
            readPlane(position + layout.quadratureOffset(), out, offset + 1, samples);
        }
    }

    private void readContiguous(long position, float[] out, int offset, int samples) throws IOException {
        int width = layout.complex() ? 2 : 1;
        int block = BUFFER_BYTES / layout.stride();
        for (int done = 0; done < samples; done += block) {
            int run = Math.min(block, samples - done);
            fill(position + (long) done * layout.stride(), run * layout.stride());
            contiguous.decode(buffer, out, offset + done * width, run * width);
        }
    }

    private void readPlane(long position, float[] out, int offset, int samples) throws IOException {
        int block = BUFFER_BYTES / layout.stride();
        for (int done = 0; done < samples; done += block) {
            int run = Math.min(block, samples - done);
            fill(position + (long) done * layout.stride(), run * layout.stride());
            decode(0, out, offset + 2 * done, run);
        }
    }

    private void fill(long position, int bytes) throws IOException {
        if (buffer == null || buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocate(Math.max(BUFFER_BYTES, bytes));
        }
        file.read(position, buffer.clear().limit(bytes));
    }

    private void decode(int start, float[] out, int offset, int samples) {
        layout.format().decode(buffer, start, layout.stride(), out, offset, layout.complex() ? 2 : 1, samples);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    @Override
    public String toString() {
        return Objects.toString(file.source());
    }
}
