package io.heimdall.pipeline.report;

import io.heimdall.localization.evidence.Site;
import io.heimdall.localization.region.GroundPoint;
import io.heimdall.pipeline.evaluation.FusedSession;
import java.util.List;

/**
 * The product of a session's evidence, for the map of the report. The page draws bands and wedges by the residuals at the likeliest
 * place and by how distances and directions change away from there.
 *
 * @param session its number among the judged ones
 * @param mean longitude and latitude, degrees
 * @param likeliest place, likewise
 * @param delays that were used
 * @param bearings that were used
 * @param regions of the product, the largest first
 */
record SessionProduct(
        int session,
        List<Double> mean,
        List<Double> likeliest,
        List<Delay> delays,
        List<Bearing> bearings,
        List<SessionRegions.Region> regions) {

    /**
     * A delay between two stations.
     *
     * @param name for people
     * @param first station, longitude and latitude
     * @param second station, likewise
     * @param residualS the delay less that of the likeliest place, seconds
     * @param sigmaS one sigma
     */
    record Delay(String name, List<Double> first, List<Double> second, double residualS, double sigmaS) {}

    /**
     * A bearing.
     *
     * @param name for people
     * @param station longitude and latitude
     * @param residualDeg the bearing less the direction of the likeliest place
     * @param sigmaDeg one sigma
     */
    record Bearing(String name, List<Double> station, double residualDeg, double sigmaDeg) {}

    static SessionProduct of(int session, FusedSession product) {
        return new SessionProduct(
                session,
                SessionRegions.place(product.mean()),
                SessionRegions.place(product.likeliest()),
                product.delays().stream()
                        .map(delay -> new Delay(
                                "delay " + delay.difference().first().name() + " over "
                                        + delay.difference().second().name(),
                                place(delay.difference().first()),
                                place(delay.difference().second()),
                                delay.residualSeconds(),
                                delay.difference().sigmaSeconds()))
                        .toList(),
                product.bearings().stream()
                        .map(bearing -> new Bearing(
                                "bearing " + bearing.bearing().site().name(),
                                place(bearing.bearing().site()),
                                bearing.residualDegrees(),
                                bearing.bearing().sigmaDegrees()))
                        .toList(),
                product.regions().stream().map(SessionRegions::region).toList());
    }

    private static List<Double> place(Site site) {
        return SessionRegions.place(new GroundPoint(site.latitude(), site.longitude()));
    }
}
