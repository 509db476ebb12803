package io.heimdall.pipeline.location;

import io.heimdall.dataset.GeoPoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * What known places tell of one station or of one pair: a place has paths of its own, which all of its sessions share, so
 * that many sessions of one beacon tell what one does.
 */
final class KnownPlaces {
    /** Sources that near are one place, as far as corrections are concerned. */
    private static final double ONE_PLACE_M = 1000;

    /** A little more than a kilometre along a meridian. */
    private static final double ONE_PLACE_DEGREES = 0.01;

    private final List<GeoPoint> sources = new ArrayList<>();
    private final List<ErrorFit.Residual> residuals = new ArrayList<>();

    /** Returns whether two sources are two places. */
    static boolean areApart(GeoPoint one, GeoPoint other) {
        return one.distanceMetres(other) > ONE_PLACE_M;
    }

    void add(GeoPoint source, ErrorFit.Residual residual) {
        sources.add(source);
        residuals.add(residual);
    }

    /** Returns the residuals, each with its power shared by all that are from the same place. */
    List<ErrorFit.Residual> shared() {
        List<Integer> near = near(sources);
        List<ErrorFit.Residual> shared = new ArrayList<>();
        for (int i = 0; i < residuals.size(); i++) {
            ErrorFit.Residual one = residuals.get(i);
            shared.add(new ErrorFit.Residual(
                    one.plus(), one.minus(), one.value(), one.sigma(), one.power() / near.get(i)));
        }
        return shared;
    }

    /** Returns for each source how many of the sources, itself included, are at the same place. */
    static List<Integer> near(List<GeoPoint> sources) {
        Map<GeoPoint, Integer> sessions = new HashMap<>();
        sources.forEach(source -> sessions.merge(source, 1, Integer::sum));
        TreeMap<Double, List<GeoPoint>> byLatitude = new TreeMap<>();
        sessions.keySet()
                .forEach(place -> byLatitude
                        .computeIfAbsent(place.latitude(), latitude -> new ArrayList<>())
                        .add(place));
        Map<GeoPoint, Integer> near = new HashMap<>();
        sessions.keySet().forEach(place -> near.put(place, near(place, byLatitude, sessions::get)));
        return sources.stream().map(near::get).toList();
    }

    private static int near(
            GeoPoint place, TreeMap<Double, List<GeoPoint>> byLatitude, ToIntFunction<GeoPoint> sessions) {
        return byLatitude
                .subMap(place.latitude() - ONE_PLACE_DEGREES, place.latitude() + ONE_PLACE_DEGREES)
                .values()
                .stream()
                .flatMap(List::stream)
                .filter(other -> other.distanceMetres(place) <= ONE_PLACE_M)
                .mapToInt(sessions)
                .sum();
    }

    /** Returns residuals in degrees within half a turn of their circular mean: those of a reversed antenna are of both signs. */
    static List<ErrorFit.Residual> unwrapped(List<ErrorFit.Residual> degrees) {
        double sine = 0;
        double cosine = 0;
        for (ErrorFit.Residual one : degrees) {
            sine += one.power() * Math.sin(Math.toRadians(one.value()));
            cosine += one.power() * Math.cos(Math.toRadians(one.value()));
        }
        double mean = Math.toDegrees(Math.atan2(sine, cosine));
        return degrees.stream()
                .map(one -> new ErrorFit.Residual(
                        one.plus(),
                        one.minus(),
                        mean + Math.IEEEremainder(one.value() - mean, 360),
                        one.sigma(),
                        one.power()))
                .toList();
    }
}
