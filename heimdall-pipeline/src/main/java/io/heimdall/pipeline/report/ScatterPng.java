package io.heimdall.pipeline.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** Draws a metric against several settings as a PNG file, up to three panels a row; the best trial is orange. */
public final class ScatterPng {
    private static final int COLUMNS = 3;
    private static final int WIDTH = 480;
    private static final int HEIGHT = 360;
    private static final int LEFT = 92;
    private static final int RIGHT = 20;
    private static final int TOP = 48;
    private static final int BOTTOM = 44;
    private static final int SCALE = 2;
    private static final int RADIUS = 5;

    private static final int PAPER = 0xffffff;
    private static final int INK = 0x1d2733;
    private static final int LINE = 0xdde3ea;
    private static final int DOT = 0x1f6feb;
    private static final int BEST = 0xf57c00;

    private final PngImage image;
    private final Glyphs glyphs = Glyphs.load();
    private final double lowest;
    private final double highest;

    private ScatterPng(List<Scatter> panels) {
        int columns = Math.min(COLUMNS, panels.size());
        image = new PngImage(columns * WIDTH, (panels.size() + COLUMNS - 1) / COLUMNS * HEIGHT, PAPER);
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Scatter.Dot dot : panels.get(0).dots()) {
            low = Math.min(low, dot.y());
            high = Math.max(high, dot.y());
        }
        double margin = Math.max(1e-6, (high - low) * 0.06);
        lowest = low - margin;
        highest = high + margin;
    }

    /**
     * Returns the picture as a PNG file has it.
     *
     * @param panels of the same trials, one at least
     */
    public static byte[] encoded(List<Scatter> panels) {
        ScatterPng picture = new ScatterPng(panels);
        for (int i = 0; i < panels.size(); i++) {
            picture.draw(panels.get(i), i % COLUMNS * WIDTH, i / COLUMNS * HEIGHT);
        }
        return picture.image.encoded();
    }

    private void draw(Scatter panel, int left, int top) {
        glyphs.draw(image, panel.name(), left + LEFT, top + 16, SCALE, INK);
        for (BigDecimal tick : Ticks.between(lowest, highest, 5)) {
            int y = top + y(tick.doubleValue());
            image.fill(left + LEFT, y, WIDTH - LEFT - RIGHT, 1, LINE);
            String text = tick.toPlainString();
            glyphs.draw(image, text, left + LEFT - 8 - glyphs.width(text, SCALE), y - 7, SCALE, INK);
        }
        image.fill(left + LEFT, top + HEIGHT - BOTTOM, WIDTH - LEFT - RIGHT, 1, INK);
        double[] ends = ends(panel);
        axis(panel, ends, left, top);
        for (boolean best : new boolean[] {false, true}) { // the best is drawn last: no other hides it
            for (Scatter.Dot dot : panel.dots()) {
                if (dot.best() == best) {
                    disc(left + x(panel.place(dot.x()), ends), top + y(dot.y()), best ? BEST : DOT);
                }
            }
        }
    }

    private void axis(Scatter panel, double[] ends, int left, int top) {
        if (!panel.words().isEmpty()) {
            for (int i = 0; i < panel.words().size(); i++) {
                label(panel.words().get(i), left + x(i, ends), top);
            }
            return;
        }
        double from = panel.log() ? Math.pow(10, ends[0]) : ends[0];
        double to = panel.log() ? Math.pow(10, ends[1]) : ends[1];
        if (panel.log()) {
            label(shortest(from), left + x(ends[0], ends), top);
            label(shortest(Math.sqrt(from * to)), left + x((ends[0] + ends[1]) / 2, ends), top);
            label(shortest(to), left + x(ends[1], ends), top);
        } else {
            Ticks.between(from, to, 4)
                    .forEach(tick -> label(tick.toPlainString(), left + x(tick.doubleValue(), ends), top));
        }
    }

    private static String shortest(double number) {
        return BigDecimal.valueOf(number)
                .round(new MathContext(2))
                .stripTrailingZeros()
                .toPlainString();
    }

    private void label(String text, int centre, int top) {
        image.fill(centre, top + HEIGHT - BOTTOM, 1, 6, INK);
        glyphs.draw(image, text, centre - glyphs.width(text, SCALE) / 2, top + HEIGHT - BOTTOM + 14, SCALE, INK);
    }

    private static double[] ends(Scatter panel) {
        double from = panel.dots().stream()
                .mapToDouble(dot -> panel.place(dot.x()))
                .min()
                .orElse(0);
        double to = panel.dots().stream()
                .mapToDouble(dot -> panel.place(dot.x()))
                .max()
                .orElse(1);
        if (!panel.words().isEmpty()) {
            return new double[] {-0.5, panel.words().size() - 0.5};
        }
        return from == to ? new double[] {from - 1, to + 1} : new double[] {from, to};
    }

    private static int x(double place, double[] ends) {
        int inner = WIDTH - LEFT - RIGHT - 4 * RADIUS;
        return LEFT + 2 * RADIUS + (int) Math.round((place - ends[0]) / (ends[1] - ends[0]) * inner);
    }

    private int y(double metric) {
        return TOP + (int) Math.round((highest - metric) / (highest - lowest) * (HEIGHT - TOP - BOTTOM));
    }

    private void disc(int centreX, int centreY, int rgb) {
        for (int y = -RADIUS; y <= RADIUS; y++) {
            for (int x = -RADIUS; x <= RADIUS; x++) {
                if (x * x + y * y <= RADIUS * RADIUS + 1) {
                    image.set(centreX + x, centreY + y, rgb);
                }
            }
        }
    }
}
