package io.heimdall.features.recording;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;

/** A format that somebody adds: dots and dashes as text. */
public final class MorseReader implements RecordingReader {

    /** For the service loader. */
    public MorseReader() {}

    @Override
    public String format() {
        return "morse";
    }

    @Override
    public boolean recognises(ByteSource source, byte[] head) {
        return new String(head, StandardCharsets.US_ASCII).startsWith("morse ");
    }

    @Override
    public Recording open(ByteSource source, ReadOptions options) throws IOException {
        String text;
        try (SeekableByteChannel in = source.open()) {
            text = new String(Channels.newInputStream(in).readAllBytes(), StandardCharsets.US_ASCII).substring(6);
        }
        float[] samples = new float[text.length()];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = text.charAt(i) == '-' ? 1 : 0.5f;
        }
        return Recordings.of(samples, false, options.sampleRateHz().orElse(10));
    }
}
