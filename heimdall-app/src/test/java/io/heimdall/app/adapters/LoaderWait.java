package io.heimdall.app.adapters;

import io.heimdall.dataset.Workspace;
import io.heimdall.model.Batch;
import io.heimdall.model.backend.Backends;
import io.heimdall.model.backend.SessionOptions;
import io.heimdall.model.backend.TrainingSession;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Networks;
import io.heimdall.model.train.BatchCursor;
import io.heimdall.model.train.Checkpoints;
import io.heimdall.model.train.EpochMetrics;
import io.heimdall.model.train.SampleSource;
import io.heimdall.model.train.Trainer;
import io.heimdall.model.train.TrainingListener;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.data.DataSettings;
import io.heimdall.pipeline.data.TrainingData;
import io.heimdall.pipeline.input.Augmentation;
import io.heimdall.pipeline.input.Producers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures how long the trainer waits for samples in each epoch, on the servers that the environment names.
 *
 * <p>Arguments: {@code WORKSPACE NETWORK EPOCHS}; {@code dev/bench/loader.sh} runs it.
 */
final class LoaderWait {
    private LoaderWait() {}

    public static void main(String[] arguments) throws Exception {
        TrainingPlan plan = TrainingPlan.seeded(1).withEpochs(Integer.parseInt(arguments[2]));
        try (Workspace workspace = Workspace.openOrCreate(Path.of(arguments[0]));
                Services services = Adapters.open(workspace, System.getenv())) {
            long start = System.nanoTime();
            try (TrainingData data = TrainingData.load(
                    services.sessions(), DataSettings.seeded(1), Producers.named("stations"), PipelineListener.NONE)) {
                System.out.printf(
                        Locale.ROOT,
                        "%d sessions in %s, read in %.1f s%n",
                        data.sessions().training().size(),
                        services.objects(),
                        (System.nanoTime() - start) / 1e9);
                train(data, arguments[1], plan);
            }
        }
        System.exit(0); // engines keep threads
    }

    private static void train(TrainingData data, String name, TrainingPlan plan) throws Exception {
        NetworkSpec network = Networks.named(name).network(data.assembler().input());
        AtomicLong waited = new AtomicLong();
        TrainingListener told = new TrainingListener() {
            @Override
            public void epochDone(EpochMetrics epoch, boolean best) {
                double seconds = epoch.duration().toNanos() / 1e9;
                double waiting = waited.getAndSet(0) / 1e9;
                System.out.printf(
                        Locale.ROOT,
                        "epoch %d: %.2f s, of which %.3f s waiting for samples, %.2f %%%n",
                        epoch.epoch(),
                        seconds,
                        waiting,
                        100 * waiting / seconds);
            }
        };
        SessionOptions options = new SessionOptions(1, Runtime.getRuntime().availableProcessors(), java.util.List.of());
        try (TrainingSession session = Backends.preferred().open(network, options)) {
            new Trainer(plan, Checkpoints.in(Files.createTempDirectory("loader-wait")), told)
                    .fit(
                            session,
                            timed(data.samples(data.sessions().training(), Augmentation.DEFAULT), waited),
                            timed(data.samples(data.sessions().validation(), Augmentation.NONE), waited));
        }
    }

    /** The same samples; what the trainer waits for the next batch is added up. */
    private static SampleSource timed(SampleSource samples, AtomicLong waited) {
        return new SampleSource() {
            @Override
            public int size() {
                return samples.size();
            }

            @Override
            public BatchCursor open(int[] order, int batchSize, long seed) {
                long start = System.nanoTime();
                BatchCursor cursor = samples.open(order, batchSize, seed);
                waited.addAndGet(System.nanoTime() - start);
                return new BatchCursor() {
                    @Override
                    public boolean hasNext() {
                        return cursor.hasNext();
                    }

                    @Override
                    public Batch next() {
                        long asked = System.nanoTime();
                        try {
                            return cursor.next();
                        } finally {
                            waited.addAndGet(System.nanoTime() - asked);
                        }
                    }

                    @Override
                    public void close() {
                        cursor.close();
                    }
                };
            }
        };
    }
}
