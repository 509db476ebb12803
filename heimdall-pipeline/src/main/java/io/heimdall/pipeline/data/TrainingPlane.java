package io.heimdall.pipeline.data;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.features.spectrum.RunningStatistics;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.output.AffineMap;
import io.heimdall.model.output.PlaneScale;
import java.util.List;

/** The plane at the centroid of the training positions, in which networks learn standardised offsets east and north. */
public final class TrainingPlane {
    /** Of positions that are all the same; it keeps the network's numbers and degrees in 32 bits meaningful. */
    private static final double SMALLEST_DEVIATION_M = 100;

    private TrainingPlane() {}

    /** Returns the plane at the centroid of the training positions, scaled by their statistics in it. */
    public static PlaneScale at(List<GeoPoint> training) {
        LocalPlane plane = new LocalPlane(
                training.stream().mapToDouble(GeoPoint::latitude).average().orElseThrow(), meanLongitude(training));
        RunningStatistics east = new RunningStatistics();
        RunningStatistics north = new RunningStatistics();
        for (GeoPoint place : training) {
            east.add(plane.east(place.longitude()));
            north.add(plane.north(place.latitude()));
        }
        return new PlaneScale(plane, new AffineMap(east.mean(), deviation(east), north.mean(), deviation(north)));
    }

    private static double deviation(RunningStatistics statistics) {
        return Math.max(SMALLEST_DEVIATION_M, statistics.standardDeviation());
    }

    /** The mean of the ways from the first one, so that the date line does not cut a network in two. */
    private static double meanLongitude(List<GeoPoint> places) {
        double first = places.get(0).longitude();
        double mean = first
                + places.stream()
                        .mapToDouble(p -> Math.IEEEremainder(p.longitude() - first, 360))
                        .average()
                        .orElseThrow();
        return Math.IEEEremainder(mean, 360);
    }
}
