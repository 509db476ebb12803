package io.heimdall.pipeline.evaluation;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.model.metrics.Quantiles;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The mean of the stations' positions, each weighted by a power of what it received.
 *
 * <p>The weight is {@code 10^(exponent level / 10)}; the exponent is the one with the smallest median error on the training
 * split.
 *
 * @param exponent 0 is the plain mean, large values give the strongest station
 * @see <a href="https://doi.org/10.1109/ICDCSW.2007.67">Blumenthal et al., Weighted centroid localization, 2007</a>
 */
public record WeightedCentroid(double exponent) implements LevelMethod {

    /** Chooses the exponent. */
    public static WeightedCentroid fit(List<Session> training) {
        WeightedCentroid best = new WeightedCentroid(0.5);
        double lowest = Double.POSITIVE_INFINITY;
        for (double exponent :
                DoubleStream.iterate(0.05, e -> e < 2, e -> e * 1.25).toArray()) {
            WeightedCentroid candidate = new WeightedCentroid(exponent);
            double median = Quantiles.of(Distances.of(candidate, training), 0.5);
            if (median < lowest) {
                lowest = median;
                best = candidate;
            }
        }
        return best;
    }

    @Override
    public String id() {
        return "weighted_centroid";
    }

    @Override
    public String title() {
        return "Weighted centroid";
    }

    @Override
    public GeoPoint locate(Session session) {
        double strongest = session.measurements().stream()
                .mapToDouble(Measurement::levelDb)
                .max()
                .orElseThrow();
        double first = session.measurements().get(0).station().position().longitude();
        double sum = 0;
        double latitude = 0;
        double longitude = 0;
        for (Measurement measurement : session.measurements()) {
            double weight = Math.pow(10, exponent * (measurement.levelDb() - strongest) / 10);
            GeoPoint place = measurement.station().position();
            sum += weight;
            latitude += weight * place.latitude();
            longitude += weight * Math.IEEEremainder(place.longitude() - first, 360);
        }
        return new GeoPoint(latitude / sum, Math.IEEEremainder(first + longitude / sum, 360));
    }
}
