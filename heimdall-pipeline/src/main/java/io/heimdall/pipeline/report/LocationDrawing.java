package io.heimdall.pipeline.report;

import io.heimdall.localization.region.GroundPoint;
import io.heimdall.localization.region.GroundPolygon;
import io.heimdall.localization.region.GroundRegion;
import io.heimdall.model.LocalPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/** A map in the plane, north up, with a scale: the values of the template {@code location.html}. Confined to one thread. */
final class LocationDrawing {
    private static final double SIDE = 520;
    private static final double ROOM = 0.08;

    /** Cells along a side of the grid that lines are drawn on. */
    private static final int LINES = 130;

    /** Cells along a side of the grid that bands are filled on: a page has up to 21 of them in a map. */
    private static final int BANDS = 65;

    /** Rows and columns of a cell's corners, around it. */
    private static final int[][] CORNERS = {{0, 0}, {0, 1}, {1, 1}, {1, 0}};

    private final LocalPlane plane;
    private final double west;
    private final double north;
    private final double metres;
    private final List<Map<String, String>> paths = new ArrayList<>();
    private final List<Map<String, String>> points = new ArrayList<>();

    /**
     * Begins a map.
     *
     * @param shown places that are on it
     */
    LocationDrawing(LocalPlane plane, List<GroundPoint> shown) {
        this.plane = plane;
        double[] east =
                shown.stream().mapToDouble(p -> plane.east(p.longitude())).toArray();
        double[] up = shown.stream().mapToDouble(p -> plane.north(p.latitude())).toArray();
        double fromEast = least(east);
        double toEast = -least(negative(east));
        double fromNorth = least(up);
        double toNorth = -least(negative(up));
        double span = Math.max(1, Math.max(toEast - fromEast, toNorth - fromNorth));
        metres = span * (1 + 2 * ROOM);
        west = (fromEast + toEast - metres) / 2;
        north = (fromNorth + toNorth + metres) / 2;
    }

    private static double least(double[] values) {
        double least = Double.POSITIVE_INFINITY;
        for (double value : values) {
            least = Math.min(least, value);
        }
        return least;
    }

    private static double[] negative(double[] values) {
        double[] negative = values.clone();
        for (int i = 0; i < negative.length; i++) {
            negative[i] = -negative[i];
        }
        return negative;
    }

    /** Draws a region; holes stay open. */
    void region(GroundRegion region) {
        StringBuilder line = new StringBuilder();
        for (GroundPolygon polygon : region.polygons()) {
            ring(line, polygon.outer());
            polygon.holes().forEach(hole -> ring(line, hole));
        }
        path("region", line, text("%.0f %%: %.4g km2", 100 * region.level(), region.areaKm2()));
    }

    private void ring(StringBuilder line, List<GroundPoint> ring) {
        char step = 'M';
        for (GroundPoint point : ring) {
            line.append(text("%c%.1f %.1f", step, x(point), y(point)));
            step = 'L';
        }
        line.append('Z');
    }

    private void path(String kind, StringBuilder line, String name) {
        paths.add(Map.of("kind", kind, "line", line.toString(), "name", name));
    }

    /**
     * Draws the places where a residual is 0, by marching squares.
     *
     * @param kind of line
     * @param name that shows where the pointer rests on it
     * @param residual of latitude and longitude in degrees
     * @param jump a residual that changes by more within a cell turns round there and is not 0
     */
    void line(String kind, String name, DoubleBinaryOperator residual, double jump) {
        double[][] values = residuals(residual, LINES);
        StringBuilder line = new StringBuilder();
        for (int row = 0; row < LINES; row++) {
            for (int column = 0; column < LINES; column++) {
                segment(line, values, row, column, jump);
            }
        }
        path(kind, line, name);
    }

    /** Returns the residuals at the corners of a grid of so many cells along a side. */
    private double[][] residuals(DoubleBinaryOperator residual, int cells) {
        double[][] values = new double[cells + 1][cells + 1];
        for (int row = 0; row <= cells; row++) {
            for (int column = 0; column <= cells; column++) {
                double east = west + metres * column / cells;
                double up = north - metres * row / cells;
                values[row][column] = residual.applyAsDouble(plane.latitudeOf(up), plane.longitudeOf(east));
            }
        }
        return values;
    }

    private void segment(StringBuilder line, double[][] values, int row, int column, double jump) {
        char step = 'M';
        for (int side = 0; side < 4; side++) {
            double a = values[row + CORNERS[side % 4][0]][column + CORNERS[side % 4][1]];
            double b = values[row + CORNERS[(side + 1) % 4][0]][column + CORNERS[(side + 1) % 4][1]];
            if (a < 0 != b < 0 && Math.abs(a - b) < jump) {
                double share = a / (a - b);
                double x = column + CORNERS[side % 4][1] + share * (CORNERS[(side + 1) % 4][1] - CORNERS[side % 4][1]);
                double y = row + CORNERS[side % 4][0] + share * (CORNERS[(side + 1) % 4][0] - CORNERS[side % 4][0]);
                line.append(text("%c%.1f %.1f", step, x * SIDE / LINES, y * SIDE / LINES));
                step = step == 'M' ? 'L' : 'M';
            }
        }
    }

    /**
     * Fills the places where a residual is within one sigma.
     *
     * @param kind of band
     * @param name that shows where the pointer rests on it
     * @param residual of latitude and longitude in degrees
     * @param sigma above 0, in the unit of the residual
     * @param jump a residual that changes by more within a cell turns round there
     */
    void band(String kind, String name, DoubleBinaryOperator residual, double sigma, double jump) {
        double[][] values = residuals(residual, BANDS);
        StringBuilder line = new StringBuilder();
        for (int row = 0; row < BANDS; row++) {
            int begin = 0;
            for (int column = 0; column < BANDS; column++) {
                List<double[]> corners = corners(values, row, column);
                double least =
                        corners.stream().mapToDouble(corner -> corner[2]).min().orElseThrow();
                double most =
                        corners.stream().mapToDouble(corner -> corner[2]).max().orElseThrow();
                boolean whole = least >= -sigma && most <= sigma && most - least < jump;
                if (!whole) {
                    run(line, row, begin, column);
                    begin = column + 1;
                    if (least <= sigma && most >= -sigma && most - least < jump) {
                        polygon(line, below(below(corners, sigma, 1), sigma, -1));
                    }
                }
            }
            run(line, row, begin, BANDS);
        }
        path(kind, line, name);
    }

    /** Returns the corners of a cell: column, row and value. */
    private static List<double[]> corners(double[][] values, int row, int column) {
        List<double[]> corners = new ArrayList<>();
        for (int[] corner : CORNERS) {
            int y = row + corner[0];
            int x = column + corner[1];
            corners.add(new double[] {x, y, values[y][x]});
        }
        return corners;
    }

    /** Draws the cells of a row from one column up to another, which are all within the band, as one. */
    private static void run(StringBuilder line, int row, int begin, int end) {
        if (begin < end) {
            polygon(
                    line,
                    List.of(
                            new double[] {begin, row},
                            new double[] {end, row},
                            new double[] {end, row + 1},
                            new double[] {begin, row + 1}));
        }
    }

    private static void polygon(StringBuilder line, List<double[]> corners) {
        char step = 'M';
        for (double[] corner : corners) {
            line.append(text("%c%.1f %.1f", step, corner[0] * SIDE / BANDS, corner[1] * SIDE / BANDS));
            step = 'L';
        }
        line.append(corners.isEmpty() ? "" : "Z");
    }

    /** Clips a polygon to where its values, times a sign, are at most a bound. */
    private static List<double[]> below(List<double[]> polygon, double bound, int sign) {
        List<double[]> kept = new ArrayList<>();
        for (int i = 0; i < polygon.size(); i++) {
            double[] a = polygon.get(i);
            double[] b = polygon.get((i + 1) % polygon.size());
            double overA = sign * a[2] - bound;
            double overB = sign * b[2] - bound;
            if (overA <= 0) {
                kept.add(a);
            }
            if (overA <= 0 != overB <= 0) {
                double share = overA / (overA - overB);
                kept.add(new double[] {
                    a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]), a[2] + share * (b[2] - a[2])
                });
            }
        }
        return kept;
    }

    /** Draws a place with its name, if it is on the map. */
    void point(GroundPoint at, String kind, String name) {
        double x = x(at);
        double y = y(at);
        if (x < 0 || y < 0 || x > SIDE || y > SIDE) {
            return;
        }
        points.add(Map.of(
                "kind", kind,
                "x", text("%.1f", x),
                "y", text("%.1f", y),
                "textX", text("%.1f", x + 7),
                "textY", text("%.1f", y + (kind.equals("median") ? 14 : -5)),
                "name", name));
    }

    private double x(GroundPoint at) {
        return (plane.east(at.longitude()) - west) / metres * SIDE;
    }

    private double y(GroundPoint at) {
        return (north - plane.north(at.latitude())) / metres * SIDE;
    }

    /** Returns the values of the template. */
    Map<String, Object> values() {
        double decade = Math.pow(10, Math.floor(Math.log10(metres / 2)));
        double bar = metres / 2 >= 5 * decade ? 5 * decade : metres / 2 >= 2 * decade ? 2 * decade : decade;
        return Map.of(
                "side", text("%.0f", SIDE),
                "paths", paths,
                "points", points,
                "barY", text("%.1f", SIDE - 12),
                "barLength", text("%.1f", bar / metres * SIDE),
                "barTextY", text("%.1f", SIDE - 18),
                "bar", bar < 1000 ? text("%.3g m", bar) : text("%.0f km", bar / 1000));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
