package io.heimdall.pipeline.report;

import io.heimdall.features.delay.DelayCurve;
import io.heimdall.features.delay.DelayEstimate;
import io.heimdall.files.WholeFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;

/**
 * Draws the cross-ambiguity of two recordings over the delay, whole and around its peak, as a PNG file of 1240 x 800 pixels.
 */
public final class DelayPng {
    private static final int WIDTH = 1240;
    private static final int HEIGHT = 800;
    private static final int LEFT = 84;
    private static final int PLOT_WIDTH = WIDTH - LEFT - 80;
    private static final int PLOT_HEIGHT = 290;
    private static final int WHOLE_TOP = 24;
    private static final int PEAK_TOP = 420;
    private static final int SCALE = 3;

    private static final int PAPER = 0xffffff;
    private static final int INK = 0x1d2733;
    private static final int SOFT = 0x5b6776;
    private static final int LINE = 0xdde3ea;
    private static final int BAND = 0xffe3b8;
    private static final int PEAK = 0xd1242f;
    private static final int ACCENT = 0x1f6feb;

    private final PngImage image = new PngImage(WIDTH, HEIGHT, PAPER);
    private final Glyphs glyphs = Glyphs.load();
    private final DelayEstimate estimate;
    private final DelayScale scale;

    private DelayPng(DelayEstimate estimate) {
        this.estimate = estimate;
        scale = DelayScale.of(estimate);
    }

    /**
     * Writes the picture, aside first and then renamed. The shaded band is one sigma by the signal to either side of the peak.
     *
     * @param file the file, replaced where there is one
     * @throws IOException if the file cannot be written; an older one then stays as it was
     */
    public static void write(Path file, DelayEstimate estimate) throws IOException {
        DelayPng picture = new DelayPng(estimate);
        picture.draw(WHOLE_TOP, picture.scale.wholeFrom(), picture.scale.wholeTo());
        picture.draw(PEAK_TOP, picture.scale.peakFrom(), picture.scale.peakTo());
        WholeFile.write(file, picture.image.encoded());
    }

    private void draw(int top, double from, double to) {
        double sigma = estimate.signalSigmaSeconds();
        int bandLeft = x(estimate.delaySeconds() - sigma, from, to);
        int bandRight = x(estimate.delaySeconds() + sigma, from, to);
        image.fill(bandLeft, top, Math.max(1, bandRight - bandLeft), PLOT_HEIGHT, BAND);
        for (BigDecimal tick : Ticks.between(0, 1, 5)) {
            int y = y(tick.doubleValue(), top);
            image.fill(LEFT, y, PLOT_WIDTH, 1, LINE);
            String text = tick.toPlainString();
            int left = LEFT - 10 - glyphs.width(text, SCALE);
            glyphs.draw(image, text, left, y - glyphs.height(SCALE) / 2, SCALE, INK);
        }
        image.fill(x(estimate.delaySeconds(), from, to), top, 1, PLOT_HEIGHT, PEAK);
        curve(top, from, to);
        for (BigDecimal tick : Ticks.between(from / scale.seconds(), to / scale.seconds(), 6)) {
            int x = x(tick.doubleValue() * scale.seconds(), from, to);
            image.fill(x, top + PLOT_HEIGHT, 1, 6, INK);
            String text = tick.toPlainString();
            glyphs.draw(image, text, x - glyphs.width(text, SCALE) / 2, top + PLOT_HEIGHT + 12, SCALE, INK);
        }
        int left = LEFT + (PLOT_WIDTH - glyphs.width(scale.name(), SCALE)) / 2;
        glyphs.draw(image, scale.name(), left, top + PLOT_HEIGHT + 38, SCALE, SOFT);
        image.fill(LEFT, top + PLOT_HEIGHT, PLOT_WIDTH, 1, INK);
    }

    /** Draws each pixel's column from the lowest to the highest point that falls on it, so that no peak is lost. */
    private void curve(int top, double from, double to) {
        DelayCurve curve = estimate.curve();
        double perPixel = (to - from) / PLOT_WIDTH;
        int steps = (int) Math.max(2, Math.min(64, Math.ceil(2 * perPixel / curve.stepSeconds())));
        for (int x = 0; x < PLOT_WIDTH; x++) {
            double low = 1;
            double high = 0;
            for (int i = 0; i <= steps; i++) {
                double height = curve.heightAt(from + (x + (double) i / steps) * perPixel);
                low = Math.min(low, height);
                high = Math.max(high, height);
            }
            int y = y(high, top);
            image.fill(LEFT + x, y, 1, y(low, top) - y + 2, ACCENT);
        }
    }

    private static int x(double delay, double from, double to) {
        double share = Math.min(1, Math.max(0, (delay - from) / (to - from)));
        return LEFT + (int) Math.round(share * (PLOT_WIDTH - 1));
    }

    private static int y(double height, int top) {
        return top + (int) Math.round((1 - Math.min(1, Math.max(0, height))) * (PLOT_HEIGHT - 1));
    }
}
