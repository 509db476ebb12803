package io.heimdall.pipeline.evaluation;

import io.heimdall.localization.region.GroundDensity;
import io.heimdall.localization.region.GroundPoint;
import io.heimdall.localization.region.GroundRegion;
import io.heimdall.pipeline.location.LocatedSession;
import io.heimdall.pipeline.location.UsedBearing;
import io.heimdall.pipeline.location.UsedDelay;
import java.util.Comparator;
import java.util.List;

/**
 * The product of a session's evidence, as far as a map shows it.
 *
 * @param mean of the posterior
 * @param likeliest place, that the residuals of delays and bearings are of
 * @param delays that were used
 * @param bearings that were used
 * @param regions of the posterior, the largest first, of no more points than a screen shows
 */
public record FusedSession(
        GroundPoint mean,
        GroundPoint likeliest,
        List<UsedDelay> delays,
        List<UsedBearing> bearings,
        List<GroundRegion> regions) {
    private static final int MOST_POINTS = 60;

    /** Copies the lists. */
    public FusedSession {
        delays = List.copyOf(delays);
        bearings = List.copyOf(bearings);
        regions = List.copyOf(regions);
    }

    /** Returns what a map shows of a located session. */
    public static FusedSession of(LocatedSession located) {
        return new FusedSession(
                located.posterior().mean(),
                located.posterior().mode(),
                located.delays(),
                located.bearings(),
                GroundDensity.LEVELS.stream()
                        .sorted(Comparator.reverseOrder())
                        .map(level -> thinned(located.posterior().region(level)))
                        .toList());
    }

    private static GroundRegion thinned(GroundRegion region) {
        return new GroundRegion(
                region.level(),
                region.areaKm2(),
                region.polygons().stream()
                        .map(polygon -> polygon.thinned(MOST_POINTS))
                        .toList());
    }
}
