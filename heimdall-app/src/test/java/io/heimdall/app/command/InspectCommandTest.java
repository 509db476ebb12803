package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.app.Run;
import io.heimdall.features.recording.NpyWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
    private static final double RATE = 12_001.25;

    @TempDir
    private Path directory;

    /** A tone of -20 dBFS, 1500 Hz above the tuned frequency, in noise of -50 dBFS. */
    private static short[] tone(int samples) {
        Random random = new Random(1);
        short[] iq = new short[2 * samples];
        for (int n = 0; n < samples; n++) {
            double phase = 2 * Math.PI * 1500 / RATE * n;
            iq[2 * n] = (short) (3276.8 * Math.cos(phase) + 73.3 * random.nextGaussian());
            iq[2 * n + 1] = (short) (3276.8 * Math.sin(phase) + 73.3 * random.nextGaussian());
        }
        return iq;
    }

    /** As a KiwiSDR writes it, 40 blocks of 512 samples, with two packets lost before block 21. */
    private Path kiwi() throws IOException {
        short[] iq = tone(40 * 512);
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        chunks.write("WAVE".getBytes(StandardCharsets.US_ASCII));
        chunks.write(chunk(
                "fmt ",
                buffer(16)
                        .putShort((short) 1)
                        .putShort((short) 2)
                        .putInt(12_001)
                        .putInt(48_004)
                        .putShort((short) 4)
                        .putShort((short) 16)));
        for (int block = 0; block < 40; block++) {
            double second = 211_331 + (block + (block > 20 ? 2 : 0)) * 512 / RATE;
            chunks.write(chunk(
                    "kiwi", buffer(10).putShort((short) 1).putInt((int) second).putInt((int)
                            Math.round((second - (int) second) * 1e9))));
            ByteBuffer samples = buffer(2048);
            samples.asShortBuffer().put(iq, block * 1024, 1024);
            chunks.write(chunk("data", samples));
        }
        Path file = directory.resolve("20240109T104156Z_77500_X_iq.wav");
        byte[] body = chunks.toByteArray();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(chunk("RIFF", ByteBuffer.wrap(body)));
        return Files.write(file, whole.toByteArray());
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] chunk(String id, ByteBuffer content) {
        return buffer(8 + content.capacity())
                .put(id.getBytes(StandardCharsets.US_ASCII))
                .putInt(content.capacity())
                .put(content.rewind())
                .array();
    }

    @Test
    void oneRecordingIsDescribed() throws IOException {
        Run run = Run.heimdall("inspect", kiwi());

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("format            wav, 16 bit IQ")
                .contains("rate              12.0012")
                .contains("duration          1.71 s (20480 samples)")
                .contains("centre frequency  77.5 kHz")
                .contains("level             -20.0 dBFS")
                .contains("clipping          0 % of the samples")
                .contains("signal to noise   30.")
                .contains("gaps              1, 85.3 ms missing: 85.3 ms at 896 ms");
    }

    @Test
    void jsonHoldsEveryNumber() throws IOException {
        Run run = Run.heimdall("inspect", kiwi(), "--json");

        JsonNode all = new ObjectMapper().readTree(run.lastLine()).get("recordings");
        assertThat(all).hasSize(1);
        JsonNode json = all.get(0);
        assertThat(json.get("format").asText()).isEqualTo("wav");
        assertThat(json.get("sample_rate_hz").asDouble()).isCloseTo(RATE, within(1e-3));
        assertThat(json.get("center_frequency_hz").asDouble()).isEqualTo(77_500);
        assertThat(json.get("start_time").asText()).startsWith("2024-01-09T10:41:");
        assertThat(json.get("position").isNull()).isTrue();
        assertThat(json.get("snr_db").asDouble()).isCloseTo(30, within(0.3));
        assertThat(json.get("frequency_offset_hz").asDouble()).isCloseTo(1500, within(3.0));
        assertThat(json.get("gaps").get(0).get("sample").asInt()).isEqualTo(21 * 512);
        assertThat(json.get("gaps").get(0).get("missing_s").asDouble()).isCloseTo(1024 / RATE, within(1e-5));
    }

    /** A recorder that was killed: its time is none, its size that of a longer file. */
    private Path killed() throws IOException {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        chunks.write("WAVE".getBytes(StandardCharsets.US_ASCII));
        chunks.write(chunk(
                "fmt ",
                buffer(16)
                        .putShort((short) 1)
                        .putShort((short) 2)
                        .putInt(250_000)
                        .putInt(1_000_000)
                        .putShort((short) 4)
                        .putShort((short) 16)));
        ByteBuffer auxi = buffer(68).putShort((short) 2021).putShort((short) 13).putInt(32, 7_100_000);
        chunks.write(chunk("auxi", auxi));
        ByteBuffer samples = buffer(4000);
        samples.asShortBuffer().put(tone(1000));
        byte[] data = chunk("data", samples);
        data[5] = 0x7f;
        chunks.write(data, 0, data.length - 5);
        return Files.write(directory.resolve("killed.wav"), chunk("RIFF", ByteBuffer.wrap(chunks.toByteArray())));
    }

    @Test
    void whatIsNotUnderstoodIsWarnedOf() throws IOException {
        Path file = killed();
        Path html = directory.resolve("killed.html");
        Run one = Run.heimdall("inspect", file, "--html", html);
        assertThat(one.exit()).as(one.err()).isZero();
        assertThat(one.out())
                .contains(
                        "duration          3.99 ms (998 samples)",
                        "centre frequency  7.1 MHz",
                        "start             unknown")
                .containsPattern("warning 1 +the auxi chunk gives 2021-13-00 00:00:00 as the start, which is no time")
                .containsPattern("warning 2 +the file gives \\d+ bytes as the size of its samples")
                .doesNotContain("Exception");
        assertThat(Files.readString(html)).contains("as the size of its samples");

        Run table = Run.heimdall("inspect", file, kiwi());
        assertThat(table.out().lines()).hasSize(3);
        assertThat(table.err()).contains(file + ": warning: the file gives", file + ": warning: the auxi chunk");
        assertThat(table.err().lines()).hasSize(2);

        JsonNode json = new ObjectMapper()
                .readTree(Run.heimdall("inspect", file, kiwi(), "--json").lastLine())
                .get("recordings");
        assertThat(json.get(0).get("warnings")).hasSize(2);
        assertThat(json.get(0).get("warnings").get(0).isTextual()).isTrue();
        assertThat(json.get(1).get("warnings")).isEmpty();
    }

    @Test
    void severalGiveATableAndWhatCannotBeReadIsSaid() throws IOException {
        Path npy = directory.resolve("b.npy");
        NpyWriter.writeComplex(npy, new float[2000]);
        Path text = Files.writeString(directory.resolve("c.txt"), "hello");
        Run run = Run.heimdall("inspect", kiwi(), npy, text, directory.resolve("none.wav"));

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out().lines()).hasSize(3);
        assertThat(run.out()).contains("recording", "level", "12.0012", "b.npy", "-200.0");
        assertThat(run.err()).contains("c.txt: found no format").contains("none.wav");
        JsonNode json = new ObjectMapper()
                .readTree(Run.heimdall("inspect", npy, text, "--json").lastLine())
                .get("recordings");
        assertThat(json.get(1).get("error").asText()).contains("no format");
    }

    @Test
    void picturesAreDrawn() throws IOException {
        Path png = directory.resolve("a.png");
        Path html = directory.resolve("a.html");
        Run run = Run.heimdall("inspect", kiwi(), "--png", png, "--html", html);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(Files.readAllBytes(png)).startsWith(0x89, 'P', 'N', 'G');
        assertThat(Files.readString(html)).contains("signal to noise", "kHz from 77.5 kHz");
    }

    @Test
    void streamsOfACollectionAreAllShown() throws IOException {
        for (String name : new String[] {"east", "west"}) {
            Files.write(directory.resolve(name + ".sigmf-data"), new byte[400]);
            Files.writeString(
                    directory.resolve(name + ".sigmf-meta"),
                    "{\"global\": {\"core:datatype\": \"ci8\", \"core:sample_rate\": 1000, \"core:geolocation\":"
                            + " {\"type\": \"Point\", \"coordinates\": [7.29, -45.02, 600]}}}");
        }
        Path both = Files.writeString(
                directory.resolve("x.sigmf-collection"),
                "{\"collection\": {\"core:streams\": [{\"name\": \"east\"}, {\"name\": \"west\"}]}}");
        Run run = Run.heimdall("inspect", both);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("x.sigmf-collection east", "x.sigmf-collection west");
        Run one = Run.heimdall("inspect", both, "--stream", "west");
        assertThat(one.out()).contains("position          45.02000 S, 7.29000 E, 600 m");
        Run png = Run.heimdall("inspect", both, "--png", directory.resolve("x.png"));
        assertThat(png.exit()).isEqualTo(2);
        assertThat(png.err()).contains("--png draws one recording, not 2");
    }

    @Test
    void wrongUsageAndMissingFilesAreNamed() throws IOException {
        assertThat(Run.heimdall("inspect").exit()).isEqualTo(2);
        Run missing = Run.heimdall("inspect", directory.resolve("none.npy"));
        assertThat(missing.exit()).isEqualTo(1);
        assertThat(missing.err()).contains("none.npy: no such file");
        assertThat(Run.heimdall("inspect", kiwi(), "--rate", "-1").exit()).isEqualTo(2);
        assertThat(Run.heimdall("inspect", kiwi(), "--format", "no").exit()).isEqualTo(2);
        Run folder = Run.heimdall("inspect", kiwi(), "--html", directory.resolve("no/such/a.html"));
        assertThat(folder.exit()).isEqualTo(1);
        assertThat(folder.err()).contains("no/such: no such file or directory");
    }
}
