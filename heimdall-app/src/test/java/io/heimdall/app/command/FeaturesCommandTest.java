package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.app.Run;
import io.heimdall.features.recording.NpyWriter;
import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.Recordings;
import io.heimdall.features.spectrum.FeatureExtractor;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.features.spectrum.Sides;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeaturesCommandTest {

    private static final int SAMPLES = 9001;

    @TempDir
    private Path directory;

    private Path iq;
    private Path real;
    private Path out;

    @BeforeEach
    void recordings() throws IOException {
        iq = directory.resolve("iq.npy");
        real = directory.resolve("real.npy");
        out = directory.resolve("mel.npy");
        NpyWriter.writeComplex(iq, noise(2 * SAMPLES));
        NpyWriter.write(real, noise(SAMPLES));
    }

    @Test
    void aComplexRecordingGivesWhatTheNetworkSees() throws IOException {
        Run run = Run.heimdall("features", iq, "--out", out);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("128 bands x 32 frames");
        assertThat(written(128, 32)).isEqualTo(expected(FeatureParameters.network(), Double.NaN, true));
    }

    @Test
    void aRealRecordingGivesSlaneyBandsAndNeedsItsRate() throws IOException {
        assertThat(Run.heimdall("features", real, "--out", out).exit()).isEqualTo(2);

        Run run = Run.heimdall("features", real, "--out", out, "--rate", "16e3");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(written(128, 32)).isEqualTo(expected(FeatureParameters.of(false), 16e3, false));
    }

    @Test
    void severalRecordingsGiveADirectory() throws IOException {
        Path other = directory.resolve("more/iq.cf32");
        Files.createDirectories(other.getParent());
        Path folder = directory.resolve("features");
        Files.write(other, new byte[8 * SAMPLES]);

        Run run = Run.heimdall("features", iq, real, "--rate", 16e3, "--out", folder, "--json");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(folder.resolve("real.npy")).exists();
        out = folder.resolve("iq.npy");
        assertThat(written(128, 32)).isEqualTo(expected(FeatureParameters.network(), Double.NaN, true));
        JsonNode results = new ObjectMapper().readTree(run.lastLine()).get("recordings");
        assertThat(results.findValuesAsText("out"))
                .containsExactly(out.toString(), folder.resolve("real.npy").toString());

        Run same = Run.heimdall("features", iq, other, "--out", folder);
        assertThat(same.exit()).isEqualTo(2);
        assertThat(same.err()).contains(iq.toString(), other.toString(), "would both become");
        Run lost = Run.heimdall("features", iq, other, "--out", directory);
        assertThat(lost.exit()).isEqualTo(2);
        assertThat(lost.err()).contains("would overwrite the recording");
    }

    @Test
    void whatTheReaderWarnsOfGoesToStandardError() throws IOException {
        Files.write(directory.resolve("a.sigmf-data"), new byte[2 * SAMPLES]);
        Path meta = Files.writeString(
                directory.resolve("a.sigmf-meta"),
                "{\"global\": {\"core:datatype\": \"ci8\", \"core:sample_rate\": \"fast\"}}");

        Run run = Run.heimdall("features", meta, "--rate", 16e3, "--out", out);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).doesNotContain("warning");
        run = Run.heimdall("features", meta, "--out", out);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).contains(meta + ": warning: core:sample_rate of global is 'fast', not a positive number");
        assertThat(run.out()).doesNotContain("warning");
    }

    @Test
    void drawsTheFeaturesOfOneRecordingInDecibels() throws IOException {
        Path picture = directory.resolve("mel.png");

        Run run = Run.heimdall("features", iq, "--out", out, "--png", picture);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(Files.readAllBytes(picture)).startsWith(0x89, 'P', 'N', 'G');
        assertThat(Run.heimdall("features", iq, "--out", out, "--png", picture, "--power")
                        .err())
                .contains("--png draws decibels");
        assertThat(Run.heimdall("features", iq, real, "--out", directory.resolve("all"), "--png", picture)
                        .err())
                .contains("--png draws the features of one recording");
    }

    @Test
    void everyFlagReachesTheSpectrum() throws IOException {
        Run run = Run.heimdall(
                "features",
                iq,
                "--out",
                out,
                "--folded",
                "--scale",
                "htk",
                "--fft",
                512,
                "--hop",
                100,
                "--mels",
                20,
                "--frames",
                "all",
                "--power",
                "--rate",
                8000);

        FeatureParameters parameters =
                FeatureParameters.parse("mel-1 fft=512 hop=100 mels=20 frames=0 scale=htk sides=folded");
        FeatureExtractor extractor = FeatureExtractor.of(parameters, 8000);
        float[] expected = new float[extractor.size(SAMPLES)];
        extractor.power(Recordings.of(noise(2 * SAMPLES), true, 8000), expected, extractor.newScratch());
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(written(20, 91)).isEqualTo(expected);
    }

    @Test
    void aRealRecordingHasTwoEqualSides() throws IOException {
        Run run = Run.heimdall("features", real, "--out", out, "--two-sided", "--scale", "audio");

        assertThat(run.exit()).as(run.err()).isZero();
        float[] mel = written(128, 32);
        for (int band = 0; band < 64; band++) {
            assertThat(mel[band * 32]).isCloseTo(mel[(127 - band) * 32], within(1e-4f));
        }
        float[] pairs = new float[2 * SAMPLES];
        float[] values = noise(SAMPLES);
        for (int i = 0; i < SAMPLES; i++) {
            pairs[2 * i] = values[i];
        }
        FeatureExtractor extractor = FeatureExtractor.of(FeatureParameters.network(), Double.NaN);
        float[] expected = new float[extractor.size()];
        extractor.extract(Recordings.of(pairs, true, 1), 0, expected, extractor.newScratch());
        assertThat(mel).isEqualTo(expected);
    }

    @Test
    void rawSamplesAreReadAsAsked() throws IOException {
        Path raw = Files.write(directory.resolve("capture.bin"), new byte[20_000]);

        Run run = Run.heimdall("features", raw, "--out", out, "--format", "cs8", "--rate", 2e6, "--json");

        assertThat(run.exit()).as(run.err()).isZero();
        JsonNode result = new ObjectMapper().readTree(run.lastLine());
        assertThat(result.get("samples").asLong()).isEqualTo(10_000);
        assertThat(result.get("shape")).hasToString("[128,32]");
        assertThat(result.get("sample_rate_hz").asDouble()).isEqualTo(2e6);
        assertThat(result.get("parameters").asText())
                .isEqualTo(FeatureParameters.network().canonical());
        assertThat(run.out().lines()).hasSize(1);
        assertThat(written(128, 32)).containsOnly(FeatureParameters.FLOOR_DB);
    }

    @Test
    void wrongUsageIsToldInTwoLines() {
        wrong("iq.npy is complex", "features", iq, "--out", out, "--real");
        wrong("--out", "features", iq);
        wrong("neither a number from 1 nor 'all'", "features", iq, "--out", out, "--frames", "0");
        wrong("FFT length 1 is not in 2..", "features", iq, "--out", out, "--fft", "1");
        wrong("'bark'", "features", iq, "--out", out, "--scale", "bark");
        wrong("mutually exclusive", "features", iq, "--out", out, "--real", "--folded");
        wrong("not one of", "features", iq, "--out", out, "--format", "mp3");
        wrong("rate -1 is not a number in 1..1e10", "features", iq, "--out", out, "--rate", "-1");
    }

    @Test
    void faultsOfFilesAreToldInOneLineAndLeaveNothing() throws IOException {
        Path broken = Files.write(directory.resolve("broken.npy"), Arrays.copyOf(Files.readAllBytes(iq), 1000));
        NpyWriter.writeComplex(directory.resolve("short.npy"), new float[20]);

        failed("broken.npy", "features", broken, "--out", out);
        failed("short", "features", directory.resolve("short.npy"), "--out", out);
        failed("none.npy", "features", directory.resolve("none.npy"), "--out", out);
        failed("nowhere: no such file or directory", "features", iq, "--out", directory.resolve("nowhere/mel.npy"));
        assertThat(out).doesNotExist();
    }

    @Test
    void debugShowsWhereAFailureCameFrom() {
        Run run = Run.heimdall("features", directory.resolve("none.npy"), "--out", out, "--debug");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("\tat io.heimdall.");
    }

    private static void wrong(String message, Object... args) {
        Run run = Run.heimdall(args);
        assertThat(run.exit()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(message);
        assertThat(run.err().lines()).hasSize(2);
    }

    private static void failed(String message, Object... args) {
        Run run = Run.heimdall(args);
        assertThat(run.exit()).as(run.err()).isEqualTo(1);
        assertThat(run.err()).startsWith("heimdall: ").contains(message);
        assertThat(run.err().lines()).hasSize(1);
    }

    private float[] expected(FeatureParameters parameters, double rateHz, boolean complex) throws IOException {
        FeatureExtractor extractor = FeatureExtractor.of(parameters, rateHz);
        float[] expected = new float[extractor.size()];
        float[] samples = noise(complex ? 2 * SAMPLES : SAMPLES);
        Recording recording = Recordings.of(samples, complex, complex ? 1 : rateHz);
        assertThat(parameters.sides() == Sides.REAL).isEqualTo(!complex);
        extractor.extract(recording, 0, expected, extractor.newScratch());
        return expected;
    }

    /** Reads the file's numbers without the reader, after its header, which ends in a new line. */
    private float[] written(int bands, int frames) throws IOException {
        byte[] bytes = Files.readAllBytes(out);
        int header = 10 + ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getShort(8);
        assertThat(new String(bytes, 10, header - 10, StandardCharsets.ISO_8859_1))
                .contains("'<f4'", "(" + bands + ", " + frames + ")");
        float[] values = new float[bands * frames];
        ByteBuffer.wrap(bytes, header, bytes.length - header)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        assertThat(bytes).hasSize(header + 4 * values.length);
        return values;
    }

    private static float[] noise(int length) {
        Random random = new Random(7);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }
}
