package io.heimdall.pipeline.data;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.export.ModelDescription.Axis;
import io.heimdall.export.ModelDescription.Output;
import io.heimdall.features.spectrum.RunningStatistics;
import io.heimdall.model.LocalPlane;
import java.util.List;

/** Positions as what the network learns: standardised offsets east and north, in the plane at their centroid. */
final class Targets {
    /** Of positions that are all the same; it keeps the network's numbers and degrees in 32 bits meaningful. */
    private static final double SMALLEST_DEVIATION_M = 100;

    private Targets() {}

    /** Returns the plane at the centroid of the training positions, and their statistics in it. */
    static Output fit(List<GeoPoint> training) {
        LocalPlane plane = new LocalPlane(
                training.stream().mapToDouble(GeoPoint::latitude).average().orElseThrow(), meanLongitude(training));
        RunningStatistics east = new RunningStatistics();
        RunningStatistics north = new RunningStatistics();
        for (GeoPoint place : training) {
            east.add(plane.east(place.longitude()));
            north.add(plane.north(place.latitude()));
        }
        return new Output(plane, axis(east), axis(north), 1);
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

    private static Axis axis(RunningStatistics statistics) {
        return new Axis(statistics.mean(), Math.max(SMALLEST_DEVIATION_M, statistics.standardDeviation()));
    }

    /** Writes the two numbers of one position. */
    static void write(GeoPoint place, Output output, float[] targets, int offset) {
        LocalPlane plane = output.plane();
        targets[offset] = standard(plane.east(place.longitude()), output.east());
        targets[offset + 1] = standard(plane.north(place.latitude()), output.north());
    }

    private static float standard(double metres, Axis axis) {
        return (float) ((metres - axis.meanM()) / axis.deviationM());
    }
}
