package io.heimdall.features.spectrum;

import io.heimdall.features.recording.RecordingInfo;

/**
 * How the frames of a recording become the columns of its features.
 *
 * @param parameters of the features
 * @param framing of the frames, at the recording's sample rate
 * @param kernels that compute the frames
 */
record ColumnPlan(FeatureParameters parameters, MelParameters framing, FrameKernels kernels) {

    /** Returns the columns of a recording, see {@link FeatureExtractor#frames}. */
    int frames(long samples) {
        boolean all = takesAllFrames();
        int needed = all ? 1 : parameters.frames();
        if (samples < needed) {
            throw new IllegalArgumentException("a recording of " + samples + " samples is too short for "
                    + (all ? "a frame" : needed + " frames") + ": it takes " + needed + " samples or more");
        }
        long frames = all ? framing.frames(samples, parameters.hopSamples()) : needed;
        if (frames * parameters.mels() > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("the " + frames + " frames of a recording of " + samples
                    + " samples are too many for one array: take a longer hop than " + parameters.hopSamples());
        }
        return (int) frames;
    }

    /** Returns what computes the next so many hop frames. */
    FrameBands bands(long count) {
        return kernels.next(count);
    }

    /** Returns the columns of a recording, once it and the buffers are found to fit. */
    int check(RecordingInfo info, float[] out) {
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

    /** Returns the hop of a recording, samples. */
    int hop(long samples) {
        return takesAllFrames()
                ? parameters.hopSamples()
                : (int) Math.min(parameters.hopSamples(), samples / parameters.frames());
    }

    boolean takesAllFrames() {
        return parameters.frames() == FeatureParameters.ALL_FRAMES;
    }
}
