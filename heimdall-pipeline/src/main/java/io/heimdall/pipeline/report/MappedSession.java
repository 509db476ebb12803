package io.heimdall.pipeline.report;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.dataset.ingest.LooseRecordings;
import io.heimdall.localization.posterior.GroundPosterior;
import io.heimdall.localization.region.GroundDensity;
import io.heimdall.localization.region.GroundPoint;
import io.heimdall.localization.region.GroundRegion;
import io.heimdall.pipeline.evaluation.FusedSession;
import io.heimdall.pipeline.location.LocatedSession;
import io.heimdall.pipeline.prediction.Estimate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A located session, as a page's map shows it. Places are longitude and latitude, degrees.
 *
 * @param id of the session
 * @param errorM metres from the known place, NaN where none is known
 * @param mean of the posterior
 * @param likeliest place, that residuals are of
 * @param truth the known place; null where none is known
 * @param stations of known positions
 * @param delays that were used
 * @param bearings that were used
 * @param regions the largest first
 * @param heat the density; null where no region is left to show
 */
record MappedSession(
        String id,
        double errorM,
        List<Double> mean,
        List<Double> likeliest,
        List<Double> truth,
        List<Heard> stations,
        List<SessionProduct.Delay> delays,
        List<SessionProduct.Bearing> bearings,
        List<SessionRegions.Region> regions,
        Heat heat) {

    /**
     * A station on the map.
     *
     * @param name of the station
     * @param latitude degrees
     * @param longitude degrees
     * @param heard false where it was in service and heard nothing
     * @param levelDb NaN where it gives none
     */
    record Heard(String name, double latitude, double longitude, boolean heard, double levelDb) {
        static Heard of(Measurement measurement) {
            return of(
                    measurement.station(),
                    !measurement.isSilence(),
                    measurement.levelDb().orElse(Double.NaN));
        }

        static Heard of(Station station, boolean heard, double levelDb) {
            return new Heard(
                    station.name(),
                    station.position().latitude(),
                    station.position().longitude(),
                    heard,
                    levelDb);
        }
    }

    static MappedSession of(LocatedSession located) {
        SessionProduct product = SessionProduct.of(0, FusedSession.of(located));
        GroundPosterior posterior = located.posterior();
        GroundRegion largest = posterior.region(
                GroundDensity.LEVELS.stream().max(Comparator.naturalOrder()).orElseThrow());
        Optional<GeoPoint> truth = located.session().source();
        return new MappedSession(
                located.session().id(),
                error(truth, posterior.mean()),
                product.mean(),
                product.likeliest(),
                place(truth),
                stations(located.session()),
                product.delays(),
                product.bearings(),
                product.regions(),
                largest.polygons().isEmpty() ? null : Heat.Raster.of(posterior, largest));
    }

    static MappedSession of(Estimate estimate) {
        return of(
                estimate,
                estimate.heard().stream()
                        .filter(MappedSession::isSomewhere)
                        .map(station -> Heard.of(station, true, Double.NaN))
                        .toList());
    }

    /** Returns an estimate with what all stations of its session heard; one of a single recording has that station alone. */
    static MappedSession of(Estimate estimate, Session session) {
        return estimate.id().equals(session.id()) ? of(estimate, stations(session)) : of(estimate);
    }

    private static MappedSession of(Estimate estimate, List<Heard> stations) {
        SessionRegions regions = SessionRegions.of(0, estimate);
        GroundPoint mean = estimate.density().mean();
        return new MappedSession(
                estimate.id(),
                error(estimate.truth(), mean),
                SessionRegions.place(mean),
                SessionRegions.place(mean),
                place(estimate.truth()),
                stations,
                List.of(),
                List.of(),
                regions.regions(),
                regions.heat());
    }

    private static List<Heard> stations(Session session) {
        return session.measurements().stream()
                .filter(measurement -> isSomewhere(measurement.station()))
                .map(Heard::of)
                .toList();
    }

    private static boolean isSomewhere(Station station) {
        return !station.position().equals(LooseRecordings.NOWHERE);
    }

    private static double error(Optional<GeoPoint> truth, GroundPoint mean) {
        return truth.map(place -> place.distanceMetres(new GeoPoint(mean.latitude(), mean.longitude())))
                .orElse(Double.NaN);
    }

    private static List<Double> place(Optional<GeoPoint> truth) {
        return truth.map(point -> SessionRegions.place(new GroundPoint(point.latitude(), point.longitude())))
                .orElse(null);
    }
}
