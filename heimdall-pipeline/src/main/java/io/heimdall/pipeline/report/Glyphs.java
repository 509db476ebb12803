package io.heimdall.pipeline.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The letters that axes need, 5 x 7 dots each, drawn in {@code glyphs.txt}: there may be no font on a machine.
 *
 * <p>Immutable and thread-safe.
 */
final class Glyphs {
    private static final int COLUMNS = 5;
    private static final int ROWS = 7;
    private static final int ADVANCE = 6;

    private final Map<Character, boolean[]> dots = new HashMap<>();

    private Glyphs() {}

    /** Reads blocks of a line of letters, one each six columns, and seven lines of dots. */
    static Glyphs load() {
        try {
            Glyphs glyphs = new Glyphs();
            List<String> lines = PageTemplate.resource("/io/heimdall/pipeline/report/glyphs.txt")
                    .lines()
                    .toList();
            for (int block = 0; block + ROWS < lines.size(); block += ROWS + 1) {
                String letters = lines.get(block);
                for (int column = 0; column < letters.length(); column += ADVANCE) {
                    boolean[] dots = new boolean[ROWS * COLUMNS];
                    for (int i = 0; i < dots.length; i++) {
                        String line = lines.get(block + 1 + i / COLUMNS);
                        dots[i] = line.charAt(column + i % COLUMNS) == '#';
                    }
                    glyphs.dots.put(letters.charAt(column), dots);
                }
            }
            return glyphs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns how many pixels wide a text is. */
    int width(String text, int scale) {
        return (ADVANCE * text.length() - 1) * scale;
    }

    /** Returns how many pixels high any text is. */
    int height(int scale) {
        return ROWS * scale;
    }

    /**
     * Draws a text; a letter that is not drawn in the file leaves a space.
     *
     * @param scale pixels a dot
     */
    void draw(PngImage image, String text, int left, int top, int scale, int rgb) {
        for (int n = 0; n < text.length(); n++) {
            boolean[] letter = dots.getOrDefault(text.charAt(n), new boolean[ROWS * COLUMNS]);
            for (int i = 0; i < letter.length; i++) {
                if (letter[i]) {
                    int x = left + (ADVANCE * n + i % COLUMNS) * scale;
                    image.fill(x, top + i / COLUMNS * scale, scale, scale, rgb);
                }
            }
        }
    }
}
