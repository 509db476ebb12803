package io.heimdall.features.delay;

import io.heimdall.features.recording.Recording;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/** Reads the samples of a group of segments, and lays them out windowed and shifted in frequency. One thread at a time. */
final class SegmentReader {
    /** A window that lies so much off, in samples, is made anew. */
    private static final double SAME = 0.002;

    private final Recording recording;
    private final int width;
    private final int length;
    private final double cyclesPerSample;
    private final float[] factors;
    private double madeFor = Double.NaN;
    private float[] samples = new float[0];

    /**
     * Prepares to read segments.
     *
     * @param length samples in a segment
     * @param cyclesPerSample by which a segment's frequencies are raised, its middle having phase 0
     */
    SegmentReader(Recording recording, int length, double cyclesPerSample) {
        this.recording = recording;
        this.length = length;
        this.cyclesPerSample = cyclesPerSample;
        width = recording.info().complex() ? 2 : 1;
        factors = new float[2 * length];
    }

    /**
     * Returns a window whose squares add up to 1 where halves overlap: so each sample has the same weight, while a carrier
     * falls by 60 dB within 8 lines.
     *
     * @param at 0..1 from its beginning to its end
     */
    static double window(double at) {
        double sine = Math.sin(Math.PI * at);
        return at <= 0 || at >= 1 ? 0 : Math.sin(Math.PI / 2 * sine * sine);
    }

    /** Makes the window, raised in frequency, for segments that lie so many samples late: its middle does not. */
    private void make(double late) {
        if (Math.abs(late - madeFor) < SAME) {
            return;
        }
        madeFor = late;
        Turn turn = new Turn(cyclesPerSample);
        turn.start(-length / 2);
        for (int i = 0; i < length; i++, turn.next()) {
            double window = window((i + 0.5 + late) / length);
            factors[2 * i] = (float) (window * turn.cos());
            factors[2 * i + 1] = (float) (window * turn.sin());
        }
    }

    /**
     * Reads segments into a group; what the group has beyond them becomes zero.
     *
     * @param firsts the first sample of each segment, ascending
     * @param late how many samples each lies later than the middle of its window
     * @param count how many
     */
    void read(long[] firsts, double[] late, int count, GroupFft fft, float[] group) throws IOException {
        int span = (int) (firsts[count - 1] - firsts[0]) + length;
        if (samples.length < span * width) {
            samples = new float[span * width];
        }
        int read = recording.read(firsts[0], samples, 0, span);
        if (read < span) {
            throw new EOFException("the recording ends at sample " + (firsts[0] + read) + ", "
                    + recording.info().samples() + " samples are promised by its header");
        }
        clean(span * width);
        int lanes = fft.lanes();
        for (int s = 0; s < count; s += lanes) {
            int batch = fft.batch(s / lanes);
            if (count - s < lanes || length < fft.size()) {
                Arrays.fill(group, batch, batch + 2 * fft.size() * lanes, 0);
            }
            for (int lane = 0; lane < Math.min(lanes, count - s); lane++) {
                make(late[s + lane]);
                lay((int) (firsts[s + lane] - firsts[0]), group, batch + lane, lanes);
            }
        }
    }

    /** Takes what is no number as 0. */
    private void clean(int floats) {
        for (int i = 0; i < floats; i++) {
            samples[i] = Math.abs(samples[i]) <= Float.MAX_VALUE ? samples[i] : 0;
        }
    }

    private void lay(int from, float[] group, int to, int lanes) {
        if (width == 1) {
            for (int i = 0, at = to; i < length; i++, at += 2 * lanes) {
                group[at] = samples[from + i] * factors[2 * i];
                group[at + lanes] = samples[from + i] * factors[2 * i + 1];
            }
            return;
        }
        for (int i = 0, at = to; i < length; i++, at += 2 * lanes) {
            float re = samples[2 * (from + i)];
            float im = samples[2 * (from + i) + 1];
            group[at] = re * factors[2 * i] - im * factors[2 * i + 1];
            group[at + lanes] = re * factors[2 * i + 1] + im * factors[2 * i];
        }
    }
}
