package io.heimdall.model.metrics;

import io.heimdall.model.output.Covariance;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The expected normalised calibration error, see {@link LocalisationMetrics#of}. */
final class CalibrationError {
    private static final int MOST_BINS = 10;
    private static final int SMALLEST_BIN = 10;

    private CalibrationError() {}

    /** One axis of a forecast. */
    private record Axis(double error, double sigma) {}

    static double of(JudgedForecasts forecasts) {
        List<Axis> axes = forecasts.all().stream()
                .flatMap(CalibrationError::axes)
                .sorted(Comparator.comparingDouble(Axis::sigma))
                .toList();
        int bins = Math.max(1, Math.min(MOST_BINS, axes.size() / SMALLEST_BIN));
        double sum = 0;
        for (int bin = 0; bin < bins; bin++) {
            int from = (int) ((long) axes.size() * bin / bins);
            int to = (int) ((long) axes.size() * (bin + 1) / bins);
            sum += of(axes.subList(from, to));
        }
        return sum / bins;
    }

    private static double of(List<Axis> bin) {
        double variance = 0;
        double squares = 0;
        for (Axis axis : bin) {
            variance += axis.sigma() * axis.sigma();
            squares += axis.error() * axis.error();
        }
        return Math.abs(Math.sqrt(variance) - Math.sqrt(squares)) / Math.sqrt(variance);
    }

    private static Stream<Axis> axes(JudgedForecast forecast) {
        Covariance covariance = forecast.distribution().covariance();
        return Stream.of(
                new Axis(forecast.errorEast(), covariance.sigmaEast()),
                new Axis(forecast.errorNorth(), covariance.sigmaNorth()));
    }
}
