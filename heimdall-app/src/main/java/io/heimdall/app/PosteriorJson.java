package io.heimdall.app;

import io.heimdall.export.Location;
import io.heimdall.localization.region.GroundDensity;
import io.heimdall.localization.region.GroundPoint;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.output.Covariance;
import io.heimdall.model.output.NormalDistribution;
import io.heimdall.model.output.NormalMixture;
import io.heimdall.pipeline.prediction.Estimate;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes the density of a location as JSON: {@code covariance} and, for a mixture, {@code mixture} are the model
 * file's outputs of these names; {@code median} and {@code regions} are computed from them.
 */
public final class PosteriorJson {
    private PosteriorJson() {}

    /** Returns a model's estimate: its position, its sigma and all fields. */
    public static Map<String, Object> position(Estimate estimate) {
        Location location = estimate.location();
        Map<String, Object> fields = place(location.latitude(), location.longitude());
        fields.put("sigma_lat_deg", location.sigmaLatitude());
        fields.put("sigma_lon_deg", location.sigmaLongitude());
        fields.put("sigma_east_m", estimate.sigmaEastM());
        fields.put("sigma_north_m", estimate.sigmaNorthM());
        fields.putAll(fields(location));
        return fields;
    }

    /** Returns all fields. */
    public static Map<String, Object> fields(Location location) {
        Map<String, Object> fields = outputs(location);
        GroundDensity ground = GroundDensity.of(location.plane(), location.density(), location.levels());
        GroundPoint median = ground.median();
        fields.put("median", place(median.latitude(), median.longitude()));
        fields.put(
                "regions",
                GroundDensity.LEVELS.stream()
                        .map(level -> region(level, ground.areaKm2(level)))
                        .toList());
        return fields;
    }

    /** Returns the fields that are the model file's outputs, which cost nothing. */
    public static Map<String, Object> outputs(Location location) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("covariance", covariance(location.density().covariance()));
        if (location.density() instanceof NormalMixture mixture) {
            fields.put(
                    "mixture",
                    mixture.components().stream()
                            .map(component -> component(component, location.plane()))
                            .toList());
        }
        return fields;
    }

    private static double[][] covariance(Covariance c) {
        return new double[][] {{c.eastEast(), c.eastNorth()}, {c.eastNorth(), c.northNorth()}};
    }

    private static Map<String, Object> component(NormalMixture.Component component, LocalPlane plane) {
        NormalDistribution normal = component.normal();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("weight", component.weight());
        fields.putAll(place(
                plane.latitudeOf(normal.mean().north()),
                plane.longitudeOf(normal.mean().east())));
        fields.put("sigma_east_m", normal.sigmaEast());
        fields.put("sigma_north_m", normal.sigmaNorth());
        fields.put("correlation", normal.correlation());
        return fields;
    }

    /** Returns the fields of a place, degrees. */
    public static Map<String, Object> place(double latitude, double longitude) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("latitude", latitude);
        fields.put("longitude", longitude);
        return fields;
    }

    /** Returns the fields of a region of a probability. */
    public static Map<String, Object> region(double level, double areaKm2) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("level", level);
        fields.put("area_km2", areaKm2);
        return fields;
    }
}
