package io.heimdall.features.recording;

import java.util.Arrays;

/** The pieces of a file that hold a recording's samples, in order; grows while a reader finds them. */
final class Segments {
    private long[] firstSample = new long[4];
    private long[] position = new long[4];
    private int count;
    private long samples;

    /** Returns the one piece that holds a whole recording. */
    static Segments single(long position, long samples) {
        Segments segments = new Segments();
        segments.add(position, samples);
        return segments;
    }

    /**
     * Appends a piece.
     *
     * @param position its first byte
     * @param samples how many samples it holds; nothing is added for 0
     */
    void add(long position, long samples) {
        if (samples == 0) {
            return;
        }
        if (count == firstSample.length) {
            firstSample = Arrays.copyOf(firstSample, 2 * count);
            this.position = Arrays.copyOf(this.position, 2 * count);
        }
        firstSample[count] = this.samples;
        this.position[count++] = position;
        this.samples += samples;
    }

    /** Lets each piece begin some bytes later, as the samples of a later channel do. */
    Segments shifted(long bytes) {
        for (int i = 0; bytes != 0 && i < count; i++) {
            position[i] += bytes;
        }
        return this;
    }

    int count() {
        return count;
    }

    long samples() {
        return samples;
    }

    /** Returns the piece that holds a sample. */
    int indexOf(long sample) {
        int found = Arrays.binarySearch(firstSample, 0, count, sample);
        return found >= 0 ? found : -found - 2;
    }

    long firstSample(int index) {
        return firstSample[index];
    }

    long endSample(int index) {
        return index + 1 < count ? firstSample[index + 1] : samples;
    }

    long position(int index) {
        return position[index];
    }
}
