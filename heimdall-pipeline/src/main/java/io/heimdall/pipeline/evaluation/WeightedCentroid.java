package io.heimdall.pipeline.evaluation;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Level;
import io.heimdall.dataset.Session;
import java.util.List;

/**
 * The weighted centroid: the mean of the stations' positions, each weighted by a power of its received amplitude. It
 * needs no training.
 *
 * @param exponent the weight is {@code 10^(exponent level / 10)}: 0 is the plain mean, 0.5 weighs by amplitude, large values
 *     give the strongest station
 * @see <a href="https://doi.org/10.1109/ICDCSW.2007.67">Blumenthal et al., Weighted centroid localization, 2007</a>
 */
public record WeightedCentroid(double exponent) implements LevelMethod {

    /** Returns the usual one, which weighs by amplitude. */
    public static WeightedCentroid byAmplitude() {
        return new WeightedCentroid(0.5);
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
        List<Level> levels = session.levels();
        double strongest = levels.stream().mapToDouble(Level::decibels).max().orElseThrow();
        double first = levels.get(0).station().position().longitude();
        double sum = 0;
        double latitude = 0;
        double longitude = 0;
        for (Level level : levels) {
            double weight = Math.pow(10, exponent * (level.decibels() - strongest) / 10);
            GeoPoint place = level.station().position();
            sum += weight;
            latitude += weight * place.latitude();
            longitude += weight * Math.IEEEremainder(place.longitude() - first, 360);
        }
        return new GeoPoint(latitude / sum, Math.IEEEremainder(first + longitude / sum, 360));
    }
}
