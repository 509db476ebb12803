package io.heimdall.features.recording;

/**
 * Where the numbers of a sample stand in a file.
 *
 * @param format how a number is stored
 * @param complex whether a sample is I and Q
 * @param stride bytes from one sample to the next
 * @param quadratureOffset bytes from a sample's I to its Q; beyond {@code stride} where all I stand before all Q
 */
record SampleLayout(SampleFormat format, boolean complex, int stride, long quadratureOffset) {

    /** Returns the layout of samples that follow each other, {@code channels} side by side. */
    static SampleLayout interleaved(SampleFormat format, boolean complex, int channels) {
        return new SampleLayout(format, complex, (complex ? 2 : 1) * format.bytes() * channels, format.bytes());
    }

    /** Returns the layout of {@code samples} numbers I before as many numbers Q. */
    static SampleLayout planar(SampleFormat format, long samples) {
        return new SampleLayout(format, true, format.bytes(), samples * format.bytes());
    }

    /** Whether I and Q of a sample stand in one read of the file. */
    boolean together() {
        return !complex || quadratureOffset < stride;
    }

    /** Whether the file holds the numbers of the samples and nothing between them. */
    boolean gapless() {
        return stride == (complex ? 2 : 1) * format.bytes() && (!complex || quadratureOffset == format.bytes());
    }

    /** Bytes from the begin of a sample to the end of its last number, where they stand together. */
    int extent() {
        return complex ? (int) quadratureOffset + format.bytes() : format.bytes();
    }
}
