package io.heimdall.pipeline.training;

import io.heimdall.features.spectrum.RunningStatistics;
import io.heimdall.model.Batch;
import io.heimdall.model.backend.TrainingSession;
import io.heimdall.model.output.NormalDistribution;
import io.heimdall.model.output.OutputSpec;
import io.heimdall.model.output.PlanePoint;
import io.heimdall.model.train.BatchCursor;
import io.heimdall.pipeline.input.SessionSamples;
import java.util.List;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;

/**
 * Judges on sessions that were not learned from, each by its negative log-likelihood in nats, in the network's units.
 *
 * @param samples of the validation split
 */
record HeldOut(SessionSamples samples) {
    private static final int BATCH = 64;
    /** Of places that are all the same. */
    private static final double LEAST_DEVIATION = 1e-3;

    /** Returns that of each sample under the session's present weights. */
    double[] of(TrainingSession session) {
        OutputSpec output = session.network().output();
        double[] nll = new double[samples.size()];
        forEachBatch((batch, first) -> {
            float[] numbers = session.predict(batch.inputs()).values();
            float[] targets = batch.targets().values();
            double[] row = new double[output.width()];
            for (int r = 0; r < batch.size(); r++) {
                for (int k = 0; k < row.length; k++) {
                    row[k] = numbers[r * row.length + k];
                }
                nll[first + r] = output.likelihood(row, 0).add(targets[2 * r], targets[2 * r + 1]);
            }
        });
        return nll;
    }

    /** Reads all samples in their order, each batch with the number of its first sample. */
    void forEachBatch(ObjIntConsumer<Batch> reader) {
        int first = 0;
        try (BatchCursor batches =
                samples.open(IntStream.range(0, samples.size()).toArray(), BATCH, 0)) {
            while (batches.hasNext()) {
                Batch batch = batches.next();
                reader.accept(batch, first);
                first += batch.size();
            }
        }
    }

    /** Returns that of each sample if nothing is known but where the training sessions were: a normal distribution. */
    double[] ofPlaces(SessionSamples training) {
        RunningStatistics east = new RunningStatistics();
        RunningStatistics north = new RunningStatistics();
        for (PlanePoint place : training.places()) {
            east.add(place.east());
            north.add(place.north());
        }
        NormalDistribution all = new NormalDistribution(
                east.mean(),
                north.mean(),
                Math.max(LEAST_DEVIATION, east.standardDeviation()),
                Math.max(LEAST_DEVIATION, north.standardDeviation()),
                0);
        List<PlanePoint> held = samples.places();
        return held.stream()
                .mapToDouble(place -> -all.logDensity(place.east(), place.north()))
                .toArray();
    }
}
