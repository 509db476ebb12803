package io.heimdall.pipeline.evaluation;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Session;
import io.heimdall.simulation.PositionPosterior;
import io.heimdall.simulation.World;
import io.heimdall.simulation.WorldPosterior;

/**
 * The posterior mean in a simulated world with known laws. No method that reads the levels alone has a smaller root
 * mean square error.
 */
public final class BayesPosterior implements LevelMethod {
    private final WorldPosterior posterior;

    /** Prepares the grid of a world. */
    public BayesPosterior(World world) {
        posterior = new WorldPosterior(world);
    }

    @Override
    public String id() {
        return "bayes";
    }

    @Override
    public String title() {
        return "Exact Bayes posterior (the bound)";
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
