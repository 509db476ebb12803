package io.heimdall.pipeline.world;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;

/** Maps of the levels of all stations, by {@link StationMap}, and how what they leave open is correlated. */
final class RadioMap {
    /** More places make a map no better, and slower. */
    private static final int MOST_PLACES = 2000;

    /** As many sessions tell how stations are correlated. */
    private static final int TRIED = 400;

    /** As many sessions without correlation are added for each pair. */
    private static final double SHRINKAGE = 20;

    private final List<RecordedSession> sessions;
    private final int[] groups;
    private final LawFit fit;
    private final List<StationMap> maps;

    /**
     * Fits the maps.
     *
     * @param sessions that the law was fitted to
     * @param groups of the sessions, which no level is predicted from within
     */
    RadioMap(List<RecordedSession> sessions, int[] groups, LawFit fit, double scaleM) {
        this.sessions = sessions;
        this.groups = groups;
        this.fit = fit;
        this.maps = IntStream.range(0, fit.law().stations())
                .parallel()
                .mapToObj(i -> map(i, scaleM))
                .toList();
    }

    private StationMap map(int station, double scaleM) {
        int[] served = IntStream.range(0, sessions.size())
                .filter(s -> !Double.isNaN(fit.residual(s, station)))
                .toArray();
        int count = Math.min(MOST_PLACES, served.length);
        int[] some = IntStream.range(0, count)
                .map(k -> served[(int) ((long) k * served.length / count)])
                .toArray();
        Neighbours places = new Neighbours(
                Arrays.stream(some).mapToDouble(s -> sessions.get(s).eastM()).toArray(),
                Arrays.stream(some).mapToDouble(s -> sessions.get(s).northM()).toArray(),
                Arrays.stream(some).map(s -> groups[s]).toArray());
        return StationMap.fit(
                places,
                Arrays.stream(some).mapToDouble(s -> fit.residual(s, station)).toArray(),
                scaleM);
    }

    /** Returns the deviations from the law, as these maps tell them without some groups. */
    Deviations over(PlaceGrid grid, IntPredicate hidden) {
        List<StationMap> shown = maps.stream().map(map -> map.without(hidden)).toList();
        double[][] mean = new double[grid.cells()][maps.size()];
        double[][] deviation = new double[grid.cells()][maps.size()];
        double[][] log = new double[grid.cells()][maps.size()];
        IntStream.range(0, grid.cells()).parallel().forEach(c -> {
            for (int i = 0; i < maps.size(); i++) {
                StationMap.Normal normal = shown.get(i).at(grid.eastM(c), grid.northM(c), Neighbours.NO_GROUP);
                mean[c][i] = normal.mean();
                deviation[c][i] = Math.sqrt(normal.variance());
                log[c][i] = Math.log(deviation[c][i]);
            }
        });
        return new Deviations(mean, deviation, log, correlation());
    }

    /** The covariance of standardised residuals, each predicted from other groups. */
    private double[][] correlation() {
        int stations = maps.size();
        int tried = Math.min(TRIED, sessions.size());
        double[][] standard = IntStream.range(0, tried)
                .parallel()
                .mapToObj(k -> standard((int) ((long) k * sessions.size() / tried)))
                .toArray(double[][]::new);
        double[][] correlation = new double[stations][stations];
        for (int i = 0; i < stations; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = i == j ? SHRINKAGE : 0;
                double count = SHRINKAGE;
                for (double[] z : standard) {
                    double product = z[i] * z[j];
                    sum += Double.isNaN(product) ? 0 : product;
                    count += Double.isNaN(product) ? 0 : 1;
                }
                correlation[i][j] = correlation[j][i] = sum / count;
            }
        }
        return positive(correlation);
    }

    private double[] standard(int session) {
        double[] standard = new double[maps.size()];
        RecordedSession recorded = sessions.get(session);
        for (int i = 0; i < standard.length; i++) {
            double residual = fit.residual(session, i);
            standard[i] = Double.isNaN(residual)
                    ? residual
                    : maps.get(i)
                            .at(recorded.eastM(), recorded.northM(), groups[session])
                            .standard(residual);
        }
        return standard;
    }

    /** Pairs of stations that met in different sessions make a matrix that need not be positive definite: it is drawn to its diagonal. */
    private static double[][] positive(double[][] matrix) {
        try {
            new Positive(matrix);
            return matrix;
        } catch (NonPositiveDefiniteMatrixException e) {
            double[][] nearer = new double[matrix.length][matrix.length];
            for (int i = 0; i < matrix.length; i++) {
                for (int j = 0; j < matrix.length; j++) {
                    nearer[i][j] = i == j ? matrix[i][j] : 0.9 * matrix[i][j];
                }
            }
            return positive(nearer);
        }
    }
}
