package io.heimdall.localization.region;

import io.heimdall.model.output.PlanePoint;
import io.heimdall.model.output.PredictiveDistribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The edge of a region within a box as closed rings, by marching squares on a grid of the log density.
 *
 * <p>The edge crosses a line between two nodes where the log density, taken as straight between them, equals the edge's. In each
 * cell the crossings are joined so that the inside lies on the left: outer rings turn counterclockwise, holes clockwise. Where
 * two opposite corners are inside, the mean of the four corners says whether they are joined. The first and the last line of each
 * axis stand twice, with nothing inside on the outer ones, so that rings close along the box.
 *
 * @see <a href="https://doi.org/10.1109/TVCG.2003.1175105">Maple, Geometric design and space planning using the marching
 *     squares and marching cube algorithms, 2003</a>
 */
final class Contour {
    private static final int NONE = -1;

    private final double[] x;
    private final double[] y;

    /** Log density above the edge's, row by row from the south; inside where it is 0 or more. */
    private final double[] excess;

    /** For each crossed line between two nodes, the one that the edge crosses next. */
    private final int[] next;

    private Contour(PredictiveDistribution density, double edgeLogDensity, double[] eastLines, double[] northLines) {
        x = withBorder(eastLines);
        y = withBorder(northLines);
        excess = excess(density, edgeLogDensity);
        next = new int[2 * excess.length];
        Arrays.fill(next, NONE);
    }

    private double[] excess(PredictiveDistribution density, double edgeLogDensity) {
        double[] all = new double[x.length * y.length];
        Arrays.fill(all, Double.NEGATIVE_INFINITY);
        double[] east = Arrays.copyOfRange(x, 1, x.length - 1);
        double[] north = new double[east.length * (y.length - 2)];
        double[] easts = new double[north.length];
        for (int row = 0; row < y.length - 2; row++) {
            System.arraycopy(east, 0, easts, row * east.length, east.length);
            Arrays.fill(north, row * east.length, (row + 1) * east.length, y[row + 1]);
        }
        double[] logs = density.logDensities(easts, north);
        for (int i = 0; i < logs.length; i++) {
            all[(i / east.length + 1) * x.length + i % east.length + 1] = logs[i] - edgeLogDensity;
        }
        return all;
    }

    private static double[] withBorder(double[] lines) {
        double[] all = new double[lines.length + 2];
        System.arraycopy(lines, 0, all, 1, lines.length);
        all[0] = all[1];
        all[all.length - 1] = all[all.length - 2];
        return all;
    }

    /**
     * Returns the rings, without their first points repeated.
     *
     * @param edgeLogDensity natural logarithm of the density along the rings
     * @param eastLines of the grid, ascending; the region ends at the first and the last
     * @param northLines likewise
     */
    static List<List<PlanePoint>> rings(
            PredictiveDistribution density, double edgeLogDensity, double[] eastLines, double[] northLines) {
        Contour contour = new Contour(density, edgeLogDensity, eastLines, northLines);
        for (int row = 0; row < contour.y.length - 1; row++) {
            for (int column = 0; column < contour.x.length - 1; column++) {
                contour.joinCrossings(row * contour.x.length + column);
            }
        }
        return contour.traced();
    }

    /** Joins the crossings of a cell; its corners and sides are numbered counterclockwise, from south-west and south. */
    private void joinCrossings(int southWest) {
        int[] nodes = {southWest, southWest + 1, southWest + 1 + x.length, southWest + x.length};
        double sum = 0;
        int inside = 0;
        for (int corner = 0; corner < 4; corner++) {
            sum += excess[nodes[corner]];
            inside |= excess[nodes[corner]] >= 0 ? 1 << corner : 0;
        }
        int step = sum >= 0 ? 1 : 3;
        for (int side = 0; side < 4; side++) {
            if (leaves(inside, side)) {
                int enters = side;
                do {
                    enters = (enters + step) & 3;
                } while (!leaves(~inside, enters));
                next[line(nodes, side)] = line(nodes, enters);
            }
        }
    }

    /** Says whether a walk around the cell leaves the region on a side. */
    private static boolean leaves(int inside, int side) {
        return (inside >> side & 1) == 1 && (inside >> (side + 1 & 3) & 1) == 0;
    }

    /** Numbers the line of a cell's side: twice its southern or western node, one more if it leads north. */
    private static int line(int[] nodes, int side) {
        return switch (side) {
            case 0 -> 2 * nodes[0];
            case 1 -> 2 * nodes[1] + 1;
            case 2 -> 2 * nodes[3];
            default -> 2 * nodes[0] + 1;
        };
    }

    private List<List<PlanePoint>> traced() {
        List<List<PlanePoint>> rings = new ArrayList<>();
        for (int first = 0; first < next.length; first++) {
            List<PlanePoint> ring = new ArrayList<>();
            for (int line = first; next[line] != NONE; ) {
                ring.add(crossing(line));
                int following = next[line];
                next[line] = NONE;
                line = following;
            }
            if (!ring.isEmpty()) {
                rings.add(ring);
            }
        }
        return rings;
    }

    private PlanePoint crossing(int line) {
        int node = line / 2;
        int other = line % 2 == 0 ? node + 1 : node + x.length;
        double share = share(excess[node], excess[other]);
        double west = x[node % x.length];
        double south = y[node / x.length];
        return new PlanePoint(
                west + share * (x[other % x.length] - west), south + share * (y[other / x.length] - south));
    }

    /** Returns where 0 lies between two values; two lines from one node never cross the edge at the node itself. */
    private static double share(double from, double to) {
        double share = Double.isInfinite(from) || Double.isInfinite(to) ? 0.5 : from / (from - to);
        return Math.max(1e-6, Math.min(1 - 1e-6, share));
    }
}
