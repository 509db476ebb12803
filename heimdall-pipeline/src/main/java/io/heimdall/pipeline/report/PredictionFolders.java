package io.heimdall.pipeline.report;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Station;
import io.heimdall.dataset.ingest.LooseRecordings;
import io.heimdall.localization.map.MapFeature;
import io.heimdall.localization.map.MapFolder;
import io.heimdall.localization.map.MapShape;
import io.heimdall.localization.map.MapStyle;
import io.heimdall.localization.region.GroundDensity;
import io.heimdall.localization.region.GroundPoint;
import io.heimdall.localization.region.GroundRegion;
import io.heimdall.pipeline.location.LocatedSession;
import io.heimdall.pipeline.prediction.Estimate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The folders of a map of predictions, one after another. Of those that were made it keeps the stations alone. For one thread. */
final class PredictionFolders {

    private final Map<Station, Integer> heard = new LinkedHashMap<>();

    /** Returns the folder of an estimate by levels. */
    MapFolder of(Estimate estimate) {
        count(estimate.heard().stream());
        return folder(estimate);
    }

    /** Returns the folder of a session that further evidence locates. */
    MapFolder of(LocatedSession located) {
        count(located.session().measurements().stream()
                .filter(measurement -> !measurement.isSilence())
                .map(Measurement::station));
        return LocationMap.folder(located);
    }

    private void count(Stream<Station> stations) {
        stations.filter(station -> !station.position().equals(LooseRecordings.NOWHERE))
                .forEach(station -> heard.merge(station, 1, Integer::sum));
    }

    /** Returns the stations of all folders before, as far as their positions are known. */
    MapFolder stations() {
        List<MapFeature> features = new ArrayList<>();
        heard.forEach((station, count) -> {
            Map<String, Object> properties = new LinkedHashMap<>();
            properties.put("station", station.name());
            properties.put("estimates", count);
            GeoPoint at = station.position();
            MapShape shape = new MapShape.Point(new GroundPoint(at.latitude(), at.longitude()));
            features.add(KindFeature.of(station.name(), MapStyle.STATION, shape, properties));
        });
        return new MapFolder("Stations", features);
    }

    private static MapFolder folder(Estimate estimate) {
        GroundDensity density = estimate.density();
        List<MapFeature> features = new ArrayList<>();
        GroundDensity.LEVELS.stream().sorted(Comparator.reverseOrder()).forEach(level -> {
            GroundRegion region = density.region(level);
            if (!region.polygons().isEmpty()) {
                features.add(region(estimate, region));
            }
        });
        features.add(point(estimate, MapStyle.POSITION, "mean", density.mean(), about(estimate)));
        features.add(point(estimate, MapStyle.MEDIAN, "median", density.median(), about(estimate)));
        estimate.truth().ifPresent(truth -> features.add(source(estimate, truth, density.mean())));
        return new MapFolder(estimate.id(), features);
    }

    private static MapFeature region(Estimate estimate, GroundRegion region) {
        Map<String, Object> properties = about(estimate);
        properties.put("level", region.level());
        properties.put("area_km2", KindFeature.rounded(region.areaKm2()));
        String name = String.format(Locale.ROOT, "%s: %.0f %%", estimate.id(), 100 * region.level());
        return KindFeature.of(name, MapStyle.REGION, new MapShape.Area(region.polygons()), properties);
    }

    private static MapFeature source(Estimate estimate, GeoPoint truth, GroundPoint mean) {
        Map<String, Object> properties = about(estimate);
        GeoPoint position = new GeoPoint(mean.latitude(), mean.longitude());
        properties.put("error_m", KindFeature.rounded(truth.distanceMetres(position)));
        return point(
                estimate,
                MapStyle.SOURCE,
                "transmitter",
                new GroundPoint(truth.latitude(), truth.longitude()),
                properties);
    }

    private static Map<String, Object> about(Estimate estimate) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("session", estimate.sessionId());
        properties.put("sample", estimate.id());
        properties.put("sigma_east_m", KindFeature.rounded(estimate.sigmaEastM()));
        properties.put("sigma_north_m", KindFeature.rounded(estimate.sigmaNorthM()));
        properties.put("stations", estimate.heard().size());
        properties.put(
                "heard",
                String.join(", ", estimate.heard().stream().map(Station::name).toList()));
        return properties;
    }

    private static MapFeature point(
            Estimate estimate, MapStyle style, String what, GroundPoint at, Map<String, Object> properties) {
        return KindFeature.of(estimate.id() + ": " + what, style, new MapShape.Point(at), properties);
    }
}
