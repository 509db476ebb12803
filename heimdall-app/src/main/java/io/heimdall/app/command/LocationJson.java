package io.heimdall.app.command;

import io.heimdall.app.PosteriorJson;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.ingest.RowWarning;
import io.heimdall.export.Location;
import io.heimdall.features.delay.NoDelay;
import io.heimdall.localization.posterior.GroundPosterior;
import io.heimdall.localization.region.GroundDensity;
import io.heimdall.localization.region.GroundPoint;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.output.Covariance;
import io.heimdall.pipeline.location.Closure;
import io.heimdall.pipeline.location.LocatedSession;
import io.heimdall.pipeline.location.Locations;
import io.heimdall.pipeline.location.PairDelay;
import io.heimdall.pipeline.location.StationUse;
import io.heimdall.pipeline.location.UsedBearing;
import io.heimdall.pipeline.location.UsedDelay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A session that was located without a model, for programs: the keys of {@code predict --json}, and {@code evidence}. One that could not be
 * located has {@code error} in place of a position.
 */
final class LocationJson {
    private LocationJson() {}

    static Map<String, Object> of(LocatedSession session, List<RowWarning> rowWarnings) {
        GroundPosterior posterior = session.posterior();
        GroundPoint mean = posterior.mean();
        LocalPlane plane = new LocalPlane(Math.max(-89, Math.min(89, mean.latitude())), mean.longitude());
        Covariance c = posterior.covariance();
        String id = session.session().id();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("session_id", id);
        json.put("sample_id", id);
        json.put("latitude", mean.latitude());
        json.put("longitude", mean.longitude());
        json.put("sigma_lat_deg", c.sigmaNorth() / plane.metresPerDegreeNorth());
        json.put("sigma_lon_deg", c.sigmaEast() / plane.metresPerDegreeEast());
        json.put("sigma_east_m", c.sigmaEast());
        json.put("sigma_north_m", c.sigmaNorth());
        json.put("covariance", new double[][] {{c.eastEast(), c.eastNorth()}, {c.eastNorth(), c.northNorth()}});
        json.put("median", place(posterior.median()));
        json.put(
                "regions",
                GroundDensity.LEVELS.stream()
                        .map(level -> PosteriorJson.region(level, posterior.areaKm2(level)))
                        .toList());
        session.session().source().ifPresent(source -> json.put("source", source(source, posterior, mean)));
        json.put("evidence", evidence(session));
        List<Map<String, Object>> warnings = new ArrayList<>(warnings(id, rowWarnings));
        session.warnings().forEach(warning -> warnings.add(warning(warning)));
        json.put("warnings", warnings);
        return json;
    }

    /** Returns a session that nothing locates. */
    static Map<String, Object> of(Locations.NotLocated session, List<RowWarning> rowWarnings) {
        Map<String, Object> evidence = new LinkedHashMap<>();
        if (!session.pairs().isEmpty()) {
            evidence.put("delays", delays(session.pairs(), List.of(), Optional.empty()));
        }
        evidence.put(
                "stations",
                session.stations().stream().map(LocationJson::station).toList());
        return error(session.sessionId(), session.reason(), evidence, rowWarnings);
    }

    /** Returns a session of which no row can be used. */
    static Map<String, Object> refused(String id, String reason, List<RowWarning> rowWarnings) {
        return error(id, reason, Map.of("stations", List.of()), rowWarnings);
    }

    private static Map<String, Object> error(
            String id, String reason, Map<String, Object> evidence, List<RowWarning> rowWarnings) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("session_id", id);
        json.put("session", id);
        json.put("error", reason);
        json.put("evidence", evidence);
        json.put("warnings", warnings(id, rowWarnings));
        return json;
    }

    private static List<Map<String, Object>> warnings(String id, List<RowWarning> rowWarnings) {
        return RowNotes.json(rowWarnings.stream()
                .filter(warning -> warning.sessionId().equals(id))
                .toList());
    }

    private static Map<String, Object> warning(String message) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (String key : List.of("line", "file", "column", "value")) {
            json.put(key, null);
        }
        json.put("message", message);
        return json;
    }

    private static Map<String, Object> place(GroundPoint point) {
        return PosteriorJson.place(point.latitude(), point.longitude());
    }

    private static Map<String, Object> source(GeoPoint source, GroundPosterior posterior, GroundPoint mean) {
        GroundPoint place = new GroundPoint(source.latitude(), source.longitude());
        Map<String, Object> json = place(place);
        json.put("error_m", source.distanceMetres(new GeoPoint(mean.latitude(), mean.longitude())));
        json.put("credible_level", posterior.credibleLevel(place));
        return json;
    }

    private static Map<String, Object> evidence(LocatedSession session) {
        Map<String, Object> json = new LinkedHashMap<>();
        session.levels().ifPresent(levels -> json.put("levels", levels(levels)));
        if (!session.pairs().isEmpty()) {
            json.put("delays", delays(session.pairs(), session.delays(), session.worstClosure()));
        }
        if (!session.bearings().isEmpty()) {
            Map<String, Object> bearings = new LinkedHashMap<>();
            bearings.put("weight", 1.0);
            bearings.put(
                    "stations",
                    session.bearings().stream().map(LocationJson::bearing).toList());
            json.put("bearings", bearings);
        }
        json.put(
                "stations",
                session.stations().stream().map(LocationJson::station).toList());
        json.put("searched_km", session.searchedM() / 1000);
        return json;
    }

    private static Map<String, Object> levels(Location location) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("weight", 1.0);
        json.put("latitude", location.latitude());
        json.put("longitude", location.longitude());
        json.put("sigma_lat_deg", location.sigmaLatitude());
        json.put("sigma_lon_deg", location.sigmaLongitude());
        return json;
    }

    private static Map<String, Object> delays(List<PairDelay> pairs, List<UsedDelay> used, Optional<Closure> closure) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("weight", 1.0);
        json.put("pairs", pairs(pairs, used));
        json.put("closure", closure.map(LocationJson::closure).orElse(null));
        return json;
    }

    private static List<Map<String, Object>> pairs(List<PairDelay> all, List<UsedDelay> delays) {
        List<Map<String, Object>> pairs = new ArrayList<>();
        int used = 0;
        for (PairDelay pair : all) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("stations", List.of(pair.first().name(), pair.second().name()));
            if (pair.estimate().isPresent()) {
                UsedDelay delay = delays.get(used++);
                json.put("delay_s", delay.difference().seconds());
                json.put("sigma_s", delay.difference().sigmaSeconds());
                json.put("power", delay.power());
                json.put("correction_s", delay.correctionSeconds());
                json.put("residual_s", delay.residualSeconds());
                json.put("residual_sigmas", delay.residualSigmas());
                json.put("coherence", pair.estimate().get().coherence());
                json.put("rms_bandwidth_hz", pair.estimate().get().rmsBandwidthHz());
                json.put("second_peak_ratio", pair.estimate().get().secondPeakRatio());
            } else if (pair.delay() instanceof NoDelay none) {
                json.put("reason", none.reason().name().toLowerCase(Locale.ROOT));
                json.put("detail", none.detail());
            }
            pairs.add(json);
        }
        return pairs;
    }

    private static Map<String, Object> closure(Closure closure) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("stations", closure.stations());
        json.put("sum_s", closure.seconds());
        json.put("sigma_s", closure.sigmaSeconds());
        return json;
    }

    private static Map<String, Object> bearing(UsedBearing bearing) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("station", bearing.bearing().site().name());
        json.put("bearing_deg", (bearing.bearing().degrees() % 360 + 360) % 360);
        json.put("sigma_deg", bearing.bearing().sigmaDegrees());
        json.put("correction_deg", bearing.correctionDegrees());
        json.put("residual_deg", bearing.residualDegrees());
        return json;
    }

    private static Map<String, Object> station(StationUse station) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("station", station.site().name());
        json.put("latitude", station.site().latitude());
        json.put("longitude", station.site().longitude());
        json.put(
                "clock_sigma_s",
                station.clockSigmaSeconds().isPresent()
                        ? station.clockSigmaSeconds().getAsDouble()
                        : null);
        json.put("no_delay", station.noDelay().orElse(null));
        return json;
    }
}
