package io.heimdall.pipeline.world;

import io.heimdall.pipeline.PipelineException;
import java.util.List;

/**
 * Square cells over the area of training places, each with the prior probability that a transmitter is there.
 *
 * <p>The prior is a kernel density of the training places. Its width follows from the number of the groups that the
 * split keeps together: sessions of one walk or one cell are a single observation of where transmitters are.
 * Immutable.
 *
 * @param west edge, metres
 * @param south edge, metres
 * @param cellM width and height of a cell, metres
 * @param rows from the south
 * @param columns from the west
 * @param logPrior of each cell, row by row, up to a constant
 * @see <a href="https://doi.org/10.1201/9781315140919">Silverman, Density estimation, 1986</a>
 */
public record PlaceGrid(double west, double south, double cellM, int rows, int columns, double[] logPrior) {
    private static final int CELLS = 6000;

    /** Sessions nearer to each other than this are at one place. */
    private static final double LEAST_EXTENT_M = 1;

    /** Farther out than these many widths of the kernel there is nobody. */
    private static final double MARGIN = 3;

    /**
     * Returns the grid of training sessions.
     *
     * @param sessions at least four
     * @param groups of sessions, at least one
     * @throws PipelineException if all sessions are at one place
     */
    public static PlaceGrid around(List<RecordedSession> sessions, int groups) {
        Box box = Box.around(sessions);
        double width = box.east() - box.west();
        double height = box.north() - box.south();
        if (Math.hypot(width, height) < LEAST_EXTENT_M) {
            throw new PipelineException("all training sessions are at one place");
        }
        // Silverman's rule in two dimensions, with the deviation of a uniform distribution.
        double kernel = Math.sqrt((width * width + height * height) / 24) * Math.pow(groups, -1.0 / 6);
        double west = box.west() - MARGIN * kernel;
        double south = box.south() - MARGIN * kernel;
        double cell = Math.sqrt((width + 2 * MARGIN * kernel) * (height + 2 * MARGIN * kernel) / CELLS);
        int columns = (int) Math.ceil((width + 2 * MARGIN * kernel) / cell);
        int rows = (int) Math.ceil((height + 2 * MARGIN * kernel) / cell);
        PlaceGrid grid = new PlaceGrid(west, south, cell, rows, columns, new double[rows * columns]);
        for (int c = 0; c < grid.cells(); c++) {
            grid.logPrior[c] = Math.log(density(sessions, grid.eastM(c), grid.northM(c), kernel));
        }
        return grid;
    }

    private static double density(List<RecordedSession> sessions, double eastM, double northM, double kernel) {
        double sum = Double.MIN_NORMAL;
        for (RecordedSession session : sessions) {
            double e = (session.eastM() - eastM) / kernel;
            double n = (session.northM() - northM) / kernel;
            sum += Math.exp(-(e * e + n * n) / 2);
        }
        return sum;
    }

    /** Returns the number of the cells. */
    public int cells() {
        return rows * columns;
    }

    double areaM2() {
        return cells() * cellM * cellM;
    }

    /** Returns the middle of a cell. */
    public double eastM(int cell) {
        return west + (cell % columns + 0.5) * cellM;
    }

    /** Returns the middle of a cell. */
    public double northM(int cell) {
        return south + (cell / columns + 0.5) * cellM;
    }

    /** Returns the cell of a place; -1 beyond the grid. */
    public int cell(double eastM, double northM) {
        int column = (int) Math.floor((eastM - west) / cellM);
        int row = (int) Math.floor((northM - south) / cellM);
        return column < 0 || column >= columns || row < 0 || row >= rows ? -1 : row * columns + column;
    }
}
