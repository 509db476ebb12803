package io.heimdall.model.train;

import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.ModelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;

/** A small regression that a {@link LinearSession} can learn; also a program of its own, to be killed. */
public final class LinearTask {
    static final int INPUTS = 6;
    static final TrainingPlan PLAN =
            TrainingPlan.seeded(11).withEpochs(6).withBatchSize(8).withRates(0.03, 1e-4);

    private LinearTask() {}

    /** Draws samples: targets are linear in the features, with noise of 0.3 east and 0.1 north. */
    static MemorySamples samples(int count, long seed) {
        var random = new Random(seed);
        FloatTensor features = FloatTensor.zeros(count, 1, 2, 3);
        FloatTensor targets = FloatTensor.zeros(count, 2);
        var ids = new ArrayList<String>();
        for (int row = 0; row < count; row++) {
            double east = 0.3 * random.nextGaussian();
            double north = 0.1 * random.nextGaussian();
            for (int i = 0; i < INPUTS; i++) {
                float x = (float) random.nextGaussian();
                features.values()[row * INPUTS + i] = x;
                east += x * (i - 2) / 3;
                north += x * (3 - i) / 5;
            }
            targets.values()[2 * row] = (float) east;
            targets.values()[2 * row + 1] = (float) north;
            ids.add("session-" + row);
        }
        return new MemorySamples(new Batch(Map.of(LinearSession.FEATURES, features), targets, ids));
    }

    static LinearSession session() {
        return new LinearSession(INPUTS, PLAN.seed());
    }

    /** Trains, or goes on training, in the directory {@code args[0]}, slowly; prints how it ended. */
    public static void main(String[] args) {
        var checkpoints = Checkpoints.in(Path.of(args[0]));
        var slow = new TrainingListener() {
            @Override
            public void stepDone(StepProgress progress) {
                try {
                    Thread.sleep(5);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        var session = new LinearSession(Integer.parseInt(args[1]), PLAN.seed());
        try {
            var result = new Trainer(PLAN, checkpoints, slow)
                    .resume(session, wide(45, Integer.parseInt(args[1])), wide(20, Integer.parseInt(args[1])));
            System.out.println("weights " + result.weights().sha256());
        } catch (ModelException e) {
            System.out.println("fault " + e.getMessage());
            System.out.println("kept " + checkpoints.last().orElseThrow().epoch());
        }
    }

    /** Draws samples of any number of inputs, targets at random: for runs of which only the bits matter. */
    static MemorySamples wide(int count, int inputs) {
        var random = new Random(count);
        FloatTensor features = FloatTensor.zeros(count, 1, 1, inputs);
        FloatTensor targets = FloatTensor.zeros(count, 2);
        for (FloatTensor tensor : new FloatTensor[] {features, targets}) {
            for (int i = 0; i < tensor.values().length; i++) {
                tensor.values()[i] = (float) random.nextGaussian();
            }
        }
        return new MemorySamples(new Batch(
                Map.of(LinearSession.FEATURES, features), targets, java.util.Collections.nCopies(count, "s")));
    }
}
