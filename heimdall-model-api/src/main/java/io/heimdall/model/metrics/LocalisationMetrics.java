package io.heimdall.model.metrics;

import io.heimdall.model.output.Covariance;
import io.heimdall.model.output.PlanePoint;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The quality of a localiser, on sessions that it has not learned from.
 *
 * @param sessions how many
 * @param error distances between predicted and true positions
 * @param biasEast mean of predicted minus true, metres
 * @param biasNorth mean of predicted minus true, metres
 * @param nll mean negative logarithm of the density of each axis at the truth, nats with metres: of a normal
 *     {@code (e / sigma)^2 / 2 + log(sigma sqrt(2 pi))}
 * @param nllDensity mean negative logarithm of the density at the truth, nats with square metres; of independent axes twice
 *     {@code nll}
 * @param crps mean continuous ranked probability score per axis, metres; the mean absolute error of a forecast that
 *     gives no uncertainty
 * @param coverage how many truths the regions hold
 * @param ence expected normalised calibration error, see {@link #of}; 0 is perfect
 * @param sharpness root mean square of the standard deviations over sessions and axes, metres
 */
public record LocalisationMetrics(
        int sessions,
        ErrorQuantiles error,
        double biasEast,
        double biasNorth,
        double nll,
        double nllDensity,
        double crps,
        Coverage coverage,
        double ence,
        double sharpness) {

    /**
     * The part of truths that lies in the regions meant to hold 50, 68, 90 and 95 % of them.
     *
     * @param p50 from 0 to 1
     * @param p68 from 0 to 1
     * @param p90 from 0 to 1
     * @param p95 from 0 to 1
     */
    public record Coverage(double p50, double p68, double p90, double p95) {
        static Coverage of(JudgedForecasts forecasts) {
            return new Coverage(
                    forecasts.coverage(0.50),
                    forecasts.coverage(0.68),
                    forecasts.coverage(0.90),
                    forecasts.coverage(0.95));
        }
    }

    /**
     * Computes all of them.
     *
     * <p>ENCE sorts all axes of all sessions by their standard deviation into bins of equal count (at most 10, of at least 10 each)
     * and is the mean over bins of {@code |rmv - rmse| / rmv}, root mean variance and root mean squared error.
     *
     * @param forecasts not empty
     * @see <a href="https://doi.org/10.1198/016214506000001437">Gneiting and Raftery, Strictly proper scoring rules,
     *     2007</a>
     * @see <a href="https://doi.org/10.3390/s22155540">Levi et al., Evaluating and calibrating uncertainty prediction in
     *     regression tasks, 2022</a>
     */
    public static LocalisationMetrics of(JudgedForecasts forecasts) {
        List<JudgedForecast> all = forecasts.all();
        if (all.isEmpty()) {
            throw new IllegalArgumentException("there are no sessions to evaluate");
        }
        return new LocalisationMetrics(
                all.size(),
                ErrorQuantiles.of(forecasts.distances()),
                mean(all, JudgedForecast::errorEast),
                mean(all, JudgedForecast::errorNorth),
                mean(all, LocalisationMetrics::nll),
                mean(
                        all,
                        f -> -f.distribution()
                                .logDensity(f.truth().east(), f.truth().north())),
                mean(all, LocalisationMetrics::crps),
                Coverage.of(forecasts),
                CalibrationError.of(forecasts),
                Math.sqrt(mean(all, LocalisationMetrics::variance)));
    }

    private static double mean(List<JudgedForecast> all, ToDoubleFunction<JudgedForecast> number) {
        return all.stream().mapToDouble(number).average().orElseThrow();
    }

    private static double nll(JudgedForecast forecast) {
        PlanePoint truth = forecast.truth();
        double east = forecast.distribution().east().logDensity(truth.east());
        double north = forecast.distribution().north().logDensity(truth.north());
        return -(east + north) / 2;
    }

    private static double crps(JudgedForecast forecast) {
        PlanePoint truth = forecast.truth();
        double east = forecast.distribution().east().crps(truth.east());
        double north = forecast.distribution().north().crps(truth.north());
        return (east + north) / 2;
    }

    private static double variance(JudgedForecast forecast) {
        Covariance covariance = forecast.distribution().covariance();
        return (covariance.eastEast() + covariance.northNorth()) / 2;
    }
}
