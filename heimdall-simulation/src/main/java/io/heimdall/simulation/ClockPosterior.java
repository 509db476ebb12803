package io.heimdall.simulation;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.localization.posterior.GroundPosterior;
import io.heimdall.localization.posterior.WeightedEvidence;
import io.heimdall.localization.region.GroundPoint;
import io.heimdall.model.LocalPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The posterior of the transmitter's place by the levels of a session and by the delays between its recordings, for a reader who knows the
 * truth about the clocks: the bound in worlds whose clocks are stated.
 *
 * <p>The part of the levels is the exact posterior. The part of the delays is at the Cramer-Rao bound: the delays are not measured, but have
 * the clocks' true errors, and errors by noise that are drawn from the normal distribution with the least covariance that an unbiased
 * estimate has ({@link Arrivals}). Echoes count as normally distributed errors of their own variance.
 *
 * <p>Immutable and thread-safe.
 */
public final class ClockPosterior {
    private final World world;
    private final WorldPosterior levels;
    private final Map<Long, Simulation> simulations = new ConcurrentHashMap<>();

    /**
     * Prepares the grid of a world.
     *
     * @throws IllegalArgumentException if nothing is stated of the world's clocks
     */
    public ClockPosterior(World world) {
        if (!world.conditions().clocks().areStated()) {
            throw new IllegalArgumentException("the world states nothing of its clocks");
        }
        this.world = world;
        this.levels = new WorldPosterior(world);
    }

    /**
     * Returns the posterior by levels and delays.
     *
     * @param session of this world, from the catalogue
     * @throws DatasetException if the session is not one of a simulation
     */
    public GroundPosterior of(Session session) {
        Optional<Arrivals> arrivals = arrivals(session);
        PositionPosterior byLevels = levels.of(session);
        return posterior(plane -> {
            List<WeightedEvidence> evidence = new ArrayList<>();
            evidence.add(WeightedEvidence.of(new LevelsEvidence(plane, byLevels, world.box())));
            arrivals.ifPresent(some -> evidence.add(WeightedEvidence.of(new ArrivalEvidence(plane, some))));
            return evidence;
        });
    }

    /**
     * Returns the posterior by delays alone, over the world's box; empty where there are not two recordings with right clocks.
     *
     * @param session of this world, from the catalogue
     * @throws DatasetException if the session is not one of a simulation
     */
    public Optional<GroundPosterior> ofDelays(Session session) {
        return arrivals(session)
                .map(some -> posterior(plane -> List.of(
                        WeightedEvidence.of(new BoxEvidence(plane, world.box())),
                        WeightedEvidence.of(new ArrivalEvidence(plane, some)))));
    }

    private GroundPosterior posterior(Function<LocalPlane, List<WeightedEvidence>> evidence) {
        GeoBox box = world.box();
        GeoPoint middle = box.at(0.5, 0.5);
        return GroundPosterior.of(
                new GroundPoint(middle.latitude(), middle.longitude()),
                Math.max(box.widthM(), box.heightM()) / 2 + WorldPosterior.DEFAULT_CELL_M,
                evidence);
    }

    private Optional<Arrivals> arrivals(Session session) {
        Transmission.Name name = Transmission.Name.of(session.id())
                .orElseThrow(() -> new DatasetException("session " + session.id()
                        + " has no name of a simulated session; the bound needs the clocks of the simulation"));
        Simulation simulation = simulations.computeIfAbsent(name.seed(), seed -> new Simulation(world, seed));
        Set<String> recorded = session.measurements().stream()
                .filter(measurement -> measurement.recorded().isPresent())
                .map(Measurement::station)
                .map(station -> station.name())
                .collect(Collectors.toSet());
        return Arrivals.of(world, name.seed(), simulation.transmission(name.number()), recorded);
    }
}
