package io.heimdall.simulation;

/**
 * Shadowing that belongs to the place: the same for every transmitter that stands there, so that a map of it can be learned.
 *
 * <p>It is a Gaussian field over the places {@code p} of transmitters and {@code q} of stations, the same whatever sessions are
 * drawn, with mean zero and
 * <pre>{@code
 * cov(F(p, q), F(p', q')) = deviationDb^2 exp(-(|p - p'|^2 + |q - q'|^2) / correlationM^2)
 * }</pre>
 *
 * @param deviationDb standard deviation, 0..30; 0 is no field
 * @param correlationM distance over which the correlation falls to 1/e, 5000..1e6: the exact posterior's cells must resolve it
 * @param seed of the field, 0 or more
 */
public record ShadowingField(double deviationDb, double correlationM, long seed) {
    /** No field. */
    public static final ShadowingField NONE = new ShadowingField(0, 15_000, 0);

    /** Checks the ranges. */
    public ShadowingField {
        Range.check("shadowing of the place in dB", deviationDb, 0, 30);
        Range.check("correlation length of the place's shadowing in m", correlationM, 5000, 1e6);
        Range.check("seed of the place's shadowing", seed, 0, Long.MAX_VALUE);
    }

    /** Returns whether there is no field. */
    boolean isNone() {
        return deviationDb == 0;
    }
}
