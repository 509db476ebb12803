package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.app.Run;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectDelayTest {
    private static final int RATE = 48_000;
    private static final int SAMPLES = 20_000;

    @TempDir
    private Path directory;

    private Path north;
    private Path south;

    /** The north hears the same noise 7 samples later, 200 km from the south. */
    @BeforeEach
    void record() throws IOException {
        north = recording("north", 93, 48.0, "2026-03-04T05:06:07Z", false);
        south = recording("south", 100, 46.2, "2026-03-04T05:06:07Z", false);
    }

    private Path recording(String name, int from, double latitude, String time, boolean carrier) throws IOException {
        Random signal = new Random(1);
        Random noise = new Random(name.hashCode());
        ByteBuffer iq = ByteBuffer.allocate(8 * SAMPLES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < SAMPLES + from; i++) {
            double re = carrier ? Math.cos(0.5 * i) : signal.nextGaussian();
            double im = carrier ? Math.sin(0.5 * i) : signal.nextGaussian();
            if (i >= from) {
                iq.putFloat((float) (0.1 * (re + 0.3 * noise.nextGaussian())));
                iq.putFloat((float) (0.1 * (im + 0.3 * noise.nextGaussian())));
            }
        }
        Files.write(directory.resolve(name + ".sigmf-data"), iq.array());
        String start = time == null ? "" : ", \"core:datetime\": \"" + time + "\"";
        return Files.writeString(
                directory.resolve(name + ".sigmf-meta"),
                "{\"global\": {\"core:datatype\": \"cf32_le\", \"core:sample_rate\": " + RATE
                        + ", \"core:version\": \"1.0.0\", \"core:geolocation\": {\"type\": \"Point\", \"coordinates\": [7.3, "
                        + latitude + "]}}, \"captures\": [{\"core:sample_start\": 0, \"core:frequency\": 145500000"
                        + start
                        + "}], \"annotations\": []}");
    }

    private static JsonNode delay(Run run) throws IOException {
        assertThat(run.exit()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.lastLine()).get("delay");
    }

    @Test
    void theFirstHearsLaterByWhatIsPositive() throws IOException {
        Run run = Run.heimdall("inspect", "--delay", north, south, "--clock-sigma", "1e-6,2e-6", "--json");
        JsonNode delay = delay(run);
        assertThat(delay.get("delay_s").asDouble()).isCloseTo(7.0 / RATE, within(1e-7));
        assertThat(delay.get("noise_sigma_s").asDouble()).isBetween(1e-9, 1e-7);
        assertThat(delay.get("clock_sigma_s").asDouble()).isCloseTo(Math.sqrt(5) * 1e-6, within(1e-10));
        assertThat(delay.get("searched_km").asDouble()).isCloseTo(204, within(1.0));
        assertThat(delay.get("time").asText()).startsWith("2026-03-04T05:06:07.2");
        assertThat(delay.get("recordings").get(0).asText()).endsWith("north.sigmf-meta");

        Run back = Run.heimdall("inspect", "--delay", south, north, "--clock-sigma", "1e-6", "--distance", "100");
        assertThat(back.exit()).as(back.err()).isZero();
        assertThat(back.out())
                .contains("delay             -145.", "the second hears it later, 43.7")
                .contains("searched          100.0 km either way")
                .contains("one sigma         1.41 us")
                .contains("coherence         0.8");
    }

    @Test
    void picturesAreDrawn() throws IOException {
        Path png = directory.resolve("a.png");
        Path html = directory.resolve("a.html");
        Run run =
                Run.heimdall("inspect", "--delay", north, south, "--clock-sigma", "1e-6", "--png", png, "--html", html);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(Files.readAllBytes(png)).startsWith(0x89, 'P', 'N', 'G');
        assertThat(Files.readString(html)).contains("the first hears it later", "\"heights\"");
    }

    @Test
    void aCarrierHasNoDelayAndNoPicture() throws IOException {
        Path a = recording("a", 0, 48, "2026-03-04T05:06:07Z", true);
        Path b = recording("b", 0, 46, "2026-03-04T05:06:07Z", true);
        Path png = directory.resolve("c.png");
        Run run = Run.heimdall("inspect", "--delay", a, b, "--clock-sigma", "1e-6", "--png", png, "--json");
        assertThat(delay(run).get("delay_s").isNull()).isTrue();
        assertThat(delay(run).get("reason").asText()).isEqualTo("carrier_alone");
        assertThat(run.err()).contains("none: both hear a carrier", "Nothing is drawn");
        assertThat(png).doesNotExist();
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        Run clock = Run.heimdall("inspect", "--delay", north, south);
        assertThat(clock.exit()).isEqualTo(2);
        assertThat(clock.err())
                .contains(
                        "north.sigmf-meta: does not state the standard deviation of its clock; give --clock-sigma SECONDS");

        Path silent = recording("silent", 0, 48, null, false);
        Run start = Run.heimdall("inspect", "--delay", north, silent, "--clock-sigma", "1e-6");
        assertThat(start.exit()).isEqualTo(2);
        assertThat(start.err()).contains("silent.sigmf-meta: does not state its start time");

        Run one = Run.heimdall("inspect", "--delay", north);
        assertThat(one.exit()).isEqualTo(2);
        assertThat(one.err()).contains("--delay compares two recordings, not 1");

        Run missing = Run.heimdall("inspect", "--delay", north, directory.resolve("none.npy"), "--clock-sigma", "1");
        assertThat(missing.exit()).isEqualTo(1);
        assertThat(missing.err()).contains("none.npy");
    }

    @Test
    void optionsOutOfTheirRangeAreNamed() throws IOException {
        for (String[] options : new String[][] {
            {"--clock-sigma", "0"}, {"--clock-sigma", "1,2,3"}, {"--distance", "-3"}, {"--ppm", "2000"}
        }) {
            Run run = Run.heimdall("inspect", "--delay", north, south, options[0], options[1]);
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err()).contains(options[0]).doesNotContain("Exception");
            Run alone = Run.heimdall("inspect", north, options[0], "1");
            assertThat(alone.exit()).isEqualTo(2);
            assertThat(alone.err()).contains(options[0] + " needs --delay");
        }
    }
}
