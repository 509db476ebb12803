package io.heimdall.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.features.quality.RecordingSurvey;
import io.heimdall.features.recording.Recordings;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pictures are read back by Java's own reader of PNG files, which knows nothing of ours. */
class RecordingPicturesTest {
    private static final double RATE = 48_000;

    @TempDir
    Path folder;

    /** Noise, and a tone at a quarter of the band above 0 Hz in the second half. */
    private static RecordingSurvey survey(int samples) throws IOException {
        Random random = new Random(3);
        float[] iq = new float[2 * samples];
        for (int n = 0; n < samples; n++) {
            double amplitude = n < samples / 2 ? 0 : 0.5;
            iq[2 * n] = (float) (amplitude * Math.cos(2 * Math.PI * 0.125 * n) + 1e-3 * random.nextGaussian());
            iq[2 * n + 1] = (float) (amplitude * Math.sin(2 * Math.PI * 0.125 * n) + 1e-3 * random.nextGaussian());
        }
        return RecordingSurvey.of(Recordings.of(iq, true, RATE), 200);
    }

    private static int brightness(int rgb) {
        return (rgb >> 16 & 0xff) + (rgb >> 8 & 0xff);
    }

    @Test
    void theTonesPlaceAndTimeAreBright() throws IOException {
        Path file = folder.resolve("a.png");
        SpectrogramPng.write(file, survey(400_000));
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo(1260);
        assertThat(image.getHeight()).isEqualTo(800);
        // The plot is 1000 pixels wide from 128 on: the tone stands at 5/8 of it.
        int tone = 128 + 625;
        int early = 350;
        int late = 650;
        assertThat(brightness(image.getRGB(tone, late))).isGreaterThan(brightness(image.getRGB(tone, early)) + 200);
        assertThat(brightness(image.getRGB(tone, late)))
                .isGreaterThan(brightness(image.getRGB(tone - 100, late)) + 200);
        // Axes have numbers: there is ink left of the plot and below it.
        assertThat(IntStream.range(0, 80).mapToLong(x -> inkInColumn(image, x)).sum())
                .isGreaterThan(200);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void eachFeatureIsABlockOfItsColour() throws IOException {
        Path file = folder.resolve("features.png");
        float[] features = new float[8 * 4];
        features[3 * 4 + 1] = 40;
        FeaturesPng.write(file, features, 8, 4);
        BufferedImage image = ImageIO.read(file.toFile());
        // The plot is 552 x 480 pixels from (96, 20) on: blocks of 138 x 60.
        assertThat(image.getRGB(96 + 138 + 70, 20 + 3 * 60 + 30) & 0xffffff).isEqualTo(0xfde725);
        assertThat(image.getRGB(96 + 138 - 2, 20 + 3 * 60 + 30) & 0xffffff).isEqualTo(0x440154);
        assertThat(image.getRGB(96 + 138 + 70, 20 + 4 * 60 + 2) & 0xffffff).isEqualTo(0x440154);
        FeaturesPng.write(file, new float[4], 2, 2);
        assertThat(ImageIO.read(file.toFile()).getRGB(102, 30) & 0xffffff).isEqualTo(0x440154);
    }

    private static long inkInColumn(BufferedImage image, int x) {
        return IntStream.range(0, image.getHeight())
                .filter(y -> (image.getRGB(x, y) & 0xffffff) == 0x1d2733)
                .count();
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "20", "3000"})
    void shortRecordingsHavePicturesToo(int samples) throws IOException {
        Path png = folder.resolve("s.png");
        Path html = folder.resolve("s.html");
        SpectrogramPng.write(png, survey(samples));
        RecordingPage.write(html, List.of(new RecordingPage.Entry("s", Map.of(), survey(samples))));
        assertThat(ImageIO.read(png.toFile()).getWidth()).isEqualTo(1260);
        String data = Files.readString(html)
                .lines()
                .filter(line -> line.startsWith("<script>const recordings = "))
                .findFirst()
                .orElseThrow();
        assertThat(data).contains("\"levels\":").doesNotContain("NaN", "Infinity");
    }

    @Test
    void aPictureThatCannotBeWrittenLeavesNothing() throws IOException {
        Path file = folder.resolve("no/such/a.png");
        RecordingSurvey survey = survey(3000);
        assertThatThrownBy(() -> SpectrogramPng.write(file, survey)).isInstanceOf(NoSuchFileException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void thePageFetchesNothingAndHoldsThePicture() throws IOException {
        Path file = folder.resolve("a.html");
        String hostile = "</script><script>alert(1)</script>";
        RecordingPage.write(
                file,
                List.of(
                        new RecordingPage.Entry("first.wav", Map.of("level", "-20 dBFS"), survey(50_000)),
                        new RecordingPage.Entry(hostile, Map.of(hostile, hostile), survey(50_000))));
        String html = Files.readString(file);
        assertThat(html)
                .contains("2 recordings", "first.wav", "<th>level<td>-20 dBFS", "Apache License", "id=canvas1")
                .doesNotContain("<script>alert")
                .doesNotContainPattern("(?m)^<(script|link|img)[^>]*(src|href)=");
        Matcher picture =
                Pattern.compile("data:image/png;base64,([A-Za-z0-9+/=]+)").matcher(html);
        assertThat(picture.find()).isTrue();
        byte[] png = Base64.getDecoder().decode(picture.group(1));
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(image.getWidth()).isEqualTo(1024);
        int tone = 1024 * 5 / 8;
        assertThat(image.getRaster().getSample(tone, image.getHeight() - 5, 0)).isGreaterThan(240);
        assertThat(image.getRaster().getSample(tone, 5, 0)).isLessThan(120);
    }

    @ParameterizedTest
    @CsvSource({
        "-6, 6, 10, '-6 -4 -2 0 2 4 6'",
        "0, 29.3, 8, '0 5 10 15 20 25'",
        "-0.5, 0.5, 10, '-0.5 -0.4 -0.3 -0.2 -0.1 0 0.1 0.2 0.3 0.4 0.5'",
        "0, 0.003, 4, '0 0.001 0.002 0.003'",
        "-130, -20, 6, '-120 -100 -80 -60 -40 -20'",
        "5, 5, 6, ''",
    })
    void ticksAreRoundNumbers(double from, double to, int most, String expected) {
        assertThat(Ticks.between(from, to, most).stream().map(t -> t.toPlainString()))
                .containsExactly(expected.isEmpty() ? new String[0] : expected.split(" "));
    }

    @Test
    void lettersAreDrawnAsTheyAreInTheFile() {
        Glyphs glyphs = Glyphs.load();
        PngImage image = new PngImage(40, 7, 0);
        glyphs.draw(image, "1 -", 0, 0, 1, 1);
        StringBuilder drawn = new StringBuilder();
        for (int y = 0; y < 7; y++) {
            for (int x = 0; x < 17; x++) {
                drawn.append(image.get(x, y) == 1 ? '#' : '.');
            }
            drawn.append('\n');
        }
        assertThat(drawn).hasToString("""
                ..#..............
                .##..............
                ..#..............
                ..#.........#####
                ..#..............
                ..#..............
                .###.............
                """);
        assertThat(glyphs.width("1 -", 2)).isEqualTo(34);
        for (char needed : "0123456789-.kMGHzsmindBFSfroe cyplatb".toCharArray()) {
            PngImage one = new PngImage(5, 7, 0);
            glyphs.draw(one, String.valueOf(needed), 0, 0, 1, 1);
            boolean any = IntStream.range(0, 35).anyMatch(i -> one.get(i % 5, i / 5) == 1);
            assertThat(any).as("'" + needed + "'").isEqualTo(needed != ' ');
        }
    }
}
