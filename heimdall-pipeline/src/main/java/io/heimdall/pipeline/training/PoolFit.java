package io.heimdall.pipeline.training;

import io.heimdall.dataset.split.GroupBy;
import io.heimdall.export.BackendAgreement;
import io.heimdall.export.ModelDescription;
import io.heimdall.model.backend.TrainingSession;
import io.heimdall.model.evidence.LevelGrid;
import io.heimdall.model.evidence.LogPool;
import io.heimdall.model.output.AffineMap;
import io.heimdall.model.output.GaussianDistribution;
import io.heimdall.model.output.PlanePoint;
import io.heimdall.pipeline.input.Observation;
import io.heimdall.pipeline.input.SessionSamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Decides whether the fitted world's map is to say something beside the network, by the negative log-likelihood of the validation split.
 *
 * <p>The map has shown on groups that it had not seen that it tells more than the law alone. So it has its say unless the network alone is
 * better by more than the standard error of the difference over the groups. The exponents are not fitted: a validation split has few groups,
 * and the likelihood is flat about its minimum (ADR 156).
 *
 * @param session with the weights to export
 * @param description of the network's output
 * @param validation samples
 * @param groups of which no session is independent of another
 */
record PoolFit(TrainingSession session, ModelDescription description, SessionSamples validation, GroupBy groups) {
    private static final double NETWORK_EXPONENT = 0.5;
    private static final double MAP_EXPONENT = 0.7;

    /** What is known of a session: the network's answer, the grid's, and the place. */
    private record Judged(GaussianDistribution network, double[] logMass, PlanePoint truth) {
        double alone() {
            return -network.logDensity(truth.east(), truth.north());
        }

        double pooled(LogPool pool) {
            return -pool.of(network, logMass).logDensity(truth.east(), truth.north());
        }
    }

    /** Returns the pool; empty if the network alone is better. */
    Optional<LogPool> of(LevelGrid grid) {
        LogPool pool = new LogPool(grid, NETWORK_EXPONENT, MAP_EXPONENT);
        List<Judged> judged = judged(grid);
        if (judged.isEmpty()) {
            return Optional.empty();
        }
        double[] alone = judged.stream().mapToDouble(Judged::alone).toArray();
        double[] pooled =
                judged.parallelStream().mapToDouble(one -> one.pooled(pool)).toArray();
        List<String> names = Refinement.names(
                validation.observations().stream().map(Observation::session).toList(), groups);
        return PairedDifference.of(pooled, alone, names).isLower() ? Optional.empty() : Optional.of(pool);
    }

    private List<Judged> judged(LevelGrid grid) {
        List<Judged> judged = new ArrayList<>();
        ModelDescription unscaled = description.withSigmaScale(1);
        AffineMap metres = description.scale().metres();
        new HeldOut(validation).forEachBatch((batch, first) -> {
            List<GaussianDistribution> answers =
                    BackendAgreement.distributions(unscaled, session.predict(batch.inputs()));
            float[] targets = batch.targets().values();
            judged.addAll(IntStream.range(0, batch.size())
                    .parallel()
                    .mapToObj(row -> new Judged(
                            answers.get(row),
                            grid.logMass(batch.inputs(), row),
                            metres.apply(new PlanePoint(targets[2 * row], targets[2 * row + 1]))))
                    .toList());
        });
        return judged;
    }
}
