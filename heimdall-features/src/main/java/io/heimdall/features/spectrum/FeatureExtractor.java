package io.heimdall.features.spectrum;

import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.RecordingInfo;
import java.io.IOException;
import java.util.Arrays;

/**
 * The features of a recording: its mel spectrogram, averaged over time to a fixed number of frames.
 *
 * <p>With {@code n} samples and {@code f} wanted frames the hop is {@code min(hop, n / f)}. The {@code F} centred frames
 * of the recording (see {@link MelSpectrogram}) are averaged in power in {@code f} contiguous groups, group {@code g}
 * holding the frames {@code floor(g F / f) .. floor((g+1) F / f) - 1}; then come decibels and the calibration. With
 * {@link FeatureParameters#ALL_FRAMES} the hop is as given and each frame a group of its own.
 *
 * <p>The recording is read in blocks, so its length does not matter. Immutable and thread-safe; each thread brings its
 * own scratch and recording.
 */
public final class FeatureExtractor {
    private static final int MIN_BLOCK_SAMPLES = 1 << 14;

    private final FeatureParameters parameters;
    private final MelFrame frame;

    private FeatureExtractor(FeatureParameters parameters, MelFrame frame) {
        this.parameters = parameters;
        this.frame = frame;
    }

    /**
     * Returns the extractor for recordings of one sample rate.
     *
     * @param sampleRateHz positive; not looked at with {@link MelScale#AUDIO}, which may be given NaN
     * @throws IllegalArgumentException if a rate is needed and this is none
     */
    public static FeatureExtractor of(FeatureParameters parameters, double sampleRateHz) {
        return new FeatureExtractor(parameters, MelFrame.of(parameters.melParameters(sampleRateHz)));
    }

    /** Returns the parameters. */
    public FeatureParameters parameters() {
        return parameters;
    }

    /** Returns the rows that are empty whatever the recording, ascending; none, as a rule. */
    public int[] emptyBands() {
        return frame.bank().emptyRows();
    }

    /** Returns working memory for one thread. */
    public Scratch newScratch() {
        return frame.newScratch((parameters.sides().complex() ? 2 : 1) * blockSamples());
    }

    /**
     * Returns the columns that a recording of {@code samples} samples gives: the wanted number, or all there are.
     *
     * @throws IllegalArgumentException if the recording is too short, or too long to have all its frames in an array
     */
    public int frames(long samples) {
        boolean all = takesAllFrames();
        int needed = all ? 1 : parameters.frames();
        if (samples < needed) {
            throw new IllegalArgumentException("a recording of " + samples + " samples is too short for "
                    + (all ? "a frame" : needed + " frames") + ": it takes " + needed + " samples or more");
        }
        long frames = all ? frame.parameters().frames(samples, parameters.hopSamples()) : needed;
        if (frames * parameters.mels() > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("the " + frames + " frames of a recording of " + samples
                    + " samples are too many for one array: take a longer hop than " + parameters.hopSamples());
        }
        return (int) frames;
    }

    /**
     * Returns the number of features of a recording, {@code mels * frames(samples)}.
     *
     * @throws IllegalArgumentException as {@link #frames(long)}
     */
    public int size(long samples) {
        return parameters.mels() * frames(samples);
    }

    /**
     * Returns the number of features of every recording, {@code mels * frames}.
     *
     * @throws IllegalStateException with {@link FeatureParameters#ALL_FRAMES}, where it depends on the recording
     */
    public int size() {
        if (takesAllFrames()) {
            throw new IllegalStateException("the number of all frames depends on the recording");
        }
        return parameters.mels() * parameters.frames();
    }

    /**
     * Writes the features of a recording, in decibels.
     *
     * @param recording complex, or real with {@link Sides#REAL}; full scale 1.0
     * @param calibrationDb added to every level after the floor of -100 dB
     * @param out row-major {@code [mels][frames]}, every element overwritten
     * @param scratch from {@link #newScratch()}; one per thread
     * @throws IllegalArgumentException if the recording is of the other kind, too short, or holds samples that are no
     *     numbers; if {@code out} has another length than {@link #size(long)}, or the scratch is another's
     * @throws IOException if the recording cannot be read
     */
    public void extract(Recording recording, double calibrationDb, float[] out, Scratch scratch) throws IOException {
        write(recording, true, calibrationDb, out, scratch);
    }

    /**
     * Writes the features of a recording, as powers relative to full scale.
     *
     * @param recording complex, or real with {@link Sides#REAL}; full scale 1.0
     * @param out row-major {@code [mels][frames]}, every element overwritten
     * @param scratch from {@link #newScratch()}; one per thread
     * @throws IllegalArgumentException as {@link #extract}
     * @throws IOException if the recording cannot be read
     */
    public void power(Recording recording, float[] out, Scratch scratch) throws IOException {
        write(recording, false, 0, out, scratch);
    }

    private void write(Recording recording, boolean decibels, double calibrationDb, float[] out, Scratch scratch)
            throws IOException {
        long samples = recording.info().samples();
        int columns = check(recording.info(), out, scratch);
        int hop = hop(samples);
        long hopFrames = frame.parameters().frames(samples, hop);
        scratch.blockSamples = 0;
        for (int column = 0; column < columns; column++) {
            long from = column * hopFrames / columns;
            long to = (column + 1) * hopFrames / columns;
            Arrays.fill(scratch.sums, 0);
            for (long t = from; t < to; t++) {
                addFrame(recording, samples, t * hop - frame.parameters().paddingSamples(), scratch);
            }
            for (int m = 0; m < scratch.sums.length; m++) {
                double power = scratch.sums[m] / (to - from);
                if (!Double.isFinite(power)) {
                    throw new IllegalArgumentException(
                            "the recording holds samples that are no finite numbers, near sample " + from * hop + " of "
                                    + samples);
                }
                out[m * columns + column] = (float) (decibels ? MelFrame.decibels(power) + calibrationDb : power);
            }
        }
    }

    private void addFrame(Recording recording, long samples, long start, Scratch scratch) throws IOException {
        long first = Math.max(0, start);
        long end = Math.min(samples, start + parameters.fftLength());
        if (first < scratch.blockFirst
                || end > scratch.blockFirst + scratch.blockSamples
                || scratch.blockSamples == 0) {
            readBlock(recording, samples, first, scratch);
        }
        frame.power(scratch.block, scratch.blockSamples, (int) (start - scratch.blockFirst), scratch);
        for (int m = 0; m < scratch.sums.length; m++) {
            scratch.sums[m] += scratch.bands[m];
        }
    }

    private void readBlock(Recording recording, long samples, long first, Scratch scratch) throws IOException {
        int wanted = (int) Math.min(blockSamples(), samples - first);
        int floatsPerSample = parameters.sides().complex() ? 2 : 1;
        int got = 0;
        while (got < wanted) {
            int read = recording.read(first + got, scratch.block, floatsPerSample * got, wanted - got);
            if (read <= 0) {
                throw new IOException("the recording ends at sample " + (first + got) + ", it said to have " + samples);
            }
            got += read;
        }
        scratch.blockFirst = first;
        scratch.blockSamples = wanted;
    }

    private int check(RecordingInfo info, float[] out, Scratch scratch) {
        scratch.check(frame);
        if (info.complex() != parameters.sides().complex()) {
            throw new IllegalArgumentException("the recording (" + info.format() + ") is "
                    + (info.complex() ? "complex" : "real") + ", " + parameters.sides() + " features are of a "
                    + (info.complex() ? "real one: take TWO_SIDED or FOLDED" : "complex one: take REAL"));
        }
        int columns = frames(info.samples());
        if (out.length != parameters.mels() * columns) {
            throw new IllegalArgumentException("out has " + out.length + " elements, not " + parameters.mels()
                    + " bands x " + columns + " frames");
        }
        return columns;
    }

    private int hop(long samples) {
        return takesAllFrames()
                ? parameters.hopSamples()
                : (int) Math.min(parameters.hopSamples(), samples / parameters.frames());
    }

    private boolean takesAllFrames() {
        return parameters.frames() == FeatureParameters.ALL_FRAMES;
    }

    /** Consecutive blocks overlap by a frame: several frames long, so that little is read twice. */
    private int blockSamples() {
        return Math.max(MIN_BLOCK_SAMPLES, 4 * parameters.fftLength());
    }
}
