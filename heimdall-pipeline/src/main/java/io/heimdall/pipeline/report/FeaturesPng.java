package io.heimdall.pipeline.report;

import io.heimdall.files.WholeFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;

/**
 * Draws features as networks read them, band 0 at the top and a column for each frame, as a PNG file of 800 x 590
 * pixels.
 */
public final class FeaturesPng {
    private static final int WIDTH = 800;
    private static final int HEIGHT = 590;
    private static final int LEFT = 96;
    private static final int TOP = 20;
    private static final int PLOT_WIDTH = 552;
    private static final int PLOT_HEIGHT = 480;
    private static final int SCALE = 3;
    private static final int PAPER = 0xffffff;
    private static final int INK = 0x1d2733;
    private static final int SOFT = 0x5b6776;

    private final PngImage image = new PngImage(WIDTH, HEIGHT, PAPER);
    private final Glyphs glyphs = Glyphs.load();

    private FeaturesPng() {}

    /**
     * Writes the picture, aside first and then renamed; its colours go from the lowest level to the highest.
     *
     * @param file the file, replaced where there is one
     * @param features row-major {@code [bands][frames]}, in decibels
     * @param bands from 1
     * @param frames from 1
     * @throws IOException if the file cannot be written; an older one then stays as it was
     */
    public static void write(Path file, float[] features, int bands, int frames) throws IOException {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float level : features) {
            low = Math.min(low, level);
            high = Math.max(high, level);
        }
        FeaturesPng picture = new FeaturesPng();
        picture.drawFeatures(features, bands, frames, low, Math.max(high, low + 1));
        picture.drawNumbers(bands, frames);
        picture.drawLevels(low, Math.max(high, low + 1));
        picture.drawNames();
        WholeFile.write(file, picture.image.encoded());
    }

    private void drawFeatures(float[] features, int bands, int frames, float low, float high) {
        for (int y = 0; y < PLOT_HEIGHT; y++) {
            int row = y * bands / PLOT_HEIGHT;
            for (int x = 0; x < PLOT_WIDTH; x++) {
                int column = (int) ((long) x * frames / PLOT_WIDTH);
                image.set(LEFT + x, TOP + y, Palette.rgb((features[row * frames + column] - low) / (high - low)));
            }
        }
    }

    private void drawNumbers(int bands, int frames) {
        for (BigDecimal tick : Ticks.between(0, bands - 1, 8)) {
            int y = TOP + (int) ((tick.doubleValue() + 0.5) / bands * PLOT_HEIGHT);
            String text = tick.toPlainString();
            image.fill(LEFT - 6, y, 6, 1, INK);
            glyphs.draw(image, text, LEFT - 10 - glyphs.width(text, SCALE), y - glyphs.height(SCALE) / 2, SCALE, INK);
        }
        for (BigDecimal tick : Ticks.between(0, frames - 1, 8)) {
            int x = LEFT + (int) ((tick.doubleValue() + 0.5) / frames * PLOT_WIDTH);
            String text = tick.toPlainString();
            image.fill(x, TOP + PLOT_HEIGHT, 1, 6, INK);
            glyphs.draw(image, text, x - glyphs.width(text, SCALE) / 2, TOP + PLOT_HEIGHT + 12, SCALE, INK);
        }
    }

    private void drawNames() {
        int bottom = TOP + PLOT_HEIGHT + 12;
        glyphs.draw(image, "band", LEFT - 16 - glyphs.width("band", SCALE), bottom, SCALE, SOFT);
        int middle = LEFT + (PLOT_WIDTH - glyphs.width("frame", SCALE)) / 2;
        glyphs.draw(image, "frame", middle, bottom + 28, SCALE, SOFT);
        glyphs.draw(image, "dB", LEFT + PLOT_WIDTH + 14, bottom, SCALE, SOFT);
    }

    private void drawLevels(float low, float high) {
        int left = LEFT + PLOT_WIDTH + 14;
        for (int y = 0; y < PLOT_HEIGHT; y++) {
            image.fill(left, TOP + y, 18, 1, Palette.rgb(1 - y / (PLOT_HEIGHT - 1.0)));
        }
        for (BigDecimal tick : Ticks.between(low, high, 8)) {
            int y = TOP + (int) Math.round((high - tick.doubleValue()) / (high - low) * (PLOT_HEIGHT - 1));
            image.fill(left + 18, y, 6, 1, INK);
            glyphs.draw(image, tick.toPlainString(), left + 28, y - glyphs.height(SCALE) / 2, SCALE, INK);
        }
    }
}
