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
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code heimdall features}: writes the mel spectrogram of a recording, by default the one that networks read. */
@Command(
        name = "features",
        description = {
            "Write the mel spectrogram of a recording as a NumPy file: float32, (bands, frames), decibels relative to full"
                    + " scale.",
            "Several recordings give one file each, named after the recording, in the directory --out.",
            "Without options a complex recording gives the spectrogram that the network reads (both sides of 0 Hz, audio"
                    + " scale, 32 frames); a real recording gives Slaney bands from 0 Hz to Nyquist, in 32 frames."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heimdall features receiver.npy --out mel.npy",
            "      the spectrogram that the network reads",
            "  heimdall features capture.bin --format cs16 --rate 1.8e6 --out mel.npy",
            "      raw samples in a file without a header",
            "  heimdall features speech.wav --frames all --hop 256 --power --out mel.npy",
            "      one frame for each hop, as in librosa.feature.melspectrogram",
            "  heimdall features recordings/*.wav --out features",
            "      writes features/NAME.npy for each recordings/NAME.wav",
            "  heimdall features --compact --workspace heimdall-workspace",
            "      merges small files of the workspace's feature store"
        })
public final class FeaturesCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Parameters(
            arity = "0..*",
            paramLabel = "RECORDING",
            description = "A recording: .npy, .wav, .sdriq, SigMF, or raw samples (cu8, cs8, cu16, cs16, cf32).")
    private List<Path> recordings = List.of();

    @Option(
            names = "--out",
            paramLabel = "FILE.npy|DIR",
            description = "File for the features; for several recordings a directory, created where it does not exist.")
    private Path out;

    @Mixin
    private ReadChoice choice;

    @ArgGroup
    private Side side = new Side();

    /** At most one of the three. */
    private static final class Side {
        @Option(
                names = "--real",
                description = "Bands from 0 Hz to Nyquist, for a real recording (default for real recordings).")
        private boolean real;

        @Option(
                names = "--two-sided",
                description = "Half of the bands on each side of 0 Hz; row 0 is the most negative (default for IQ).")
        private boolean twoSided;

        @Option(names = "--folded", description = "Bands of the sum of the powers at +f and -f.")
        private boolean folded;
    }

    @Option(
            names = "--scale",
            paramLabel = "slaney|htk|audio",
            completionCandidates = Scales.class,
            description = "The mel scale. audio: the bands of a 22 050 Hz signal at any rate (default for IQ);"
                    + " slaney: librosa's (default for real recordings).")
    private MelScale scale;

    @Option(names = "--fft", paramLabel = "N", description = "Samples in a frame (default: 2048).")
    private Integer fftLength;

    @Option(
            names = "--hop",
            paramLabel = "N",
            description = "Samples from frame to frame (default: 512; less for a short recording).")
    private Integer hopSamples;

    @Option(names = "--mels", paramLabel = "N", description = "Number of bands (default: 128).")
    private Integer mels;

    @Option(
            names = "--frames",
            paramLabel = "N|all",
            converter = FrameCount.class,
            description =
                    "Average the power over time to N frames (default: 32); all: one frame for each hop, without averaging.")
    private Integer frames;

    @Option(names = "--power", description = "Write power relative to full scale in place of decibels.")
    private boolean power;

    @Option(
            names = "--png",
            paramLabel = "FILE.png",
            description = "Draw the features of one recording in decibels, row 0 at the top.")
    private Path picture;

    @Option(
            names = "--compact",
            description =
                    "Merge small files of the feature store, in place of reading recordings (docs/FEATURE_STORE.md).")
    private boolean compact;

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            description =
                    "With --compact: the workspace with the feature store, unless HEIMDALL_FEATURES_STORE names one.")
    private Path workspace;

    @Spec
    private CommandSpec command;

    FeaturesCommand() {}

    /**
     * Reads the recordings and writes their features.
     *
     * @throws IOException if a recording cannot be read or its features not be written
     */
    @Override
    public Integer call() throws IOException {
        if (compact) {
            return compactStore();
        }
        if (recordings.isEmpty()) {
            throw missing("parameter: 'RECORDING'");
        }
        if (out == null) {
            throw missing("option: '--out=FILE.npy|DIR'");
        }
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

    private ParameterException missing(String what) {
        return new ParameterException(command.commandLine(), "Missing required " + what);
    }

    private int compactStore() throws IOException {
        if (!recordings.isEmpty() || out != null) {
            throw new ParameterException(command.commandLine(), "--compact takes neither recordings nor --out");
        }
        StoreCompaction compaction = new StoreCompaction(output);
        if (workspace == null && !compaction.isNamed()) {
            throw missing("option: '--workspace=DIR'");
        }
        compaction.run(Optional.ofNullable(workspace));
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
                throw new IllegalArgumentException("the features of " + recording
                        + " would overwrite the recording: give --out another directory");
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
                    recording + " is complex: --real would lose half of it; use --two-sided or --folded");
        }
        if (asked.scale() != MelScale.AUDIO && info.sampleRateHz().isEmpty()) {
            throw new IllegalArgumentException(recording + " does not state its sample rate, which the scale "
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

    /** The words that a shell completes. */
    private static final class Scales implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(MelScale.values())
                    .map(scale -> scale.name().toLowerCase(Locale.ROOT))
                    .iterator();
        }
    }
}
