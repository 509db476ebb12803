package io.heimdall.pipeline.modelfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.export.ModelDescription;
import io.heimdall.export.OnnxExporter;
import io.heimdall.export.OnnxModel;
import io.heimdall.export.Precision;
import io.heimdall.export.RecordingModel;
import io.heimdall.export.SmallerModel;
import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.Recordings;
import io.heimdall.features.spectrum.FeatureExtractor;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Networks;
import io.heimdall.model.output.AffineMap;
import io.heimdall.model.output.PlaneScale;
import io.heimdall.model.weights.Weights;
import io.heimdall.pipeline.input.Producers;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingExportTest {
    private static final int STATIONS = 3;

    @TempDir
    Path directory;

    /** Returns a model file of random weights that reads the usual features, with parameters in the place of its own. */
    private Path model(String network, String producer, Map<String, String> other) throws IOException {
        InputSpec example = Producers.named(producer).example(STATIONS);
        NetworkSpec spec = Networks.named(network).network(example);
        Map<String, String> parameters = new LinkedHashMap<>(example.parameters());
        parameters.putAll(other);
        InputSpec input = new InputSpec(
                example.producer(),
                parameters,
                example.given(),
                example.reading(spec.inputs()).network());
        PlaneScale plane = new PlaneScale(new LocalPlane(45, 8), new AffineMap(0, 40_000, 0, 40_000));
        Path file = directory.resolve(network + ".onnx");
        OnnxExporter.write(
                file,
                spec,
                Weights.initial(spec, 1),
                new ModelDescription(input, spec.output(), plane, 1, "", Map.of()));
        return file;
    }

    @ParameterizedTest
    @CsvSource({
        "12500, 1", // hop 390, which does not divide a frame
        "12001.14, 0.9",
        "48000, 0.5", // hop 512
        "250000, 0.065536", // 16 384 samples: hop 512 exactly
        "8000, 0.2", // 1600 samples, less than a frame
        "192000, 1"
    })
    void theFeaturesWithinAFileAreHeimdallsAtEveryRateAndLength(double rate, double seconds) throws IOException {
        Path out = directory.resolve("iq.onnx");
        RecordingExport export = new RecordingExport(rate, seconds);

        double difference = export.write(model("set", "station-set", Map.of()), out);

        assertThat(difference).isBetween(0.0, 1e-3);
        try (OnnxModel model = OnnxModel.open(out, 1)) {
            assertThat(model.inputs().get(0).toString()).isEqualTo("[batch, stations, " + export.samples() + ", 2]");
            assertThat(model.metadata())
                    .containsEntry("iq_samples", Integer.toString(export.samples()))
                    .containsEntry("iq_sample_rate_hz", Double.toString(rate));
            assertThatThrownBy(() -> SessionLocalizer.with(model, key -> null, FeatureCache.none()))
                    .hasMessageContaining("reads recordings themselves");
        }
    }

    @Test
    void realRecordingsGiveHeimdallsFeatures() throws IOException {
        Path folder = realRecordings();
        int samples = 12_000;
        Path out = directory.resolve("iq.onnx");
        new RecordingExport(samples, 1).write(model("small", "stations", Map.of("absent_db", "-120")), out);
        FloatTensor recordings = FloatTensor.zeros(1, STATIONS, samples, 2);
        try (var files = Files.list(folder)) {
            List<Path> wav = files.filter(file -> file.toString().endsWith(".wav"))
                    .sorted()
                    .limit(STATIONS - 1)
                    .toList();
            for (int station = 0; station < wav.size(); station++) {
                float[] iq = new float[2 * samples];
                try (Recording recording = Recordings.open(wav.get(station))) {
                    assertThat(recording.read(5000, iq, 0, samples)).isEqualTo(samples);
                }
                System.arraycopy(iq, 0, recordings.values(), station * iq.length, iq.length);
            }
        }

        FloatTensor found = RecordingModel.spectrograms(out, Map.of("iq", recordings));

        FeatureExtractor features = FeatureExtractor.of(FeatureParameters.network(), samples);
        int size = features.size();
        FloatTensor heard = FloatTensor.of(
                Arrays.copyOf(recordings.values(), (STATIONS - 1) * 2 * samples), 1, STATIONS - 1, samples, 2);
        assertThat(RecordingExport.difference(heard, found, features)).isBetween(0.0, 1e-3);
        assertThat(Arrays.copyOfRange(found.values(), (STATIONS - 1) * size, STATIONS * size))
                .as("a station without a recording")
                .containsOnly(-120f);
    }

    /** Folded features, and bands that depend on the rate. */
    @Test
    void otherFeaturesAreComputedToo() throws IOException {
        for (String scale : List.of("htk", "slaney")) {
            String text = "mel-1 fft=2048 hop=512 mels=128 frames=32 scale=" + scale + " sides=folded";
            Path model = model("small", "stations", Map.of("feature_parameters", text));

            assertThat(new RecordingExport(24_000, 0.7).write(model, directory.resolve("iq.onnx")))
                    .isBetween(0.0, 1e-3);
        }
    }

    @Test
    void aSmallerFileReadsRecordingsAsTheLargeOneDoes() throws IOException {
        Path model = model("small", "stations", Map.of());
        Path half = directory.resolve("half.onnx");
        SmallerModel.write(model, half, Precision.FP16, List.of());
        Random random = new Random(3);
        FloatTensor iq = FloatTensor.zeros(2, STATIONS, 6000, 2);
        for (int i = 0; i < iq.values().length; i++) {
            iq.values()[i] = (float) (0.1 * random.nextGaussian());
        }
        double[] latitudes = new double[2];
        int at = 0;
        for (Path file : List.of(model, half)) {
            Path out = directory.resolve("iq.onnx");
            new RecordingExport(6000, 1).write(file, out);
            try (OnnxModel opened = OnnxModel.open(out, 1)) {
                latitudes[at++] = opened.predict(Map.of("iq", iq)).get(1).latitude();
            }
        }
        assertThat(latitudes[1]).isCloseTo(latitudes[0], within(1e-3)).isNotEqualTo(latitudes[0]);
    }

    @Test
    void whatCannotBeIsRefused() throws IOException {
        Path set = model("set", "station-set", Map.of());
        Path out = directory.resolve("iq.onnx");
        assertRefused(
                set,
                out,
                1000,
                1,
                "a hop of 31 samples is too short for frames of 2048: a recording in a model file takes 1024");
        assertRefused(set, out, 10, 1, "a recording of 10 samples is too short for 32 frames");
        assertRefused(set, out, 1e6, 60, "recordings of 60000000 samples have 117188 frames of 2048");
        assertRefused(
                model("small", "stations", Map.of()),
                out,
                1e6,
                1.4,
                "3 recordings at a time, each of 1400000 samples have 2735 frames of 2048, expected are at most 2730");
        assertThatThrownBy(() -> new RecordingExport(0, 1)).hasMessageContaining("--rate 0.0");
        assertThatThrownBy(() -> new RecordingExport(1e6, -1)).hasMessageContaining("--seconds -1.0");
        assertThatThrownBy(() -> new RecordingExport(1e6, 1e6)).hasMessageContaining("too many samples");
        String real = "mel-1 fft=2048 hop=512 mels=128 frames=32 scale=slaney sides=real";
        assertRefused(
                model("small", "stations", Map.of("feature_parameters", real)),
                out,
                12_500,
                1,
                "features of real signals");
        new RecordingExport(12_500, 1).write(set, out);
        Path twice = directory.resolve("twice.onnx");
        assertRefused(out, twice, 12_500, 1, "and no 'mel_spectrogram'");
        assertThat(twice).doesNotExist();
    }

    private static void assertRefused(Path model, Path out, double rate, double seconds, String message) {
        RecordingExport export = new RecordingExport(rate, seconds);
        assertThatThrownBy(() -> export.write(model, out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static Path realRecordings() {
        Path root = Path.of("").toAbsolutePath();
        while (root != null && !Files.isDirectory(root.resolve(".mvn"))) {
            root = root.getParent();
        }
        assumeTrue(root != null, "no repository root above the working directory");
        Path folder = root.resolveSibling("shared/data/real/dcf77-2017");
        assumeTrue(Files.isDirectory(folder), "real recordings are not here: " + folder);
        return folder;
    }
}
