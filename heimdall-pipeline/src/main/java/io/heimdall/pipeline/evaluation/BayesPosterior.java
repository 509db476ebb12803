package io.heimdall.pipeline.evaluation;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Session;
import io.heimdall.simulation.PositionPosterior;
import io.heimdall.simulation.World;
import io.heimdall.simulation.WorldPosterior;

/**
 * The posterior mean in a simulated world with known laws. No method that reads the levels alone has a smaller root
 * mean square error. The posterior also knows the shadowing that belongs to the place, which a method that learns from sessions
 * can only estimate.
 */
public final class BayesPosterior implements LevelMethod {
    private final WorldPosterior posterior;
    private final boolean knowsMap;
    private final boolean leavesDelays;

    /** Prepares the grid of a world. */
    public BayesPosterior(World world) {
        posterior = new WorldPosterior(world);
        knowsMap = world.conditions().field().deviationDb() > 0;
        leavesDelays = world.conditions().clocks().areStated();
    }

    @Override
    public String id() {
        return "bayes";
    }

    @Override
    public String title() {
        String bound = leavesDelays ? " of the levels alone" : " (the bound)";
        return knowsMap ? "Bayes posterior, the map known" : "Exact Bayes posterior" + bound;
    }

    @Override
    public GeoPoint locate(Session session) {
        return posterior.of(session).mean();
    }

    @Override
    public Answer judge(Session session) {
        GeoPoint truth = session.source().orElseThrow();
        PositionPosterior believed = posterior.of(session);
        return new Answer(Answer.distance(truth, believed.mean()), Belief.of(believed, truth));
    }
}
