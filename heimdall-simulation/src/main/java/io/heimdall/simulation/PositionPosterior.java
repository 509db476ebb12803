package io.heimdall.simulation;

import io.heimdall.dataset.GeoPoint;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The posterior of a transmitter's place: probabilities of the cells of a grid.
 *
 * <p>Immutable and thread-safe.
 */
public final class PositionPosterior {
    private static final int MEDIAN_STEPS = 60;

    private final GeoBox box;
    private final int rows;
    private final int columns;
    private final double[] mass;
    private final GeoPoint mean;

    /** Takes the cells' probabilities, row by row from the south, each from the west. */
    PositionPosterior(GeoBox box, int rows, int columns, double[] mass) {
        this.box = box;
        this.rows = rows;
        this.columns = columns;
        this.mass = mass;
        this.mean = centre();
    }

    /** Returns the mean of the position: no other answer has a smaller root mean square error. */
    public GeoPoint mean() {
        return mean;
    }

    /** Returns the variance of the position to the east, m^2, in the plane at the mean. */
    public double eastVarianceM2() {
        return moment(2, 0);
    }

    /** Returns the variance of the position to the north, m^2, in the plane at the mean. */
    public double northVarianceM2() {
        return moment(0, 2);
    }

    /** Returns the covariance of east and north, m^2, in the plane at the mean. */
    public double eastNorthCovarianceM2() {
        return moment(1, 1);
    }

    /** Returns the spatial median: no other answer has a smaller mean error. */
    public GeoPoint median() {
        double scale = GeoBox.metresPerDegreeEast(mean.latitude()) / GeoBox.metresPerDegreeNorth(mean.latitude());
        double latitude = mean.latitude();
        double longitude = mean.longitude();
        // Weiszfeld's iteration; no cell is nearer than a tenth of its own size, so that nothing is divided by zero.
        double least = (box.north() - box.south()) / rows / 10;
        for (int step = 0; step < MEDIAN_STEPS; step++) {
            double weights = 0;
            double north = 0;
            double east = 0;
            for (int cell = 0; cell < mass.length; cell++) {
                if (mass[cell] > 0) {
                    double up = latitude(cell) - latitude;
                    double right = longitude(cell) - longitude;
                    double weight = mass[cell] / Math.max(least, Math.hypot(up, right * scale));
                    weights += weight;
                    north += weight * up;
                    east += weight * right;
                }
            }
            latitude += north / weights;
            longitude += east / weights;
        }
        return new GeoPoint(latitude, longitude);
    }

    /**
     * Returns the probability of the smallest region that has a place on its edge: of all that is more likely than it.
     *
     * <p>Over many sessions it is uniform on 0..1 for the true places; the region of 68 % holds those under 0.68.
     *
     * @param place in the box
     */
    public double credibleLevel(GeoPoint place) {
        double here = mass[cell(place)];
        double denser = 0;
        double alike = 0;
        for (double cell : mass) {
            denser += cell > here ? cell : 0;
            alike += cell == here ? cell : 0;
        }
        return denser + alike / 2;
    }

    /**
     * Returns the natural logarithm of the density at a place, nats of one over square metres: that of its cell.
     *
     * @param place in the box
     * @return negative infinity in a cell without probability
     */
    public double logDensity(GeoPoint place) {
        int cell = cell(place);
        return Math.log(mass[cell] / areaM2(cell));
    }

    /**
     * Returns the areas of the smallest regions that hold these probabilities, square metres. Of the last cell of a region the
     * share counts that the region needs.
     *
     * @param levels above 0 and below 1, in any order
     */
    public double[] regionAreasM2(double... levels) {
        int[] densest = IntStream.range(0, mass.length)
                .filter(cell -> mass[cell] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(cell -> -mass[cell]))
                .mapToInt(cell -> cell)
                .toArray();
        double[] areas = new double[levels.length];
        for (int i = 0; i < levels.length; i++) {
            double left = levels[i];
            for (int k = 0; k < densest.length && left > 0; k++) {
                areas[i] += areaM2(densest[k]) * Math.min(1, left / mass[densest[k]]);
                left -= mass[densest[k]];
            }
        }
        return areas;
    }

    /** Returns the area of a cell on the ground. */
    private double areaM2(int cell) {
        double latitude = latitude(cell);
        return (box.north() - box.south())
                / rows
                * GeoBox.metresPerDegreeNorth(latitude)
                * (box.east() - box.west())
                / columns
                * GeoBox.metresPerDegreeEast(latitude);
    }

    /** Returns the number of the grid's rows, from south to north. */
    public int rows() {
        return rows;
    }

    /** Returns the number of the grid's columns, from west to east. */
    public int columns() {
        return columns;
    }

    /** Returns the probability of a cell. */
    public double mass(int row, int column) {
        return mass[row * columns + column];
    }

    /** Returns the middle of a cell. */
    public GeoPoint place(int row, int column) {
        return box.at((row + 0.5) / rows, (column + 0.5) / columns);
    }

    /** Returns whether a place is in the box, or less than a cell beside it. */
    public boolean covers(GeoPoint place) {
        return row(place) >= -1 && row(place) <= rows && column(place) >= -1 && column(place) <= columns;
    }

    private int cell(GeoPoint place) {
        if (!covers(place)) {
            throw new IllegalArgumentException(place + " is not in the world's " + box);
        }
        return Math.min(Math.max(row(place), 0), rows - 1) * columns
                + Math.min(Math.max(column(place), 0), columns - 1);
    }

    private int row(GeoPoint place) {
        return (int) Math.floor((place.latitude() - box.south()) / (box.north() - box.south()) * rows);
    }

    private int column(GeoPoint place) {
        return (int) Math.floor((place.longitude() - box.west()) / (box.east() - box.west()) * columns);
    }

    private double latitude(int cell) {
        return box.south() + (cell / columns + 0.5) / rows * (box.north() - box.south());
    }

    private double longitude(int cell) {
        return box.west() + (cell % columns + 0.5) / columns * (box.east() - box.west());
    }

    private GeoPoint centre() {
        double latitude = 0;
        double longitude = 0;
        for (int cell = 0; cell < mass.length; cell++) {
            latitude += mass[cell] * latitude(cell);
            longitude += mass[cell] * longitude(cell);
        }
        return new GeoPoint(latitude, longitude);
    }

    private double moment(int eastPower, int northPower) {
        double east = GeoBox.metresPerDegreeEast(mean.latitude());
        double north = GeoBox.metresPerDegreeNorth(mean.latitude());
        double sum = 0;
        for (int cell = 0; cell < mass.length; cell++) {
            sum += mass[cell]
                    * Math.pow((longitude(cell) - mean.longitude()) * east, eastPower)
                    * Math.pow((latitude(cell) - mean.latitude()) * north, northPower);
        }
        return sum;
    }
}
