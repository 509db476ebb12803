package io.heimdall.pipeline.training;

import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.backend.TrainingSession;
import io.heimdall.model.loss.DensityNll;
import io.heimdall.model.optimizer.OptimizerState;
import io.heimdall.model.optimizer.OptimizerStep;
import io.heimdall.model.train.BatchCursor;
import io.heimdall.pipeline.input.SessionSamples;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How well a network knows the sessions that it learns by heart, as it sees them in training: batch norm with the statistics of the
 * batch, which predictions with running statistics of a few sessions differ from by far.
 *
 * @param nll mean negative log-likelihood of the places, nats
 * @param elsewhere the same of each place under the answer to another session
 * @param alone the same under one normal distribution that is fitted to the places
 * @param others part of the sessions that have another place in {@code elsewhere}, 0..1
 */
record ByHeart(double nll, double elsewhere, double alone, double others) {
    /** Two axes: a sigma of a tenth has a density a hundred times as large. */
    private static final double AXES = 2;

    /**
     * Looks at the session's present weights, which stay.
     *
     * @param order of the samples in training
     */
    static ByHeart of(TrainingSession session, SessionSamples samples, int[] order, int batchSize) {
        OptimizerState before = session.optimizer();
        double own = 0;
        double elsewhere = 0;
        double different = 0;
        try (BatchCursor batches = samples.open(order, batchSize, 0)) {
            while (batches.hasNext()) {
                Batch batch = batches.next();
                Batch turned = turned(batch);
                own += batch.size() * loss(session, batch);
                elsewhere += batch.size() * loss(session, turned);
                different += differences(batch, turned);
            }
        }
        session.load(before);
        double alone =
                Arrays.stream(new HeldOut(samples).ofPlaces(samples)).average().orElseThrow();
        return new ByHeart(own / order.length, elsewhere / order.length, alone, different / order.length);
    }

    /** Returns the sigma of a normal distribution of this likelihood, as a part of the spread of the places. */
    double share() {
        return Math.exp((nll - alone) / AXES);
    }

    /** Returns whether the places are known, and to be those of these sessions: narrow peaks at all places do not count. */
    boolean learned() {
        double nats = -AXES * Math.log(Overfit.NEAR_ZERO);
        return nll <= alone - nats && elsewhere - nll >= others * nats;
    }

    /** A step of no length gives the loss in training mode. */
    private static double loss(TrainingSession session, Batch batch) {
        return session.step(batch, new DensityNll(), new OptimizerStep(1, 0, 0, 1))
                .loss();
    }

    /** Returns a batch with the places of other rows, as many rows further on as makes most of them others. */
    private static Batch turned(Batch batch) {
        return IntStream.range(1, Math.max(2, batch.size()))
                .mapToObj(by -> turned(batch, by))
                .reduce((best, next) -> differences(batch, next) > differences(batch, best) ? next : best)
                .orElseThrow();
    }

    private static Batch turned(Batch batch, int by) {
        float[] places = batch.targets().values();
        float[] other = new float[places.length];
        for (int i = 0; i < places.length; i++) {
            other[i] = places[(i + 2 * by) % places.length];
        }
        return new Batch(batch.inputs(), FloatTensor.of(other, batch.size(), 2), batch.sessionIds());
    }

    private static int differences(Batch one, Batch other) {
        float[] a = one.targets().values();
        float[] b = other.targets().values();
        return (int) IntStream.range(0, one.size())
                .filter(row -> a[2 * row] != b[2 * row] || a[2 * row + 1] != b[2 * row + 1])
                .count();
    }

    /** Returns two sessions with the same input at different places, if there are any: no network can tell them apart. */
    static Optional<String> alike(SessionSamples samples) {
        Map<String, Integer> inputs = new HashMap<>();
        try (BatchCursor batches = samples.open(
                IntStream.range(0, samples.size()).toArray(), samples.size(), 0)) { // one batch, padded alike
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
