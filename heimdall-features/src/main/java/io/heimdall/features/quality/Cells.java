package io.heimdall.features.quality;

/**
 * Places on the circle of a spectrum, each of one or more lines.
 *
 * @param lines lines in a cell
 * @param spread of the power of each
 * @param signal which are known to hold a signal
 * @param frames independent frames averaged in each line
 */
record Cells(int lines, double[] spread, boolean[] signal, double frames) {

    int size() {
        return spread.length;
    }

    /** Returns how many cells so many lines are, but at least so many cells. */
    int least(int ofLines, int cells) {
        return Math.max(cells, (ofLines + lines - 1) / lines);
    }
}
