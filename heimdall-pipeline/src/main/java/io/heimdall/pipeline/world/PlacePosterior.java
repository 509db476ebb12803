package io.heimdall.pipeline.world;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The posterior of a transmitter's place: probabilities of the cells of a grid. Immutable.
 *
 * @param grid of places
 * @param mass probability of each cell
 */
public record PlacePosterior(PlaceGrid grid, double[] mass) {

    /** Returns the posterior whose density is known up to a factor, by its logarithm in each cell. */
    static PlacePosterior ofLog(PlaceGrid grid, double[] log) {
        double best =
                IntStream.range(0, log.length).mapToDouble(c -> log[c]).max().orElseThrow();
        double[] mass = new double[log.length];
        double sum = 0;
        for (int c = 0; c < mass.length; c++) {
            mass[c] = Math.exp(log[c] - best);
            sum += mass[c];
        }
        for (int c = 0; c < mass.length; c++) {
            mass[c] /= sum;
        }
        return new PlacePosterior(grid, mass);
    }

    /** Returns the mean of the place, metres east. */
    public double eastM() {
        return IntStream.range(0, mass.length)
                .mapToDouble(c -> mass[c] * grid.eastM(c))
                .sum();
    }

    /** Returns the mean of the place, metres north. */
    public double northM() {
        return IntStream.range(0, mass.length)
                .mapToDouble(c -> mass[c] * grid.northM(c))
                .sum();
    }

    /** Returns the natural logarithm of the density at a place, per square metre; negative infinity beyond the grid. */
    public double logDensity(double eastM, double northM) {
        int cell = grid.cell(eastM, northM);
        return cell < 0 ? Double.NEGATIVE_INFINITY : Math.log(mass[cell] / (grid.cellM() * grid.cellM()));
    }

    /** Returns the probability of all places that are denser than a place; 1 beyond the grid. */
    public double credibleLevel(double eastM, double northM) {
        int cell = grid.cell(eastM, northM);
        if (cell < 0) {
            return 1;
        }
        double denser = mass[cell] / 2; // the place is anywhere in its cell
        for (double other : mass) {
            denser += other > mass[cell] ? other : 0;
        }
        return denser;
    }

    /** Returns the area of the smallest region of a probability, square metres; of its last cell the share that it needs. */
    public double areaM2(double level) {
        double[] ascending = mass.clone();
        Arrays.sort(ascending);
        double left = level;
        double cells = 0;
        for (int k = ascending.length - 1; k >= 0 && left > 0; k--) {
            cells += Math.min(1, left / ascending[k]);
            left -= ascending[k];
        }
        return cells * grid.cellM() * grid.cellM();
    }
}
