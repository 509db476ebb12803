package io.heimdall.dataset.sample;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Measurement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Makes samples ahead of who consumes them, in parallel and in bounded memory.
 *
 * <p>Thread-safe; each {@link SampleStream} is for one thread.
 */
public final class SampleLoader implements AutoCloseable {
    /** More than the features of one recording take. */
    private static final int CLOSING_SECONDS = 10;

    private final RecordingFeatures features;
    private final float absentDb;
    private final ExecutorService workers;

    /**
     * Starts the workers.
     *
     * @param features of the recordings
     * @param absentDb what fills the channel of a station without a recording
     * @param threads that compute features, at least 1
     */
    public SampleLoader(RecordingFeatures features, double absentDb, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads " + threads + " is not at least 1");
        }
        this.features = features;
        this.absentDb = (float) absentDb;
        this.workers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "sample-loader");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts to make samples.
     *
     * @param recipes in the order in which the samples shall come
     * @param ahead how many may be finished or in work before they are asked for, at least 1
     */
    public SampleStream open(List<SampleRecipe> recipes, int ahead) {
        return new SampleStream(recipes, ahead, workers, this::load);
    }

    /**
     * Makes one sample, on the calling thread.
     *
     * @throws DatasetException naming sample and recording, if a recording cannot be read
     */
    public Sample load(SampleRecipe recipe) {
        int size = features.size();
        float[] values = new float[recipe.channels().size() * size];
        boolean[] present = new boolean[recipe.channels().size()];
        try {
            for (int c = 0; c < present.length; c++) {
                Optional<Measurement> channel = recipe.channels().get(c);
                if (channel.isEmpty()) {
                    Arrays.fill(values, c * size, (c + 1) * size, absentDb);
                } else if (c > 0 && channel.equals(recipe.channels().get(c - 1))) {
                    System.arraycopy(values, (c - 1) * size, values, c * size, size);
                } else {
                    System.arraycopy(features.of(channel.get()), 0, values, c * size, size);
                }
                present[c] = channel.isPresent();
            }
        } catch (DatasetException e) {
            throw new DatasetException("session " + recipe.id() + ": " + e.getMessage(), e);
        }
        return new Sample(recipe.id(), values, present, recipe.position());
    }

    /** Ends the workers, and waits for what they have in hand; streams that are still open fail. */
    @Override
    public void close() {
        // What no worker had begun would never end: whoever waits for it must be told.
        workers.shutdownNow().forEach(sample -> ((Future<?>) sample).cancel(false));
        boolean interrupted = Thread.interrupted();
        try {
            // Who closes the workspace or deletes the cache next must not meet a worker there.
            workers.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
