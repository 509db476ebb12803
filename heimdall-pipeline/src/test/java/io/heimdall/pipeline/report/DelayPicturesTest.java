package io.heimdall.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.features.delay.DelayEstimate;
import io.heimdall.features.delay.DelayEstimator;
import io.heimdall.features.delay.TimedRecording;
import io.heimdall.features.recording.Recordings;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DelayPicturesTest {
    private static final double RATE = 10_000;

    @TempDir
    Path folder;

    /** A delay of 10 samples, 1 ms, of the 3.3 ms that are searched either way. */
    private static DelayEstimate estimate() throws IOException {
        Random random = new Random(3);
        float[] iq = new float[40_000];
        for (int i = 0; i < iq.length; i++) {
            iq[i] = (float) (0.1 * random.nextGaussian());
        }
        float[] early = Arrays.copyOfRange(iq, 20, iq.length);
        float[] late = Arrays.copyOf(iq, iq.length - 20);
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        return (DelayEstimate) DelayEstimator.withinMetres(1_000_000)
                .estimate(
                        new TimedRecording(Recordings.of(late, true, RATE), start, 1e-7, 0),
                        new TimedRecording(Recordings.of(early, true, RATE), start, 1e-7, 0));
    }

    @Test
    void thePeakStandsWhereTheDelayIs() throws IOException {
        Path file = folder.resolve("a.png");
        DelayPng.write(file, estimate());
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo(1240);
        assertThat(image.getHeight()).isEqualTo(800);
        // The plot is 1076 pixels wide from 84 on, from -3.3 to 3.3 ms.
        int peak = 84 + (int) (1076 * (3.336 + 1) / (2 * 3.336));
        assertThat(firstRow(image, peak - 2, peak + 2)).isLessThan(40);
        assertThat(firstRow(image, peak + 200, peak + 204)).isGreaterThan(200);
    }

    /** Returns the highest row of the upper plot that the curve reaches. */
    private static int firstRow(BufferedImage image, int from, int to) {
        for (int y = 20; y < 320; y++) {
            for (int x = from; x <= to; x++) {
                if ((image.getRGB(x, y) & 0xffffff) == 0x1f6feb) {
                    return y;
                }
            }
        }
        return Integer.MAX_VALUE;
    }

    @Test
    void thePageHoldsFactsAndTheCurve() throws IOException {
        Path file = folder.resolve("a.html");
        DelayPage.write(file, "a & b", Map.of("delay", "1 ms <later>"), estimate());
        String page = Files.readString(file);
        assertThat(page)
                .contains("<h1>a &amp; b</h1>", "<th>delay<td>1 ms &lt;later&gt;", "delay / ms")
                .doesNotContain("@data@");
        Matcher data = Pattern.compile("const d = (\\{.*\\});").matcher(page);
        assertThat(data.find()).isTrue();
        JsonNode json = new ObjectMapper().readTree(data.group(1));
        int peak = (int)
                Math.round((1 - json.get("first").asDouble()) / json.get("step").asDouble());
        assertThat(json.get("heights").get(peak).asDouble()).isGreaterThan(0.99);
        assertThat(json.get("peak").asDouble()).isBetween(0.99, 1.01);
    }
}
