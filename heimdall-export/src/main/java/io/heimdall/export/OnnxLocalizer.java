package io.heimdall.export;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * A model file, running in ONNX Runtime.
 *
 * <p>Thread-safe; {@link #close()} only when no prediction is running.
 */
public final class OnnxLocalizer implements AutoCloseable {
    private final Path file;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Map<String, String> metadata;
    private final ModelDescription description;
    private final int[] shape;
    /** Of calls that have ended: memory that is mapped and cleared for every call costs more than the copy. */
    private final Deque<FloatBuffer> buffers = new ConcurrentLinkedDeque<>();

    private OnnxLocalizer(Path file, OrtEnvironment environment, OrtSession session) throws OrtException {
        this.file = file;
        this.environment = environment;
        this.session = session;
        this.metadata = Map.copyOf(session.getMetadata().getCustomMetadata());
        this.description = ModelMetadata.read(metadata);
        this.shape = inputShape(session);
    }

    /**
     * Loads ONNX Runtime's native library and returns its version.
     *
     * @throws ModelException if it cannot be loaded on this machine
     */
    public static String runtimeVersion() {
        try {
            return environment().getVersion();
        } catch (LinkageError | IllegalStateException e) {
            throw new ModelException("ONNX Runtime cannot be loaded: " + e.getMessage(), e);
        }
    }

    private static OrtEnvironment environment() {
        OnnxRuntimeLibrary.prepare();
        return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "heimdall");
    }

    /** Opens a file with one thread for each processor. */
    public static OnnxLocalizer open(Path file) throws IOException {
        return open(file, Runtime.getRuntime().availableProcessors());
    }

    /**
     * Opens a file.
     *
     * @param file written by {@link OnnxExporter}
     * @param threads that compute one prediction together, at least 1
     * @throws IOException if the file cannot be read
     * @throws ModelException if it is not a model of Heimdall, or of a release that this one does not know
     */
    public static OnnxLocalizer open(Path file, int threads) throws IOException {
        if (threads < 1) {
            throw new IllegalArgumentException("threads " + threads + " is not at least 1");
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": there is no such model file");
        }
        OrtEnvironment environment = environment();
        OrtSession session = null;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            // Idle threads that spin would take the processors from whoever else runs here.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            session = environment.createSession(file.toString(), options);
            return new OnnxLocalizer(file, environment, session);
        } catch (OrtException e) {
            throw new ModelException(file + ": ONNX Runtime cannot load it: " + e.getMessage(), e);
        } catch (ModelException | IllegalArgumentException e) {
            close(session);
            throw new ModelException(file + ": " + e.getMessage(), e);
        }
    }

    /** Returns what the file says of its input and output. */
    public ModelDescription description() {
        return description;
    }

    /** Returns all metadata of the file. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** Returns the shape of one input: channels, mel bands, time frames. */
    public int[] inputShape() {
        return shape.clone();
    }

    /**
     * Locates a batch.
     *
     * @param melDb decibels, not normalised, shape (batch, channels, mels, frames)
     * @return one location per row
     * @throws IllegalArgumentException if the shape is not the model's or a value is not finite
     */
    public List<Location> predict(FloatTensor melDb) {
        return predict(List.of(melDb));
    }

    /**
     * Locates several batches as one.
     *
     * @param batches decibels, at least one batch, each of shape (batch, channels, mels, frames)
     * @return one location per row, in their order
     * @throws IllegalArgumentException if a shape is not the model's or a value is not finite
     */
    public List<Location> predict(List<FloatTensor> batches) {
        batches.forEach(this::check);
        int rows = batches.stream().mapToInt(batch -> batch.shape()[0]).sum();
        FloatBuffer values = buffer(Math.multiplyExact(rows, shape[0] * shape[1] * shape[2]));
        batches.forEach(batch -> values.put(batch.values()));
        try {
            return run(values.flip(), new long[] {rows, shape[0], shape[1], shape[2]});
        } finally {
            buffers.push(values);
        }
    }

    private FloatBuffer buffer(int length) {
        FloatBuffer last = buffers.poll();
        return last != null && last.capacity() >= length
                ? last.clear()
                : ByteBuffer.allocateDirect(Math.multiplyExact(Float.BYTES, length))
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
    }

    private List<Location> run(FloatBuffer values, long[] axes) {
        try (OnnxTensor input = OnnxTensor.createTensor(environment, values, axes);
                OrtSession.Result result = session.run(Map.of(OnnxExporter.INPUT, input))) {
            float[][] position = rows(result, OnnxExporter.POSITION);
            float[][] uncertainty = rows(result, OnnxExporter.UNCERTAINTY);
            List<Location> locations = new ArrayList<>(position.length);
            for (int i = 0; i < position.length; i++) {
                locations.add(new Location(position[i][0], position[i][1], uncertainty[i][0], uncertainty[i][1]));
            }
            return locations;
        } catch (OrtException e) {
            throw new ModelException(file + ": ONNX Runtime failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        close(session);
    }

    private void check(FloatTensor melDb) {
        int[] given = melDb.shape();
        if (given.length != 4 || given[0] < 1 || given[1] != shape[0] || given[2] != shape[1] || given[3] != shape[2]) {
            throw new IllegalArgumentException("input has shape " + Arrays.toString(given)
                    + ", the model takes (batch, " + shape[0] + ", " + shape[1] + ", " + shape[2] + ")");
        }
        for (int i = 0; i < melDb.values().length; i++) {
            if (!Float.isFinite(melDb.values()[i])) {
                throw new IllegalArgumentException(
                        "input value " + i + " is " + melDb.values()[i] + ", expected finite decibels");
            }
        }
    }

    private static float[][] rows(OrtSession.Result result, String name) throws OrtException {
        return (float[][]) result.get(name)
                .orElseThrow(() -> new ModelException("the model has no output '" + name + "'"))
                .getValue();
    }

    private static int[] inputShape(OrtSession session) throws OrtException {
        NodeInfo input = session.getInputInfo().get(OnnxExporter.INPUT);
        if (input == null || !(input.getInfo() instanceof TensorInfo tensor) || tensor.getShape().length != 4) {
            throw new ModelException("the model has no input '" + OnnxExporter.INPUT + "' of four axes");
        }
        long[] axes = tensor.getShape();
        return new int[] {(int) axes[1], (int) axes[2], (int) axes[3]};
    }

    private static void close(OrtSession session) {
        try {
            if (session != null) {
                session.close();
            }
        } catch (OrtException e) {
            throw new ModelException("ONNX Runtime cannot close the model: " + e.getMessage(), e);
        }
    }
}
