package io.heimdall.model.metrics;

import io.heimdall.model.output.GaussianDistribution;
import io.heimdall.model.output.LevelMap;
import io.heimdall.model.output.PlanePoint;

/**
 * A forecast of a place, with the true place.
 *
 * @param distribution that was forecast, metres on a plane
 * @param truth metres on the same plane
 * @param levels map of the distribution's levels, fitted where this truth has no part in it
 */
public record JudgedForecast(GaussianDistribution distribution, PlanePoint truth, LevelMap levels) {

    /** Judges a distribution whose levels are as they are. */
    public JudgedForecast(GaussianDistribution distribution, PlanePoint truth) {
        this(distribution, truth, LevelMap.IDENTITY);
    }

    /** Checks that the truth is finite. */
    public JudgedForecast {
        if (!Double.isFinite(truth.east()) || !Double.isFinite(truth.north())) {
            throw new IllegalArgumentException("truth " + truth.east() + ", " + truth.north() + " is not finite");
        }
    }

    /** Returns how far the mean is east of the truth, metres. */
    public double errorEast() {
        return distribution.mean().east() - truth.east();
    }

    /** Returns how far the mean is north of the truth, metres. */
    public double errorNorth() {
        return distribution.mean().north() - truth.north();
    }

    /** Returns the distance of the mean from the truth, metres. */
    public double distance() {
        return distribution.mean().distanceTo(truth);
    }

    /** Returns the calibrated level of the smallest region of the forecast that holds the truth, 0..1. */
    public double credibleLevel() {
        return levels.calibrated(distribution.credibleLevel(truth.east(), truth.north()));
    }

    /** Returns the same forecast with every sigma multiplied by a factor, and levels as they are. */
    public JudgedForecast scaled(double factor) {
        return new JudgedForecast(distribution.withSigmasTimes(factor), truth);
    }
}
