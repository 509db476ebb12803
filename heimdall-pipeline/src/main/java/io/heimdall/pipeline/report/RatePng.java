package io.heimdall.pipeline.report;

import io.heimdall.files.WholeFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalDouble;

/** Draws the loss over the learning rate, with the suggested rate, as a PNG file of 1240 x 640 pixels. */
public final class RatePng {
    private static final int WIDTH = 1240;
    private static final int HEIGHT = 640;
    private static final int LEFT = 130;
    private static final int TOP = 30;
    private static final int PLOT_WIDTH = WIDTH - LEFT - 50;
    private static final int PLOT_HEIGHT = HEIGHT - TOP - 100;
    private static final int SCALE = 3;

    private static final int PAPER = 0xffffff;
    private static final int INK = 0x1d2733;
    private static final int SOFT = 0x5b6776;
    private static final int LINE = 0xdde3ea;
    private static final int PEAK = 0xd1242f;
    private static final int ACCENT = 0x1f6feb;

    private final PngImage image = new PngImage(WIDTH, HEIGHT, PAPER);
    private final Glyphs glyphs = Glyphs.load();
    private final double[] rates;
    private final double[] losses;
    private final double low;
    private final double high;

    private RatePng(double[] rates, double[] losses) {
        this.rates = rates.clone();
        this.losses = losses.clone();
        low = Arrays.stream(losses).min().orElse(0);
        double most = Arrays.stream(losses).max().orElse(1);
        high = most > low ? Math.min(most, worthSeeing(losses, low)) : low + 1;
    }

    /** Returns the highest loss to draw: where the rate is too large the loss grows many times over, and would flatten all before. */
    private static double worthSeeing(double[] losses, double low) {
        double before = low;
        for (int i = 0; i < losses.length && losses[i] > low; i++) {
            before = Math.max(before, losses[i]);
        }
        return before > low ? before + (before - low) / 2 : Double.POSITIVE_INFINITY;
    }

    /**
     * Writes the picture, aside first and then renamed.
     *
     * @param rates rising, above 0, at least one
     * @param losses one for each rate, the curve
     * @param suggested the rate of the red line
     * @throws IOException if the file cannot be written; an older one then stays as it was
     */
    public static void write(Path file, double[] rates, double[] losses, OptionalDouble suggested) throws IOException {
        RatePng picture = new RatePng(rates, losses);
        picture.axes();
        suggested.ifPresent(rate -> picture.image.fill(picture.x(rate), TOP, 3, PLOT_HEIGHT, PEAK));
        picture.curve();
        WholeFile.write(file, picture.image.encoded());
    }

    private void axes() {
        for (BigDecimal tick : Ticks.between(low, high, 6)) {
            int y = y(tick.doubleValue());
            image.fill(LEFT, y, PLOT_WIDTH, 1, LINE);
            String text = tick.toPlainString();
            glyphs.draw(image, text, LEFT - 12 - glyphs.width(text, SCALE), y - glyphs.height(SCALE) / 2, SCALE, INK);
        }
        int last = (int) Math.floor(Math.log10(rates[rates.length - 1]) + 1e-9);
        for (int decade = (int) Math.ceil(Math.log10(rates[0]) - 1e-9); decade <= last; decade++) {
            int x = x(Math.pow(10, decade));
            image.fill(x, TOP, 1, PLOT_HEIGHT + 6, LINE);
            String text = decade == 0 ? "1" : "1e" + decade;
            glyphs.draw(image, text, x - glyphs.width(text, SCALE) / 2, TOP + PLOT_HEIGHT + 14, SCALE, INK);
        }
        image.fill(LEFT, TOP + PLOT_HEIGHT, PLOT_WIDTH, 1, INK);
        glyphs.draw(image, "loss", 12, 4, SCALE, SOFT);
        glyphs.draw(image, "rate", LEFT + (PLOT_WIDTH - glyphs.width("rate", SCALE)) / 2, HEIGHT - 40, SCALE, SOFT);
    }

    private void curve() {
        for (int i = 1; i < rates.length; i++) {
            int from = x(rates[i - 1]);
            int to = x(rates[i]);
            for (int x = from; x <= to; x++) {
                double share = to == from ? 0 : (double) (x - from) / (to - from);
                double loss = losses[i - 1] + share * (losses[i] - losses[i - 1]);
                if (loss <= high) {
                    image.fill(x, y(loss) - 1, 3, 3, ACCENT);
                }
            }
        }
    }

    private int x(double rate) {
        double first = Math.log(rates[0]);
        double span = Math.max(1e-9, Math.log(rates[rates.length - 1]) - first);
        return LEFT + (int) Math.round((Math.log(rate) - first) / span * (PLOT_WIDTH - 3));
    }

    private int y(double loss) {
        return TOP + (int) Math.round((high - loss) / (high - low) * (PLOT_HEIGHT - 1));
    }
}
