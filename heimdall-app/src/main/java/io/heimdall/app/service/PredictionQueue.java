package io.heimdall.app.service;

import io.heimdall.export.Location;
import io.heimdall.export.OnnxLocalizer;
import io.heimdall.model.FloatTensor;
import io.heimdall.tracking.ModelVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Predictions, one batch at a time: what has come in while a batch was computed is computed together, which is several times as fast
 * as one after the other. The queue is bounded; who finds it full is sent away.
 */
final class PredictionQueue implements AutoCloseable {
    private static final int MOST_ROWS = 64;
    private static final int OPEN_MODELS = 3;
    private static final long PATIENCE_SECONDS = 20;

    /**
     * A model to be predicted by.
     *
     * @param name and
     * @param version and
     * @param runId, which tells apart versions of a store that was made anew
     */
    record Key(String name, int version, String runId) {
        static Key of(ModelVersion version) {
            return new Key(version.name(), version.version(), version.runId());
        }
    }

    private record Waiting(
            ModelVersion version,
            Function<OnnxLocalizer, FloatTensor> input,
            CompletableFuture<List<Location>> answer) {}

    private final BlockingQueue<Waiting> queue;
    private final Function<ModelVersion, Path> files;
    private final Map<Key, OnnxLocalizer> models = new LinkedHashMap<>(8, 0.75f, true);
    private final Thread worker = new Thread(this::work, "heimdall-predictions");
    private Waiting kept;
    private volatile boolean closed;

    PredictionQueue(int capacity, Function<ModelVersion, Path> files) {
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.files = files;
        worker.setDaemon(true);
        worker.start();
    }

    int waiting() {
        return queue.size();
    }

    /**
     * Predicts, waiting for the turn.
     *
     * @param input of a model, once it is known
     * @throws Problem if there is no room, or no time
     */
    List<Location> predict(ModelVersion version, Function<OnnxLocalizer, FloatTensor> input) throws IOException {
        Waiting waiting = new Waiting(version, input, new CompletableFuture<>());
        if (closed || !queue.offer(waiting)) {
            throw Problem.busy("too many predictions are waiting", 1);
        }
        try {
            return waiting.answer().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw new IOException("the prediction failed: " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            waiting.answer().cancel(false);
            throw Problem.busy("the prediction's turn did not come in " + PATIENCE_SECONDS + " s", 5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.busy("the service is stopping", 5);
        }
    }

    private void work() {
        while (!closed) {
            try {
                Waiting first = kept != null ? kept : queue.take();
                kept = null;
                answer(first);
            } catch (InterruptedException e) { // closed
                return;
            }
        }
    }

    private void answer(Waiting first) {
        List<Waiting> together = new ArrayList<>(List.of(first));
        try {
            OnnxLocalizer model = open(first.version());
            List<FloatTensor> inputs = new ArrayList<>();
            add(first, model, inputs, together);
            int rows = inputs.stream().mapToInt(tensor -> tensor.shape()[0]).sum();
            while (rows < MOST_ROWS && (kept = queue.poll()) != null) {
                if (!Key.of(kept.version()).equals(Key.of(first.version()))) {
                    break; // it begins the next batch
                }
                together.add(kept);
                add(kept, model, inputs, together);
                kept = null;
                rows = inputs.stream().mapToInt(tensor -> tensor.shape()[0]).sum();
            }
            if (!inputs.isEmpty()) {
                tell(together, inputs, model.predict(concatenated(inputs)));
            }
        } catch (IOException | RuntimeException | Error e) {
            together.forEach(waiting -> waiting.answer().completeExceptionally(e));
        }
    }

    /** Input that is refused is told so at once, and does not spoil the batch of the others. */
    private static void add(Waiting waiting, OnnxLocalizer model, List<FloatTensor> inputs, List<Waiting> together) {
        try {
            if (waiting.answer().isDone()) {
                together.remove(waiting);
                return;
            }
            FloatTensor input = waiting.input().apply(model);
            for (float value : input.values()) {
                if (!Float.isFinite(value)) {
                    throw Problem.badRequest("features holds a value that is no finite number");
                }
            }
            inputs.add(input);
        } catch (RuntimeException e) {
            together.remove(waiting);
            waiting.answer().completeExceptionally(e);
        }
    }

    private static FloatTensor concatenated(List<FloatTensor> inputs) {
        if (inputs.size() == 1) {
            return inputs.get(0);
        }
        int[] shape = inputs.get(0).shape();
        float[] all = new float[inputs.stream().mapToInt(t -> t.values().length).sum()];
        int at = 0;
        for (FloatTensor input : inputs) {
            System.arraycopy(input.values(), 0, all, at, input.values().length);
            at += input.values().length;
        }
        return FloatTensor.of(all, all.length / (shape[1] * shape[2] * shape[3]), shape[1], shape[2], shape[3]);
    }

    private static void tell(List<Waiting> together, List<FloatTensor> inputs, List<Location> locations) {
        int at = 0;
        for (int i = 0; i < together.size(); i++) {
            int rows = inputs.get(i).shape()[0];
            together.get(i).answer().complete(List.copyOf(locations.subList(at, at + rows)));
            at += rows;
        }
    }

    private OnnxLocalizer open(ModelVersion version) throws IOException {
        Key key = Key.of(version);
        OnnxLocalizer model = models.get(key);
        if (model == null) {
            model = OnnxLocalizer.open(files.apply(version));
            models.put(key, model);
            if (models.size() > OPEN_MODELS) {
                Key eldest = models.keySet().iterator().next();
                models.remove(eldest).close();
            }
        }
        return model;
    }

    @Override
    public void close() {
        closed = true;
        worker.interrupt();
        try {
            worker.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Problem stopping = Problem.busy("the service is stopping", 5);
        if (kept != null) {
            kept.answer().completeExceptionally(stopping);
        }
        for (Waiting waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
            waiting.answer().completeExceptionally(stopping);
        }
        if (!worker.isAlive()) {
            models.values().forEach(OnnxLocalizer::close);
        }
    }
}
