package io.heimdall.features.spectrum;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parameters of a recording's features. With the recording's content they determine the features entirely.
 *
 * @param fftLength samples in a frame, 2..1 048 576
 * @param hopSamples samples from one frame to the next, from 1; less in a recording too short for it
 * @param mels number of bands (rows), even where {@link Sides#TWO_SIDED}
 * @param frames number of time frames (columns) whatever the length of the recording, or {@link #ALL_FRAMES}
 * @param scale the mel scale
 * @param sides which part of the spectrum; {@link Sides#REAL} takes real recordings, the others complex ones
 */
public record FeatureParameters(int fftLength, int hopSamples, int mels, int frames, MelScale scale, Sides sides) {

    /** As {@link #frames()}: every hop frame is a column, the hop is as given. */
    public static final int ALL_FRAMES = 0;

    /** The least level in decibels, {@code 10 log10(1e-10)}. */
    public static final float FLOOR_DB = -100;

    private static final int MAX_FRAMES = 1 << 20;
    private static final String VERSION = "mel-1";

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException if one is out of its range; the message has the value and the range
     */
    public FeatureParameters {
        if (frames < 0 || frames > MAX_FRAMES) {
            throw new IllegalArgumentException(
                    "number of frames " + frames + " is not in 1.." + MAX_FRAMES + ", nor " + ALL_FRAMES + " for all");
        }
        melParameters(1, fftLength, hopSamples, mels, scale, sides);
    }

    /** Returns what the network sees: 2048/512, 128 bands x 32 frames, audio scale, two-sided. */
    public static FeatureParameters network() {
        return new FeatureParameters(2048, 512, 128, 32, MelScale.AUDIO, Sides.TWO_SIDED);
    }

    /** Returns the usual parameters for a recording: {@link #network()} where complex, else Slaney bands of a real one. */
    public static FeatureParameters of(boolean complex) {
        return complex ? network() : network().withScale(MelScale.SLANEY).withSides(Sides.REAL);
    }

    /**
     * Reads what {@link #canonical()} wrote.
     *
     * @throws IllegalArgumentException if the text is not of that form, or of another version
     */
    public static FeatureParameters parse(String text) {
        String[] words = text.split(" ", -1);
        try {
            if (!words[0].equals(VERSION)) {
                throw new IllegalArgumentException("it does not begin with " + VERSION);
            }
            Map<String, String> values = Stream.of(words)
                    .skip(1)
                    .map(word -> word.split("=", 2))
                    .collect(Collectors.toMap(pair -> pair[0], pair -> pair.length > 1 ? pair[1] : ""));
            FeatureParameters parameters = new FeatureParameters(
                    Integer.parseInt(values.getOrDefault("fft", "")),
                    Integer.parseInt(values.getOrDefault("hop", "")),
                    Integer.parseInt(values.getOrDefault("mels", "")),
                    Integer.parseInt(values.getOrDefault("frames", "")),
                    MelScale.valueOf(constant(values.getOrDefault("scale", ""))),
                    Sides.valueOf(constant(values.getOrDefault("sides", ""))));
            if (!parameters.canonical().equals(text)) {
                throw new IllegalArgumentException("its canonical form is '" + parameters.canonical() + "'");
            }
            return parameters;
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new IllegalArgumentException(
                    "feature parameters '" + text + "' cannot be read (" + e.getMessage() + "); expected for example '"
                            + network().canonical() + "'",
                    e);
        }
    }

    /**
     * Returns the parameters as one stable line, for cache keys and metadata.
     *
     * <p>Its first word changes when the same parameters come to mean other values.
     */
    public String canonical() {
        return String.format(
                Locale.ROOT,
                "%s fft=%d hop=%d mels=%d frames=%d scale=%s sides=%s",
                VERSION,
                fftLength,
                hopSamples,
                mels,
                frames,
                word(scale),
                word(sides));
    }

    /** Returns these parameters with another FFT length, in samples. */
    public FeatureParameters withFftLength(int newFftLength) {
        return new FeatureParameters(newFftLength, hopSamples, mels, frames, scale, sides);
    }

    /** Returns these parameters with another hop, in samples. */
    public FeatureParameters withHopSamples(int newHopSamples) {
        return new FeatureParameters(fftLength, newHopSamples, mels, frames, scale, sides);
    }

    /** Returns these parameters with another number of bands. */
    public FeatureParameters withMels(int newMels) {
        return new FeatureParameters(fftLength, hopSamples, newMels, frames, scale, sides);
    }

    /** Returns these parameters with another number of frames, or {@link #ALL_FRAMES}. */
    public FeatureParameters withFrames(int newFrames) {
        return new FeatureParameters(fftLength, hopSamples, mels, newFrames, scale, sides);
    }

    /** Returns these parameters with another mel scale. */
    public FeatureParameters withScale(MelScale newScale) {
        return new FeatureParameters(fftLength, hopSamples, mels, frames, newScale, sides);
    }

    /** Returns these parameters with another part of the spectrum. */
    public FeatureParameters withSides(Sides newSides) {
        return new FeatureParameters(fftLength, hopSamples, mels, frames, scale, newSides);
    }

    /** The same as mel parameters at a rate: the whole band, Slaney's norm, centred. */
    MelParameters melParameters(double sampleRateHz) {
        return melParameters(sampleRateHz, fftLength, hopSamples, mels, scale, sides);
    }

    private static MelParameters melParameters(
            double sampleRateHz, int fftLength, int hopSamples, int mels, MelScale scale, Sides sides) {
        return new MelParameters(sampleRateHz, fftLength, hopSamples, mels, 0, Double.NaN, scale, true, sides, true);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String constant(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
