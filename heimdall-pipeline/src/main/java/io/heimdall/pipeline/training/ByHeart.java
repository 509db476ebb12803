package io.heimdall.pipeline.training;

import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.backend.TrainingSession;
import io.heimdall.model.optimizer.OptimizerState;
import io.heimdall.model.optimizer.OptimizerStep;
import io.heimdall.model.train.BatchCursor;
import io.heimdall.pipeline.input.SessionSamples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How well a network knows the sessions that it learns by heart, as it sees them in training: batch norm with the statistics of the
 * batch, which predictions with running statistics of a few sessions differ from by far.
 *
 * @param nll mean negative log-likelihood of the places, nats
 * @param alone the same under one normal distribution that is fitted to the places
 * @param confused sessions of whose answer the place of another session of the batch is as likely as their own
 */
record ByHeart(double nll, double alone, List<String> confused) {
    /** Two axes: a sigma of a tenth has a density a hundred times as large. */
    private static final double AXES = 2;

    ByHeart {
        confused = List.copyOf(confused);
    }

    /**
     * Looks at the session's present weights, which stay.
     *
     * @param order of the samples in training
     */
    static ByHeart of(TrainingSession session, SessionSamples samples, int[] order, int batchSize) {
        OptimizerState before = session.optimizer();
        double sum = 0;
        List<String> confused = new ArrayList<>();
        try (BatchCursor batches = samples.open(order, batchSize, 0)) {
            while (batches.hasNext()) {
                Batch batch = batches.next();
                SeenAnswers seen = new SeenAnswers();
                session.step(batch, seen, new OptimizerStep(1, 0, 0, 1)); // a step of no length, in training mode
                sum += seen.sum();
                seen.confused().forEach(row -> confused.add(batch.sessionIds().get(row)));
            }
        }
        session.load(before);
        double alone =
                Arrays.stream(new HeldOut(samples).ofPlaces(samples)).average().orElseThrow();
        return new ByHeart(sum / order.length, alone, confused);
    }

    /** Returns the sigma of a normal distribution of this likelihood, as a part of the spread of the places. */
    double share() {
        return Math.exp((nll - alone) / AXES);
    }

    /** Returns whether the places are known, and to be those of these sessions: narrow peaks at all places do not count. */
    boolean learned() {
        return share() <= Overfit.NEAR_ZERO && confused.isEmpty();
    }

    /** Returns two sessions with the same input at different places, if there are any: no network can tell them apart. */
    static Optional<String> alike(SessionSamples samples) {
        Map<String, Integer> inputs = new HashMap<>();
        int[] order = IntStream.range(0, samples.size()).toArray();
        try (BatchCursor batches = samples.open(order, samples.size(), 0)) { // one batch, padded alike
            Batch batch = batches.next();
            float[] places = batch.targets().values();
            for (int row = 0; row < batch.size(); row++) {
                Integer other = inputs.putIfAbsent(input(batch, row), row);
                if (other != null
                        && (places[2 * row] != places[2 * other] || places[2 * row + 1] != places[2 * other + 1])) {
                    return Optional.of(batch.sessionIds().get(other) + " and "
                            + batch.sessionIds().get(row));
                }
            }
        }
        return Optional.empty();
    }

    private static String input(Batch batch, int row) {
        StringBuilder digests = new StringBuilder();
        for (FloatTensor tensor : batch.inputs().values()) {
            int length = tensor.values().length / batch.size();
            digests.append(Arrays.hashCode(Arrays.copyOfRange(tensor.values(), row * length, (row + 1) * length)))
                    .append(' ');
        }
        return digests.toString();
    }
}
