package io.heimdall.pipeline.report;

import io.heimdall.features.quality.RecordingSurvey;
import io.heimdall.files.WholeFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;

/** Draws a recording's spectrum, and below it the spectrum over time, as a PNG file of 1260 x 800 pixels. */
public final class SpectrogramPng {
    private static final int WIDTH = 1260;
    private static final int HEIGHT = 800;
    private static final int LEFT = 128;
    private static final int PLOT_WIDTH = WIDTH - LEFT - 132;
    private static final int SPECTRUM_TOP = 20;
    private static final int SPECTRUM_HEIGHT = 220;
    private static final int TIME_TOP = 270;
    private static final int TIME_HEIGHT = 462;
    private static final int SCALE = 3;

    private static final int PAPER = 0xffffff;
    private static final int INK = 0x1d2733;
    private static final int SOFT = 0x5b6776;
    private static final int LINE = 0xdde3ea;
    private static final int ACCENT = 0x1f6feb;

    private final PngImage image = new PngImage(WIDTH, HEIGHT, PAPER);
    private final Glyphs glyphs = Glyphs.load();
    private final RecordingSurvey survey;
    private final SpectrumScale scale;

    private SpectrogramPng(RecordingSurvey survey) {
        this.survey = survey;
        scale = SpectrumScale.of(survey);
    }

    /**
     * Writes the picture, aside first and then renamed.
     *
     * @param file the file, replaced where there is one
     * @param survey some hundred times look best
     * @throws IOException if the file cannot be written; an older one then stays as it was
     */
    public static void write(Path file, RecordingSurvey survey) throws IOException {
        SpectrogramPng picture = new SpectrogramPng(survey);
        picture.drawSpectrum();
        picture.drawTimes();
        picture.drawFrequencies();
        picture.drawLevels();
        WholeFile.write(file, picture.image.encoded());
    }

    private void drawSpectrum() {
        double low = 10 * Math.floor((scale.lowDb() - 3) / 10);
        double high = 10 * Math.ceil((scale.highDb() + 3) / 10);
        for (BigDecimal tick : Ticks.between(low, high, 6)) {
            int y = level(tick.doubleValue(), low, high);
            image.fill(LEFT, y, PLOT_WIDTH, 1, LINE);
            right(tick.toPlainString(), LEFT - 10, y);
        }
        float[] lines = survey.spectrumDb();
        int previous = -1;
        for (int x = 0; x < PLOT_WIDTH; x++) {
            int y = level(largest(lines, x), low, high);
            int from = previous < 0 ? y : Math.min(previous, y);
            int to = previous < 0 ? y : Math.max(previous, y);
            image.fill(LEFT + x, from, 1, to - from + 2, ACCENT);
            previous = y;
        }
        glyphs.draw(image, "dBFS", LEFT + PLOT_WIDTH + 14, SPECTRUM_TOP, SCALE, SOFT);
    }

    private static int level(double decibels, double low, double high) {
        double share = Math.min(1, Math.max(0, (high - decibels) / (high - low)));
        return SPECTRUM_TOP + (int) Math.round(share * (SPECTRUM_HEIGHT - 1));
    }

    private void drawTimes() {
        for (int y = 0; y < TIME_HEIGHT && survey.columns() > 0; y++) {
            float[] lines = survey.columnDb((int) ((long) y * survey.columns() / TIME_HEIGHT));
            for (int x = 0; x < PLOT_WIDTH; x++) {
                image.set(LEFT + x, TIME_TOP + y, Palette.rgb(scale.share(largest(lines, x))));
            }
        }
        for (BigDecimal tick : Ticks.between(0, scale.timeTo(), 8)) {
            int y = TIME_TOP + (int) Math.round(tick.doubleValue() / scale.timeTo() * (TIME_HEIGHT - 1));
            image.fill(LEFT - 6, y, 6, 1, INK);
            right(tick.toPlainString(), LEFT - 10, y);
        }
        int left = LEFT - 10 - glyphs.width(scale.timeUnit(), SCALE);
        glyphs.draw(image, scale.timeUnit(), left, TIME_TOP + TIME_HEIGHT + 40, SCALE, SOFT);
    }

    private void drawFrequencies() {
        int bottom = TIME_TOP + TIME_HEIGHT;
        for (BigDecimal tick : Ticks.between(scale.frequencyFrom(), scale.frequencyTo(), 6)) {
            double share = (tick.doubleValue() - scale.frequencyFrom()) / (scale.frequencyTo() - scale.frequencyFrom());
            int x = LEFT + (int) Math.round(share * (PLOT_WIDTH - 1));
            image.fill(x, SPECTRUM_TOP + SPECTRUM_HEIGHT, 1, 6, INK);
            image.fill(x, bottom, 1, 6, INK);
            String text = tick.toPlainString();
            glyphs.draw(image, text, x - glyphs.width(text, SCALE) / 2, bottom + 12, SCALE, INK);
        }
        String name = scale.frequencyName();
        int left = LEFT + (PLOT_WIDTH - glyphs.width(name, SCALE)) / 2;
        glyphs.draw(image, name, left, bottom + 40, SCALE, SOFT);
        image.fill(LEFT, SPECTRUM_TOP + SPECTRUM_HEIGHT, PLOT_WIDTH, 1, INK);
    }

    private void drawLevels() {
        int left = LEFT + PLOT_WIDTH + 14;
        for (int y = 0; y < TIME_HEIGHT; y++) {
            image.fill(left, TIME_TOP + y, 18, 1, Palette.rgb(1 - y / (TIME_HEIGHT - 1.0)));
        }
        for (BigDecimal tick : Ticks.between(scale.lowDb(), scale.highDb(), 8)) {
            int y = TIME_TOP + (int) Math.round((1 - scale.share(tick.doubleValue())) * (TIME_HEIGHT - 1));
            image.fill(left + 18, y, 6, 1, INK);
            glyphs.draw(image, tick.toPlainString(), left + 28, y - glyphs.height(SCALE) / 2, SCALE, INK);
        }
        glyphs.draw(image, "dBFS", left, TIME_TOP - 26, SCALE, SOFT);
    }

    private void right(String text, int edge, int middle) {
        int top = middle - glyphs.height(SCALE) / 2;
        glyphs.draw(image, text, edge - glyphs.width(text, SCALE), top, SCALE, INK);
    }

    /** The highest level among the lines that fall on a pixel, so that no narrow signal is lost. */
    private static float largest(float[] lines, int x) {
        int from = (int) ((long) x * lines.length / PLOT_WIDTH);
        int to = (int) Math.max(from + 1, (long) (x + 1) * lines.length / PLOT_WIDTH);
        float largest = lines[from];
        for (int bin = from + 1; bin < to; bin++) {
            largest = Math.max(largest, lines[bin]);
        }
        return largest;
    }
}
