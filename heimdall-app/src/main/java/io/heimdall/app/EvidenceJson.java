package io.heimdall.app;

import io.heimdall.export.Location;
import io.heimdall.features.delay.NoDelay;
import io.heimdall.localization.posterior.GroundPosterior;
import io.heimdall.localization.region.GroundDensity;
import io.heimdall.localization.region.GroundPoint;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.output.Covariance;
import io.heimdall.pipeline.location.Closure;
import io.heimdall.pipeline.location.LocatedSession;
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

/** Writes the product of a session's evidence as JSON, for the command line and the service. */
public final class EvidenceJson {
    private EvidenceJson() {}

    /** Returns a session's position, its density, and, where wanted, its median and regions: the keys of {@link PosteriorJson}. */
    public static Map<String, Object> position(LocatedSession session, boolean regions) {
        GroundPosterior posterior = session.posterior();
        GroundPoint mean = posterior.mean();
        LocalPlane plane = mean.plane();
        Covariance c = posterior.covariance();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("latitude", mean.latitude());
        json.put("longitude", mean.longitude());
        json.put("sigma_lat_deg", c.sigmaNorth() / plane.metresPerDegreeNorth());
        json.put("sigma_lon_deg", c.sigmaEast() / plane.metresPerDegreeEast());
        json.put("sigma_east_m", c.sigmaEast());
        json.put("sigma_north_m", c.sigmaNorth());
        json.put("covariance", new double[][] {{c.eastEast(), c.eastNorth()}, {c.eastNorth(), c.northNorth()}});
        if (regions) {
            GroundPoint median = posterior.median();
            json.put("median", PosteriorJson.place(median.latitude(), median.longitude()));
            json.put(
                    "regions",
                    GroundDensity.LEVELS.stream()
                            .map(level -> PosteriorJson.region(level, posterior.areaKm2(level)))
                            .toList());
        }
        return json;
    }

    /** Returns what is known of a session that nothing locates. */
    public static Map<String, Object> evidence(List<StationUse> stations, List<PairDelay> pairs) {
        Map<String, Object> evidence = new LinkedHashMap<>();
        if (!pairs.isEmpty()) {
            evidence.put("delays", delays(pairs, List.of(), Optional.empty(), 1));
        }
        evidence.put("stations", stations.stream().map(EvidenceJson::station).toList());
        return evidence;
    }

    /** Returns what was used, each kind with its weight, and what each pair and station said. */
    public static Map<String, Object> evidence(LocatedSession session) {
        Map<String, Object> json = new LinkedHashMap<>();
        session.levels()
                .ifPresent(levels ->
                        json.put("levels", levels(levels, session.exponents().levels())));
        if (!session.pairs().isEmpty()) {
            json.put(
                    "delays",
                    delays(
                            session.pairs(),
                            session.delays(),
                            session.worstClosure(),
                            session.exponents().delays()));
        }
        if (!session.bearings().isEmpty()) {
            Map<String, Object> bearings = new LinkedHashMap<>();
            bearings.put("weight", session.exponents().bearings());
            bearings.put(
                    "stations",
                    session.bearings().stream().map(EvidenceJson::bearing).toList());
            json.put("bearings", bearings);
        }
        json.put(
                "stations",
                session.stations().stream().map(EvidenceJson::station).toList());
        json.put("searched_km", session.searchedM() / 1000);
        return json;
    }

    private static Map<String, Object> levels(Location location, double weight) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("weight", weight);
        json.put("latitude", location.latitude());
        json.put("longitude", location.longitude());
        json.put("sigma_lat_deg", location.sigmaLatitude());
        json.put("sigma_lon_deg", location.sigmaLongitude());
        return json;
    }

    private static Map<String, Object> delays(
            List<PairDelay> pairs, List<UsedDelay> used, Optional<Closure> closure, double weight) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("weight", weight);
        json.put("pairs", pairs(pairs, used));
        json.put("closure", closure.map(EvidenceJson::closure).orElse(null));
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
