package io.heimdall.pipeline.report;

import io.heimdall.localization.evidence.TimeDifference;
import io.heimdall.localization.posterior.GroundPosterior;
import io.heimdall.localization.region.GroundDensity;
import io.heimdall.localization.region.GroundPoint;
import io.heimdall.localization.region.GroundRegion;
import io.heimdall.pipeline.location.LocatedSession;
import io.heimdall.pipeline.location.StationUse;
import io.heimdall.pipeline.location.UsedBearing;
import io.heimdall.pipeline.location.UsedDelay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/** A session's part of a {@link LocationPage}: what was found as a table, and two maps, of the stations and of the regions alone. */
final class LocationSection {
    private static final double REGION_MAP_LEVEL = 0.95;
    private static final double QUARTER_TURN = 90;

    private final LocatedSession session;
    private final GroundPosterior posterior;
    private final List<GroundRegion> regions;

    LocationSection(LocatedSession session) {
        this.session = session;
        posterior = session.posterior();
        regions = GroundDensity.LEVELS.stream()
                .map(posterior::region)
                .sorted((a, b) -> Double.compare(b.level(), a.level()))
                .toList();
    }

    /** Returns the values of the template. */
    Map<String, Object> values() {
        List<GroundPoint> near = regions.stream()
                .filter(region -> region.level() == REGION_MAP_LEVEL)
                .flatMap(region -> region.polygons().stream())
                .flatMap(polygon -> polygon.outer().stream())
                .toList();
        List<GroundPoint> all = new ArrayList<>(near);
        all.add(posterior.mean());
        session.stations().forEach(station -> all.add(place(station)));
        return Map.of(
                "id", session.session().id(),
                "facts", PageTemplate.rows(facts()),
                "maps", near.isEmpty() ? List.of(map(all)) : List.of(map(all), map(near)));
    }

    private static GroundPoint place(StationUse station) {
        return new GroundPoint(station.site().latitude(), station.site().longitude());
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        GroundPoint mean = posterior.mean();
        GroundPoint median = posterior.median();
        facts.put("position", text("%.5f, %.5f", mean.latitude(), mean.longitude()));
        facts.put("median", text("%.5f, %.5f", median.latitude(), median.longitude()));
        facts.put(
                "one sigma",
                Kilometres.text(posterior.covariance().sigmaEast()) + " km east, "
                        + Kilometres.text(posterior.covariance().sigmaNorth()) + " km north");
        for (int i = regions.size() - 1; i >= 0; i--) {
            facts.put(
                    text("%.0f %% region", 100 * regions.get(i).level()),
                    text("%.4g km2", regions.get(i).areaKm2()));
        }
        for (UsedDelay delay : session.delays()) {
            facts.put(
                    "delay " + delay.difference().first().name() + " over "
                            + delay.difference().second().name(),
                    text(
                            "%+.2f us +- %.2f us, %.1f sigma from the answer",
                            1e6 * delay.difference().seconds(),
                            1e6 * delay.difference().sigmaSeconds(),
                            Math.abs(delay.residualSigmas())));
        }
        for (UsedBearing bearing : session.bearings()) {
            facts.put(
                    "bearing " + bearing.bearing().site().name(),
                    text(
                            "%.1f +- %.1f degrees, %+.1f from the answer",
                            (bearing.bearing().degrees() % 360 + 360) % 360,
                            bearing.bearing().sigmaDegrees(),
                            bearing.residualDegrees()));
        }
        for (int i = 0; i < session.warnings().size(); i++) {
            facts.put(text("warning %d", i + 1), session.warnings().get(i));
        }
        return facts;
    }

    private Map<String, Object> map(List<GroundPoint> shown) {
        LocationDrawing drawing = new LocationDrawing(posterior.plane(), shown);
        for (UsedDelay delay : session.delays()) {
            TimeDifference difference = delay.difference();
            agreement(
                    drawing,
                    "delay",
                    "delay " + difference.first().name() + " over "
                            + difference.second().name(),
                    (latitude, longitude) -> difference.residualSeconds(latitude, longitude, session.propagation()),
                    difference.sigmaSeconds(),
                    Double.POSITIVE_INFINITY);
        }
        for (UsedBearing bearing : session.bearings()) {
            agreement(
                    drawing,
                    "bearing",
                    "bearing " + bearing.bearing().site().name(),
                    bearing.bearing()::residualDegrees,
                    bearing.bearing().sigmaDegrees(),
                    QUARTER_TURN);
        }
        regions.forEach(drawing::region);
        session.stations()
                .forEach(station ->
                        drawing.point(place(station), "station", station.site().name()));
        drawing.point(posterior.median(), "median", "median");
        drawing.point(posterior.mean(), "mean", "mean");
        session.session()
                .source()
                .ifPresent(source ->
                        drawing.point(new GroundPoint(source.latitude(), source.longitude()), "source", "known place"));
        return drawing.values();
    }

    /** Draws a delay or a bearing: a band of one sigma, and the line of no residual. */
    private static void agreement(
            LocationDrawing drawing,
            String kind,
            String name,
            DoubleBinaryOperator residual,
            double sigma,
            double jump) {
        drawing.band(kind + "-band", name + ", within one sigma", residual, sigma, jump);
        drawing.line(kind, name, residual, jump);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
