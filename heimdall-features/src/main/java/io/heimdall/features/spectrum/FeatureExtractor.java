package io.heimdall.features.spectrum;

import io.heimdall.features.recording.Recording;
import java.io.IOException;

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
    private final FeatureParameters parameters;
    private final ColumnPlan plan;

    private FeatureExtractor(FeatureParameters parameters, MelParameters framing) {
        this.parameters = parameters;
        plan = new ColumnPlan(parameters, framing, new FrameKernels(framing));
    }

    /**
     * Returns the extractor for recordings of one sample rate.
     *
     * @param sampleRateHz positive; not looked at with {@link MelScale#AUDIO}, which may be given NaN
     * @throws IllegalArgumentException if a rate is needed and this is none
     */
    public static FeatureExtractor of(FeatureParameters parameters, double sampleRateHz) {
        return new FeatureExtractor(parameters, parameters.melParameters(sampleRateHz));
    }

    /** Returns the parameters. */
    public FeatureParameters parameters() {
        return parameters;
    }

    /** Returns the rows that are empty whatever the recording, ascending; none, as a rule. */
    public int[] emptyBands() {
        return plan.kernels().bank().emptyRows();
    }

    /**
     * Returns the weights of the bands over the bins of a complex frame's power spectrum, 0 Hz first and negative frequencies last.
     *
     * @return row-major {@code [mels][fftLength]}
     * @throws IllegalStateException where {@link Sides#REAL}
     */
    public double[] bank() {
        return plan.kernels().bank().overAllBins();
    }

    /** Returns the hop of a recording of so many samples, in samples; less than in the parameters where it is short. */
    public int hopSamples(long samples) {
        return plan.hop(samples);
    }

    /** Returns working memory for one thread. */
    public Scratch newScratch() {
        return new Scratch(this, new ColumnWork(plan));
    }

    /**
     * Returns the columns that a recording of {@code samples} samples gives: the wanted number, or all there are.
     *
     * @throws IllegalArgumentException if the recording is too short, or too long to have all its frames in an array
     */
    public int frames(long samples) {
        return plan.frames(samples);
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
        if (plan.takesAllFrames()) {
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

    /**
     * Writes the features of a recording, in decibels, by several threads; the bits are those that one thread gives.
     *
     * @param recording opens the recording, once for each thread; what it opens is closed
     * @param calibrationDb added to every level after the floor of -100 dB
     * @param out row-major {@code [mels][frames]}, every element overwritten
     * @param threads how many share the work, from 1; each takes a run of columns
     * @throws IllegalArgumentException as {@link #extract(Recording, double, float[], Scratch)}, or if threads is not positive
     * @throws IOException if the recording cannot be opened or read
     */
    public void extract(RecordingSource recording, double calibrationDb, float[] out, int threads) throws IOException {
        share(recording, true, calibrationDb, out, threads);
    }

    /**
     * Writes the features of a recording, as powers relative to full scale, by several threads.
     *
     * @param recording opens the recording, once for each thread; what it opens is closed
     * @param out row-major {@code [mels][frames]}, every element overwritten
     * @param threads how many share the work, from 1; each takes a run of columns
     * @throws IllegalArgumentException as {@link #extract(RecordingSource, double, float[], int)}
     * @throws IOException if the recording cannot be opened or read
     */
    public void power(RecordingSource recording, float[] out, int threads) throws IOException {
        share(recording, false, 0, out, threads);
    }

    private void share(RecordingSource recording, boolean decibels, double calibrationDb, float[] out, int threads)
            throws IOException {
        if (threads < 1) {
            throw new IllegalArgumentException("number of threads " + threads + " is not positive");
        }
        SharedWork.share(threads, part -> {
            try (Recording opened = recording.open()) {
                new ColumnWork(plan).of(opened, decibels, calibrationDb, out).part(part, threads);
            }
        });
    }

    private void write(Recording recording, boolean decibels, double calibrationDb, float[] out, Scratch scratch)
            throws IOException {
        scratch.check(this);
        scratch.columns.of(recording, decibels, calibrationDb, out).part(0, 1);
    }
}
