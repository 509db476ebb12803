package io.heimdall.pipeline.prediction;

import io.heimdall.dataset.Session;
import io.heimdall.export.ModelDescription;
import io.heimdall.pipeline.data.Ensemble;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * Predictions for sessions on which a model is judged: in an ensemble, the member that has not seen a session's group
 * locates it.
 *
 * @param description of the file
 * @param ensemble in it; empty where it has a single network
 */
public record OutOfFold(ModelDescription description, Optional<Ensemble> ensemble) {

    /** Reads what a file says of its members. */
    public static OutOfFold of(SessionLocalizer model) {
        ModelDescription description = model.model().description();
        return new OutOfFold(description, Ensemble.in(description));
    }

    /** Locates sessions, as {@link SessionLocalizer#locate} does. */
    public List<Estimate> locate(SessionLocalizer model, List<Session> sessions, LongConsumer done) {
        List<Estimate> estimates = model.locate(sessions, done);
        if (ensemble.isEmpty()) {
            return estimates;
        }
        List<Session> located = Estimate.sessions(estimates, sessions);
        return IntStream.range(0, located.size())
                .mapToObj(i -> {
                    Estimate estimate = estimates.get(i);
                    return estimate.at(ensemble.get().unseen(located.get(i), estimate.location()));
                })
                .toList();
    }

    /** Returns what the sigma of each estimate was multiplied by. */
    public List<Double> sigmaScales(List<Estimate> estimates, List<Session> sessions) {
        return Estimate.sessions(estimates, sessions).stream()
                .map(session ->
                        ensemble.map(members -> members.sigmaScale(session)).orElse(description.sigmaScale()))
                .toList();
    }
}
