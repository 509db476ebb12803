package io.heimdall.bench;

import io.heimdall.features.recording.ReadOptions;
import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.Recordings;
import io.heimdall.features.spectrum.FeatureExtractor;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.features.spectrum.MelParameters;
import io.heimdall.features.spectrum.MelScale;
import io.heimdall.features.spectrum.MelSpectrogram;
import io.heimdall.features.spectrum.Mfcc;
import io.heimdall.features.spectrum.PowerSpectra;
import io.heimdall.features.spectrum.Scratch;
import io.heimdall.features.spectrum.Sides;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** The measured cases. Each case computes the same frames as the other programs do. */
public final class FeatureCases {
    private static final int RATE_HZ = 48000;
    private static final int HOP = 512;
    private static final int FRAMES = 375;
    private static final int SAMPLES = (FRAMES - 1) * HOP;
    private static final int DECODED_SAMPLES = 1 << 18;
    private static final int BLOCK_SAMPLES = 1 << 14;

    /** Work of so many frames; a sample rate's worth of hops where nothing is framed. */
    public interface Case {
        /** Does it all once. */
        void run() throws IOException;

        /** Returns how many frames that was. */
        default int frames() {
            return FRAMES;
        }
    }

    /** Returns a case by its name. */
    public Case of(String name, int threads) throws IOException {
        return switch (name) {
            case "mel_real" -> mel(Sides.REAL, MelScale.SLANEY);
            case "mel_two_sided" -> mel(Sides.TWO_SIDED, MelScale.AUDIO);
            case "mel_folded" -> mel(Sides.FOLDED, MelScale.AUDIO);
            case "fft_power_real" -> power(2048, false);
            case "fft_power_complex" -> power(2048, true);
            case "mfcc" -> mfcc();
            case "recording" -> recording(threads);
            case "decode_cs16" -> decode("cs16", 4);
            case "decode_cu8" -> decode("cu8", 2);
            case "decode_cf32" -> decode("cf32", 8);
            default -> throw new IllegalArgumentException("no case is called " + name);
        };
    }

    /** Returns the case of a mel spectrogram, in decibels, of a signal in memory. */
    public static Case mel(Sides sides, MelScale scale) {
        MelSpectrogram mel =
                MelSpectrogram.of(MelParameters.of(RATE_HZ).withScale(scale).withSides(sides));
        float[] signal = signal((sides.complex() ? 2 : 1) * SAMPLES);
        float[] out = new float[mel.parameters().mels() * mel.frames(SAMPLES)];
        Scratch scratch = mel.newScratch();
        return () -> mel.decibels(signal, SAMPLES, out, scratch);
    }

    /** Returns the case of window, transform and power, frame after frame into the same memory. */
    public static Case power(int length, boolean complex) {
        int hop = length / 4;
        int frames = 64;
        int samples = length + (frames - 1) * hop;
        float[] signal = signal((complex ? 2 : 1) * samples);
        PowerSpectra spectra = PowerSpectra.of(length, hop, complex);
        return new Case() {
            @Override
            public void run() {
                spectra.compute(signal, samples, (first, count, powers) -> {});
            }

            @Override
            public int frames() {
                return frames;
            }
        };
    }

    /** Returns the case of 13 coefficients of levels. */
    public static Case mfcc() {
        Mfcc mfcc = Mfcc.of(128, 13);
        float[] levels = signal(128 * FRAMES);
        float[] out = new float[13 * FRAMES];
        return () -> mfcc.apply(levels, FRAMES, out);
    }

    /** Returns the case of what the network sees of a recording, by so many threads. */
    public static Case recording(int threads) {
        FeatureExtractor extractor = FeatureExtractor.of(FeatureParameters.network(), RATE_HZ);
        int frames = 8 * FRAMES;
        float[] signal = signal(2 * HOP * (frames - 1));
        float[] out = new float[extractor.size()];
        return new Case() {
            @Override
            public void run() throws IOException {
                extractor.extract(() -> Recordings.of(signal, true, RATE_HZ), 0, out, threads);
            }

            @Override
            public int frames() {
                return frames;
            }
        };
    }

    /** Returns the case of samples of a file, in the page cache, to floats; a frame is a hop of samples. */
    public static Case decode(String format, int bytes) throws IOException {
        Path file = Files.createTempFile("heimdall-bench", "." + format);
        file.toFile().deleteOnExit();
        byte[] content = new byte[DECODED_SAMPLES * bytes];
        new Random(2).nextBytes(content);
        Files.write(file, content);
        Recording recording = Recordings.open(file, ReadOptions.defaults());
        float[] block = new float[2 * BLOCK_SAMPLES];
        return new Case() {
            @Override
            public void run() throws IOException {
                for (int first = 0; first < DECODED_SAMPLES; first += BLOCK_SAMPLES) {
                    recording.read(first, block, 0, BLOCK_SAMPLES);
                }
            }

            @Override
            public int frames() {
                return DECODED_SAMPLES / HOP;
            }
        };
    }

    private static float[] signal(int floats) {
        Random random = new Random(1);
        float[] signal = new float[floats];
        for (int i = 0; i < floats; i++) {
            signal[i] = (float) (0.1 * random.nextGaussian());
        }
        return signal;
    }
}
