package io.heimdall.features.delay;

import io.heimdall.features.recording.Recording;
import java.io.IOException;

/** Reads the samples of a group of segments, and lays them out windowed and shifted in frequency. One thread at a time. */
final class SegmentReader {
    private final Recording recording;
    private final int width;
    private final float[] window;
    private final float[] turned;
    private float[] samples = new float[0];

    /**
     * Prepares to read segments.
     *
     * @param length samples in a segment
     * @param cyclesPerSample by which a segment's frequencies are raised, its middle having phase 0
     */
    SegmentReader(Recording recording, int length, double cyclesPerSample) {
        this.recording = recording;
        width = recording.info().complex() ? 2 : 1;
        window = window(length);
        turned = cyclesPerSample == 0 ? null : new float[2 * length];
        for (int i = 0; i < length && turned != null; i++) {
            double angle = 2 * Math.PI * cyclesPerSample * (i - length / 2.0);
            turned[2 * i] = (float) (window[i] * Math.cos(angle));
            turned[2 * i + 1] = (float) (window[i] * Math.sin(angle));
        }
    }

    /**
     * Returns a window whose squares add up to 1 where halves overlap: so each sample has the same weight, while a carrier
     * falls by 60 dB within 8 lines.
     */
    static float[] window(int length) {
        float[] window = new float[length];
        for (int i = 0; i < length; i++) {
            double sine = Math.sin(Math.PI * (i + 0.5) / length);
            window[i] = (float) Math.sin(Math.PI / 2 * sine * sine);
        }
        return window;
    }

    /**
     * Reads segments into a group; what the group has beyond them becomes zero.
     *
     * @param firsts the first sample of each segment, ascending
     * @param count how many
     */
    void read(long[] firsts, int count, GroupFft fft, float[] group) throws IOException {
        int length = window.length;
        int span = (int) (firsts[count - 1] - firsts[0]) + length;
        if (samples.length < span * width) {
            samples = new float[span * width];
        }
        int read = recording.read(firsts[0], samples, 0, span);
        if (read < span) {
            throw new IOException("the recording ends at sample " + (firsts[0] + read) + ", "
                    + recording.info().samples() + " samples were promised");
        }
        int lanes = fft.lanes();
        for (int s = 0; s < count; s += lanes) {
            int batch = fft.batch(s / lanes);
            for (int lane = 0; lane < lanes; lane++) {
                int from = s + lane < count ? (int) (firsts[s + lane] - firsts[0]) * width : -1;
                lay(from, group, batch + lane, lanes);
            }
            java.util.Arrays.fill(group, batch + 2 * length * lanes, batch + 2 * fft.size() * lanes, 0);
        }
    }

    private void lay(int from, float[] group, int to, int lanes) {
        int length = window.length;
        for (int i = 0, at = to; i < length; i++, at += 2 * lanes) {
            float re = 0;
            float im = 0;
            if (from >= 0) {
                re = samples[from + i * width];
                im = width == 2 ? samples[from + 2 * i + 1] : 0;
                if (!Float.isFinite(re) || !Float.isFinite(im)) {
                    re = 0;
                    im = 0;
                }
            }
            if (turned == null) {
                group[at] = re * window[i];
                group[at + lanes] = im * window[i];
            } else {
                group[at] = re * turned[2 * i] - im * turned[2 * i + 1];
                group[at + lanes] = re * turned[2 * i + 1] + im * turned[2 * i];
            }
        }
    }
}
