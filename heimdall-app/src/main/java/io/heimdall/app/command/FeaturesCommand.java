package io.heimdall.app.command;

import io.heimdall.features.recording.NpyWriter;
import io.heimdall.features.recording.ReadOptions;
import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.RecordingInfo;
import io.heimdall.features.recording.Recordings;
import io.heimdall.features.spectrum.FeatureExtractor;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.features.spectrum.MelScale;
import io.heimdall.features.spectrum.RecordingSource;
import io.heimdall.features.spectrum.Sides;
import io.heimdall.pipeline.report.FeaturesPng;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
            "Of several recordings each gives a file of its name in the directory --out.",
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
            "      every hop is a frame, as librosa.feature.melspectrogram gives it",
            "  heimdall features recordings/*.wav --out features",
            "      features/NAME.npy of each recordings/NAME.wav"
        })
public final class FeaturesCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Parameters(
            arity = "1..*",
            paramLabel = "RECORDING",
            description = "A recording: .npy, .wav, .sdriq, SigMF, or raw samples (cu8, cs8, cu16, cs16, cf32).")
    private List<Path> recordings;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE.npy|DIR",
            description = "Where the features go; of several recordings a directory, made where it is not there.")
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

    @Option(
            names = "--png",
            paramLabel = "FILE.png",
            description = "Draw the features too, row 0 at the top; of one recording, in decibels.")
    private Path picture;

    FeaturesCommand() {}

    /**
     * Reads the recordings and writes their features.
     *
     * @throws IOException if a recording cannot be read or its features not be written
     */
    @Override
    public Integer call() throws IOException {
        ReadOptions options = output.usage(choice::options);
        if (recordings.size() == 1 && !Files.isDirectory(out)) {
            Path directory = out.toAbsolutePath().getParent();
            if (!Files.isDirectory(directory)) {
                throw new NoSuchFileException(directory.toString());
            }
            output.json(extract(recordings.get(0), out, options));
            return 0;
        }
        Map<Path, Path> files = output.usage(this::files);
        Files.createDirectories(out);
        List<Object> results = new ArrayList<>();
        for (Map.Entry<Path, Path> file : files.entrySet()) {
            results.add(extract(file.getValue(), file.getKey(), options));
        }
        output.json(Map.of("recordings", results));
        return 0;
    }

    /** The files in the directory {@code --out}, and the recordings whose features they are for. */
    private Map<Path, Path> files() throws IOException {
        if (picture != null) {
            throw new IllegalArgumentException("--png draws the features of one recording, with a file --out");
        }
        Map<Path, Path> files = new LinkedHashMap<>();
        for (Path recording : recordings) {
            String name = recording.getFileName().toString().replaceFirst("(?<=.)\\.[^.]*$", "") + ".npy";
            Path file = out.resolve(name);
            Path other = files.put(file, recording);
            if (other != null) {
                throw new IllegalArgumentException(other + " and " + recording + " would both become " + file);
            }
            if (Files.exists(file) && Files.isSameFile(file, recording)) {
                throw new IllegalArgumentException(
                        "the features of " + recording + " would take its place: give --out another directory");
            }
        }
        return files;
    }

    private Map<String, Object> extract(Path recording, Path file, ReadOptions options) throws IOException {
        RecordingInfo info;
        try (Recording opened = output.usage(() -> Recordings.open(recording, options))) {
            info = opened.info();
        }
        output.warn(recording.toString(), info.warnings());
        FeatureParameters parameters = output.usage(() -> parameters(recording, info));
        FeatureExtractor extractor = output.usage(() -> FeatureExtractor.of(parameters, sampleRateHz(info)));
        float[] features = features(recording, info, options.withoutChecksum(), extractor);
        int columns = features.length / parameters.mels();
        NpyWriter.write(file, features, parameters.mels(), columns);
        if (picture != null) {
            FeaturesPng.write(picture, features, parameters.mels(), columns);
        }
        output.say(file + ": " + parameters.mels() + " bands x " + columns + " frames of " + info.samples()
                + (info.complex() ? " IQ" : "") + " samples (" + info.format() + ")");
        return report(file, info, extractor, columns);
    }

    private FeatureParameters parameters(Path recording, RecordingInfo info) {
        if (picture != null && power) {
            throw new IllegalArgumentException("--png draws decibels: leave out --power");
        }
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

    /** By one thread a processor, each with the recording open for itself; the caller's shows how far it has come. */
    private float[] features(Path recording, RecordingInfo info, ReadOptions options, FeatureExtractor extractor)
            throws IOException {
        int threads = Runtime.getRuntime().availableProcessors();
        boolean widen = extractor.parameters().sides().complex() && !info.complex();
        float[] features = new float[extractor.size(info.samples())];
        Thread caller = Thread.currentThread();
        try (Progress progress = output.progress("Reading", info.samples() / threads)) {
            RecordingSource source = () -> {
                Recording opened = Recordings.open(recording, options);
                Recording samples = widen ? new ComplexRecording(opened) : opened;
                return Thread.currentThread() == caller ? new WatchedRecording(samples, progress) : samples;
            };
            if (power) {
                extractor.power(source, features, threads);
            } else {
                extractor.extract(source, 0, features, threads);
            }
        }
        return features;
    }

    private Map<String, Object> report(Path file, RecordingInfo info, FeatureExtractor extractor, int columns) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("out", file.toString());
        result.put("shape", new int[] {extractor.parameters().mels(), columns});
        result.put("unit", power ? "power" : "dB");
        result.put("format", info.format());
        result.put("complex", info.complex());
        result.put("samples", info.samples());
        result.put(
                "sample_rate_hz",
                info.sampleRateHz().isPresent() ? info.sampleRateHz().getAsDouble() : null);
        result.put("parameters", extractor.parameters().canonical());
        result.put("empty_bands", extractor.emptyBands());
        return result;
    }

    private static double sampleRateHz(RecordingInfo info) {
        return info.sampleRateHz().orElse(Double.NaN);
    }

    private static <T> T or(T asked, T usual) {
        return asked == null ? usual : asked;
    }
}
