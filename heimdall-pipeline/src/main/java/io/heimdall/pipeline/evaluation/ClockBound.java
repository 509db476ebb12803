package io.heimdall.pipeline.evaluation;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Session;
import io.heimdall.localization.region.GroundPoint;
import io.heimdall.simulation.ClockPosterior;
import io.heimdall.simulation.World;
import java.util.Optional;

/**
 * The bound in a simulated world whose clocks state how good they are: the posterior mean of levels and delays, see
 * {@link ClockPosterior}. The levels' part is exact, the delays' part is at the Cramer-Rao bound of a reader who knows which clocks are
 * wrong.
 */
public final class ClockBound implements LevelMethod {
    private final ClockPosterior posterior;

    /** Prepares the grid of a world of stated clocks. */
    public ClockBound(World world) {
        posterior = new ClockPosterior(world);
    }

    @Override
    public String id() {
        return "clock_bound";
    }

    @Override
    public String title() {
        return "Levels exactly, delays at the Cramer-Rao bound, clocks known (the bound)";
    }

    @Override
    public GeoPoint locate(Session session) {
        GroundPoint mean = posterior.of(session).mean();
        return new GeoPoint(mean.latitude(), mean.longitude());
    }

    @Override
    public Answer judge(Session session) {
        return Answer.of(session.source().orElseThrow(), posterior.of(session));
    }

    /** Judges the bound of the delays alone; empty where a session has not two recordings with right clocks. */
    public Optional<Answer> judgeDelays(Session session) {
        GeoPoint truth = session.source().orElseThrow();
        return posterior.ofDelays(session).map(believed -> Answer.of(truth, believed));
    }
}
