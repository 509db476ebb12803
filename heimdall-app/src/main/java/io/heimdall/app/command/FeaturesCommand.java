package io.heimdall.app.command;

import io.heimdall.features.recording.NpyWriter;
import io.heimdall.features.recording.ReadOptions;
import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.RecordingInfo;
import io.heimdall.features.recording.Recordings;
import io.heimdall.features.spectrum.FeatureExtractor;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.features.spectrum.MelScale;
import io.heimdall.features.spectrum.Sides;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heimdall features}: writes the mel spectrogram of a recording, as the network sees it or as asked. */
@Command(
        name = "features",
        description = {
            "Write the mel spectrogram of a recording as a NumPy file: float32, (bands, frames), decibels to full scale.",
            "Without options a complex recording gives what the network sees (both sides of 0 Hz, audio scale, 32 frames);"
                    + " a real one gives its Slaney bands from 0 Hz to Nyquist, in 32 frames."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heimdall features receiver.npy --out mel.npy",
            "      what the network sees of an IQ recording",
            "  heimdall features capture.bin --format cs16 --rate 1.8e6 --out mel.npy",
            "      raw samples in a file whose name tells nothing",
            "  heimdall features speech.wav --frames all --hop 256 --power --out mel.npy",
            "      every hop is a frame, as librosa.feature.melspectrogram gives it"
        })
public final class FeaturesCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Parameters(
            paramLabel = "RECORDING",
            description = "A recording: .npy, .wav, .sdriq, SigMF, or raw samples (cu8, cs8, cs16, cf32).")
    private Path recording;

    @Option(names = "--out", required = true, paramLabel = "FILE.npy", description = "Where the features go.")
    private Path out;

    @Mixin
    private ReadChoice choice;

    @ArgGroup
    private Side side = new Side();

    /** At most one of the three. */
    private static final class Side {
        @Option(names = "--real", description = "Bands from 0 Hz to Nyquist of a real recording (its default).")
        private boolean real;

        @Option(
                names = "--two-sided",
                description = "Half of the bands on each side of 0 Hz; row 0 is the most negative (default for IQ).")
        private boolean twoSided;

        @Option(names = "--folded", description = "Bands of the power at +f and -f together.")
        private boolean folded;
    }

    @Option(
            names = "--scale",
            paramLabel = "slaney|htk|audio",
            description = "The mel scale. audio: the bands of a 22 050 Hz signal at any rate (default for IQ);"
                    + " slaney: librosa's (default for real recordings).")
    private MelScale scale;

    @Option(names = "--fft", paramLabel = "N", description = "Samples in a frame (default: 2048).")
    private Integer fftLength;

    @Option(
            names = "--hop",
            paramLabel = "N",
            description = "Samples from frame to frame (default: 512; less where the recording is too short for it).")
    private Integer hopSamples;

    @Option(names = "--mels", paramLabel = "N", description = "Number of bands (default: 128).")
    private Integer mels;

    @Option(
            names = "--frames",
            paramLabel = "N|all",
            converter = FrameCount.class,
            description = "Average the power over time to N frames (default: 32); all: every hop, as it is.")
    private Integer frames;

    @Option(names = "--power", description = "Write power relative to full scale, not decibels.")
    private boolean power;

    FeaturesCommand() {}

    /**
     * Reads the recording and writes its features.
     *
     * @throws IOException if the recording cannot be read or the features not be written
     */
    @Override
    public Integer call() throws IOException {
        Path directory = out.toAbsolutePath().getParent();
        if (!Files.isDirectory(directory)) {
            throw new NoSuchFileException(directory.toString());
        }
        ReadOptions options = output.usage(choice::options);
        try (Recording opened = output.usage(() -> Recordings.open(recording, options))) {
            RecordingInfo info = opened.info();
            FeatureParameters parameters = output.usage(() -> parameters(info));
            FeatureExtractor extractor = output.usage(() -> FeatureExtractor.of(parameters, sampleRateHz(info)));
            float[] features = features(opened, extractor);
            NpyWriter.write(out, features, parameters.mels(), features.length / parameters.mels());
            report(info, extractor, features.length / parameters.mels());
        }
        return 0;
    }

    private FeatureParameters parameters(RecordingInfo info) {
        FeatureParameters usual = FeatureParameters.of(info.complex());
        FeatureParameters asked = new FeatureParameters(
                or(fftLength, usual.fftLength()),
                or(hopSamples, usual.hopSamples()),
                or(mels, usual.mels()),
                or(frames, usual.frames()),
                or(scale, usual.scale()),
                side.folded ? Sides.FOLDED : side.twoSided ? Sides.TWO_SIDED : side.real ? Sides.REAL : usual.sides());
        if (info.complex() && !asked.sides().complex()) {
            throw new IllegalArgumentException(
                    recording + " is complex: --real would lose half of it; take --two-sided or --folded");
        }
        if (asked.scale() != MelScale.AUDIO && info.sampleRateHz().isEmpty()) {
            throw new IllegalArgumentException(recording + " does not say its sample rate, which the scale "
                    + asked.scale().name().toLowerCase(Locale.ROOT) + " needs: give --rate HZ");
        }
        return asked;
    }

    private float[] features(Recording opened, FeatureExtractor extractor) throws IOException {
        RecordingInfo info = opened.info();
        Recording source =
                extractor.parameters().sides().complex() && !info.complex() ? new ComplexRecording(opened) : opened;
        float[] features = new float[extractor.size(info.samples())];
        try (Progress progress = output.progress("Reading", info.samples())) {
            Recording watched = new WatchedRecording(source, progress);
            if (power) {
                extractor.power(watched, features, extractor.newScratch());
            } else {
                extractor.extract(watched, 0, features, extractor.newScratch());
            }
        }
        return features;
    }

    private void report(RecordingInfo info, FeatureExtractor extractor, int columns) {
        int bands = extractor.parameters().mels();
        output.say(out + ": " + bands + " bands x " + columns + " frames of " + info.samples()
                + (info.complex() ? " IQ" : "") + " samples (" + info.format() + ")");
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("out", out.toString());
        result.put("shape", new int[] {bands, columns});
        result.put("unit", power ? "power" : "dB");
        result.put("format", info.format());
        result.put("complex", info.complex());
        result.put("samples", info.samples());
        result.put(
                "sample_rate_hz",
                info.sampleRateHz().isPresent() ? info.sampleRateHz().getAsDouble() : null);
        result.put("parameters", extractor.parameters().canonical());
        result.put("empty_bands", extractor.emptyBands());
        output.json(result);
    }

    private static double sampleRateHz(RecordingInfo info) {
        return info.sampleRateHz().orElse(Double.NaN);
    }

    private static <T> T or(T asked, T usual) {
        return asked == null ? usual : asked;
    }
}
