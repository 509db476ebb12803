package io.heimdall.simulation;

/**
 * Log-distance propagation with correlated log-normal shadowing.
 *
 * <p>The loss over {@code d} metres is {@code referenceLossDb + 10 exponent log10(max(d, 1000 m) / 1000 m)} decibels,
 * with {@code d} the great-circle distance. To it comes the shadowing {@code X_i} of station {@code i}: jointly normal
 * over the stations, with mean zero and
 * <pre>{@code
 * cov(X_i, X_j) = shadowingDb^2 exp(-distance(station_i, station_j) / correlationM)
 * }</pre>
 * Gudmundson's law, with the distance between the stations. Every transmitter has shadowing of its own, independent of all
 * others; it stays the same over the sessions of one transmitter.
 *
 * @param exponent path loss exponent {@code n}, 1..8
 * @param referenceLossDb at one kilometre and nearer, 0..200
 * @param shadowingDb standard deviation of the shadowing, 0.5..30
 * @param correlationM distance of stations over which the correlation falls to 1/e, 1..1e6
 * @see <a href="https://doi.org/10.1049/el:19911328">Gudmundson, 1991</a>
 */
public record Propagation(double exponent, double referenceLossDb, double shadowingDb, double correlationM) {

    /** Where the reference loss holds. */
    public static final double REFERENCE_M = 1000;

    /** Checks the ranges. */
    public Propagation {
        Range.check("path loss exponent", exponent, 1, 8);
        Range.check("reference loss in dB", referenceLossDb, 0, 200);
        Range.check("shadowing in dB", shadowingDb, 0.5, 30);
        Range.check("shadowing's correlation length in m", correlationM, 1, 1e6);
    }

    /** Returns the loss in decibels over a distance in metres, without shadowing. */
    public double lossDb(double distanceM) {
        return referenceLossDb + 10 * exponent * Math.log10(Math.max(distanceM, REFERENCE_M) / REFERENCE_M);
    }

    /** Returns this propagation with another standard deviation of the shadowing, dB. */
    Propagation withShadowingDb(double decibels) {
        return new Propagation(exponent, referenceLossDb, decibels, correlationM);
    }

    /** Returns the covariance in dB^2 of the shadowing of two stations so many metres apart. */
    public double covariance(double stationDistanceM) {
        return shadowingDb * shadowingDb * Math.exp(-stationDistanceM / correlationM);
    }
}
