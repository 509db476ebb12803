package io.heimdall.pipeline.report;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.files.WholeFile;
import io.heimdall.localization.evidence.Site;
import io.heimdall.localization.map.GeoJson;
import io.heimdall.localization.map.Kml;
import io.heimdall.localization.map.MapFeature;
import io.heimdall.localization.map.MapFolder;
import io.heimdall.localization.map.MapShape;
import io.heimdall.localization.map.MapStyle;
import io.heimdall.localization.posterior.GroundPosterior;
import io.heimdall.localization.region.GroundDensity;
import io.heimdall.localization.region.GroundPoint;
import io.heimdall.localization.region.GroundRegion;
import io.heimdall.pipeline.location.LocatedSession;
import io.heimdall.pipeline.location.StationUse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Sessions that delays and bearings locate, on a map like that of {@link PredictionMap}: regions, means, medians, known places, and
 * the stations.
 *
 * @param sessions in the order of the map's folders
 */
public record LocationMap(List<LocatedSession> sessions) {
    /** Copies the list. */
    public LocationMap {
        sessions = List.copyOf(sessions);
    }

    /**
     * Writes a GeoJSON file, whole or not at all.
     *
     * @param file replaced where there is one
     */
    public void writeGeoJson(Path file) throws IOException {
        WholeFile.write(file, out -> GeoJson.write(folders(), out));
    }

    /**
     * Writes a KML file, whole or not at all.
     *
     * @param file replaced where there is one
     */
    public void writeKml(Path file) throws IOException {
        WholeFile.write(file, out -> Kml.write("Heimdall", folders(), out));
    }

    private Iterator<MapFolder> folders() {
        return Stream.concat(sessions.stream().map(LocationMap::folder), Stream.of(stations()))
                .iterator();
    }

    /** Returns what is on the map of one session. */
    static MapFolder folder(LocatedSession session) {
        String id = session.session().id();
        GroundPosterior posterior = session.posterior();
        List<MapFeature> features = new ArrayList<>();
        GroundDensity.LEVELS.stream().sorted(Comparator.reverseOrder()).forEach(level -> {
            GroundRegion region = posterior.region(level);
            if (!region.polygons().isEmpty()) {
                features.add(region(session, region));
            }
        });
        features.add(point(MapStyle.POSITION, id + ": mean", posterior.mean(), about(session)));
        features.add(point(MapStyle.MEDIAN, id + ": median", posterior.median(), about(session)));
        session.session().source().ifPresent(source -> features.add(source(session, source, posterior.mean())));
        return new MapFolder(id, features);
    }

    private static MapFeature region(LocatedSession session, GroundRegion region) {
        Map<String, Object> properties = about(session);
        properties.put("level", region.level());
        properties.put("area_km2", KindFeature.rounded(region.areaKm2()));
        String name =
                String.format(Locale.ROOT, "%s: %.0f %%", session.session().id(), 100 * region.level());
        return KindFeature.of(name, MapStyle.REGION, new MapShape.Area(region.polygons()), properties);
    }

    private static MapFeature source(LocatedSession session, GeoPoint source, GroundPoint mean) {
        Map<String, Object> properties = about(session);
        properties.put(
                "error_m", KindFeature.rounded(source.distanceMetres(new GeoPoint(mean.latitude(), mean.longitude()))));
        GroundPoint at = new GroundPoint(source.latitude(), source.longitude());
        return point(MapStyle.SOURCE, session.session().id() + ": transmitter", at, properties);
    }

    private static Map<String, Object> about(LocatedSession session) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("session", session.session().id());
        properties.put("delays", session.delays().size());
        properties.put("bearings", session.bearings().size());
        properties.put(
                "sigma_east_m",
                KindFeature.rounded(session.posterior().covariance().sigmaEast()));
        properties.put(
                "sigma_north_m",
                KindFeature.rounded(session.posterior().covariance().sigmaNorth()));
        return properties;
    }

    private MapFolder stations() {
        Set<List<Object>> seen = new LinkedHashSet<>();
        List<MapFeature> features = new ArrayList<>();
        for (LocatedSession session : sessions) {
            for (StationUse station : session.stations()) {
                Site site = station.site();
                if (seen.add(List.of(site.name(), site.latitude(), site.longitude()))) {
                    features.add(KindFeature.of(
                            site.name(),
                            MapStyle.STATION,
                            new MapShape.Point(new GroundPoint(site.latitude(), site.longitude())),
                            Map.of("station", site.name())));
                }
            }
        }
        return new MapFolder("Stations", features);
    }

    private static MapFeature point(MapStyle style, String name, GroundPoint at, Map<String, Object> properties) {
        return KindFeature.of(name, style, new MapShape.Point(at), properties);
    }
}
