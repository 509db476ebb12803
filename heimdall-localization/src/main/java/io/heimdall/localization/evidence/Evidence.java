package io.heimdall.localization.evidence;

/**
 * One piece of evidence about a place: the logarithm of its likelihood over the plane, up to a constant.
 *
 * <p>A grid whose cells are wider than the evidence would see nothing of it at the cells' middles. So evidence is asked for a
 * blurred likelihood: the mean over places that are normally distributed about the asked one, as nearly as the evidence can
 * tell it at low cost. The blur of half a cell lets no cell miss what lies within.
 *
 * <p>Implementations are immutable, safe for use by several threads, and give the same answer to the same question.
 */
@FunctionalInterface
public interface Evidence {

    /**
     * Returns the log likelihood of a place, up to a constant that is the same for all places and blurs.
     *
     * @param eastM metres east of the plane's origin
     * @param northM metres north of the plane's origin
     * @param blurM standard deviation, metres along each axis, over which the likelihood is averaged; 0 for the place itself
     * @return nats; negative infinity where the place is impossible, never NaN
     */
    double logDensity(double eastM, double northM, double blurM);
}
