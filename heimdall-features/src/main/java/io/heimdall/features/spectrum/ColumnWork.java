package io.heimdall.features.spectrum;

import io.heimdall.features.recording.Recording;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/** Runs of columns of a recording's features: reads blocks, computes their frames, adds them up. One thread at a time. */
final class ColumnWork {
    private static final int MIN_BLOCK_SAMPLES = 1 << 14;
    /** After so many frames, a multiple of all numbers of lanes, it is asked anew what computes them. */
    private static final int RUN_FRAMES = 1 << 12;

    private final ColumnPlan plan;
    private final int floatsPerSample;
    private final FrameMemories memories = new FrameMemories();
    /** The levels of one frame, before they go where they belong. */
    private final float[] levels;
    /** Sums of bands over the frames of a group. */
    private final double[] sums;
    /** A block of a recording, as floats. */
    private float[] block = {};
    /** The sample of the recording with which the block begins, and the samples that it holds. */
    private long blockFirst;

    private int blockSamples;
    private Recording recording;
    private boolean decibels;
    private float calibrationDb;
    private float[] out;
    private long samples;
    private int columns;
    private int hop;
    private long hopFrames;
    private int column;
    private FrameBands bands;
    private FrameMemory memory;

    ColumnWork(ColumnPlan plan) {
        this.plan = plan;
        levels = new float[plan.parameters().mels()];
        sums = new double[plan.parameters().mels()];
        floatsPerSample = plan.parameters().sides().complex() ? 2 : 1;
    }

    /** Takes up a recording, in decibels and calibrated or as powers. */
    ColumnWork of(Recording opened, boolean asDecibels, double addedDb, float[] features) {
        recording = opened;
        decibels = asDecibels;
        calibrationDb = (float) addedDb;
        out = features;
        samples = opened.info().samples();
        columns = plan.check(opened.info(), features);
        hop = plan.hop(samples);
        hopFrames = plan.framing().frames(samples, hop);
        return this;
    }

    /** Writes the columns of one of {@code parts} equal parts. */
    void part(int part, int parts) throws IOException {
        column = (int) ((long) columns * part / parts);
        long first = firstFrame(column);
        long end = firstFrame((int) ((long) columns * (part + 1) / parts));
        bands = null;
        blockSamples = 0;
        Arrays.fill(sums, 0);
        for (long t = first; t < end; t += RUN_FRAMES) {
            FrameBands before = bands;
            bands = plan.bands(Math.min(RUN_FRAMES, end - t));
            memory = memories.of(bands);
            run(t, Math.min(end, t + RUN_FRAMES), bands == before);
        }
        recording = null; // this outlives them
        out = null;
    }

    /** Adds frames to their columns, and writes the columns that are complete. */
    private void run(long first, long end, boolean follows) throws IOException {
        int lanes = bands.lanes();
        for (long t = first; t < end; t += lanes) {
            compute(t, follows || t > first);
            int count = (int) Math.min(lanes, end - t);
            for (int lane = 0; lane < count; ) {
                long next = firstFrame(column + 1);
                int laneEnd = (int) Math.min(count, next - t);
                add(lane, laneEnd, lanes);
                lane = laneEnd;
                if (t + lane == next) {
                    finish(column++, next);
                }
            }
        }
    }

    /** The first hop frame of a column. */
    private long firstFrame(int column) {
        return column * hopFrames / columns;
    }

    private void add(int lane, int laneEnd, int lanes) {
        float[] powers = memory.bands();
        for (int m = 0, row = 0; m < sums.length; m++, row += lanes) {
            double sum = sums[m];
            for (int l = row + lane; l < row + laneEnd; l++) {
                sum += powers[l];
            }
            sums[m] = sum;
        }
    }

    /** Writes a column whose frames, all before {@code next}, are added up, and begins the next one. */
    private void finish(int column, long next) {
        long first = firstFrame(column);
        for (int m = 0; m < levels.length; m++) {
            levels[m] = (float) (sums[m] / (next - first));
            if (!Float.isFinite(levels[m])) {
                throw new IllegalArgumentException("the recording holds samples that are no finite numbers, or beyond"
                        + " reason, near sample " + first * hop + " of " + samples);
            }
            sums[m] = 0;
        }
        if (decibels) {
            bands.kernels().decibels(levels, levels.length, levels);
        }
        for (int m = 0; m < levels.length; m++) {
            out[m * columns + column] = decibels ? levels[m] + calibrationDb : levels[m];
        }
    }

    /** Computes the frames from {@code t} on, as many as there are lanes. */
    private void compute(long t, boolean follows) throws IOException {
        long start = t * hop - plan.framing().paddingSamples();
        if (hop >= plan.parameters().fftLength() && bands.lanes() > 1) {
            computeApart(start);
            return;
        }
        long first = Math.max(0, start);
        long end = Math.min(samples, start + bands.span(hop));
        boolean empty = blockSamples == 0;
        if (empty || first < blockFirst || end > blockFirst + blockSamples) {
            int wanted = (int) Math.min(wantedSamples(), samples - first);
            room(wanted);
            read(first, 0, wanted);
            blockFirst = first;
            blockSamples = wanted;
        }
        int offset = (int) (start - blockFirst);
        bands.power(block, blockSamples, offset, hop, follows, memory);
    }

    /** Frames that do not overlap are read one by one, and not what lies between them. */
    private void computeApart(long start) throws IOException {
        int length = plan.parameters().fftLength();
        int lanes = bands.lanes();
        room(lanes * length);
        for (int lane = 0; lane < lanes; lane++) {
            long from = start + (long) lane * hop;
            int before = (int) Math.min(length, Math.max(0, -from));
            int end = (int) Math.max(before, Math.min(length, samples - from));
            int offset = lane * length;
            Arrays.fill(block, floatsPerSample * offset, floatsPerSample * (offset + length), 0);
            read(from + before, offset + before, end - before);
        }
        bands.power(block, lanes * length, 0, length, false, memory);
    }

    /** Consecutive blocks overlap by some frames: several times as long, so that little is read twice. */
    private int wantedSamples() {
        return (int) Math.max(MIN_BLOCK_SAMPLES, 4 * bands.span(hop));
    }

    private void room(int samples) {
        if (block.length < floatsPerSample * samples) {
            block = new float[floatsPerSample * samples];
        }
    }

    private void read(long first, int offset, int wanted) throws IOException {
        int got = 0;
        while (got < wanted) {
            int read = recording.read(first + got, block, floatsPerSample * (offset + got), wanted - got);
            if (read <= 0) {
                throw new EOFException(
                        "the recording ends at sample " + (first + got) + ", it said to have " + samples);
            }
            got += read;
        }
    }
}
