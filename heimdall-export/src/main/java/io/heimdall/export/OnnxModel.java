package io.heimdall.export;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.ModelException;
import io.heimdall.model.UnusableFileException;
import io.heimdall.model.input.Axis;
import io.heimdall.model.input.Batches;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.metrics.LevelCalibration;
import io.heimdall.model.network.SetNet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.IntStream;

/**
 * A model file that is open in ONNX Runtime.
 *
 * <p>Thread-safe. Call {@link #close()} only while no prediction is running.
 */
public final class OnnxModel implements AutoCloseable {
    private final Path file;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Map<String, String> metadata;
    private final ModelDescription description;
    private final LevelCalibration levels;
    private final List<TensorSpec> given;
    /** Of calls that have ended. */
    private final Deque<OnnxInputs> spare = new ConcurrentLinkedDeque<>();

    private OnnxModel(Path file, OrtEnvironment environment, OrtSession session) throws OrtException {
        this.file = file;
        this.environment = environment;
        this.session = session;
        this.metadata = Map.copyOf(session.getMetadata().getCustomMetadata());
        this.given = given(session);
        this.description = ModelMetadata.read(metadata, given);
        this.levels = LevelCalibration.in(description.extra());
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
    public static OnnxModel open(Path file) throws IOException {
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
    public static OnnxModel open(Path file, int threads) throws IOException {
        if (threads < 1) {
            throw new IllegalArgumentException("threads " + threads + " is not at least 1");
        }
        if (!Files.isRegularFile(file)) {
            throw new UnusableFileException(file.toString(), file + ": there is no such model file");
        }
        OrtEnvironment environment = environment();
        OrtSession session = null;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            // Idle threads that spin would take the processors from whoever else runs here.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            session = environment.createSession(file.toString(), options);
            return new OnnxModel(file, environment, session);
        } catch (OrtException e) {
            throw new ModelException(
                    file.toString(), file + ": ONNX Runtime cannot load it: " + e.getMessage(), e, false);
        } catch (ModelException | IllegalArgumentException e) {
            close(session);
            throw new ModelException(file.toString(), file + ": " + e.getMessage(), e, false);
        }
    }

    /** Returns what the file says of its input and output. */
    public ModelDescription description() {
        return description;
    }

    /**
     * Returns the name of the network in the file.
     *
     * @throws ModelException if the file does not name it
     */
    public String network() {
        String name = metadata.get(ModelMetadata.NETWORK);
        if (name == null) {
            throw new ModelException(file + " does not name its network");
        }
        return name;
    }

    /** Returns the digest of the weights, as the training's result has it; the nodes around them may be those of any release. */
    public Optional<String> weightsSha256() {
        return Optional.ofNullable(metadata.get(ModelMetadata.WEIGHTS_SHA256));
    }

    /** Returns the inputs that the file declares, in its order. */
    public List<TensorSpec> inputs() {
        return given;
    }

    /** Returns all metadata of the file. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /**
     * Locates a batch.
     *
     * @param batch the file's inputs by name, each of shape (batch, axes...)
     * @return one location per row
     * @throws IllegalArgumentException if an input is missing or of another shape, or a value is not finite
     */
    public List<Location> predict(Map<String, FloatTensor> batch) {
        return predict(List.of(batch));
    }

    /**
     * Locates several batches in one run, as one whose free axes are filled with zeros behind a row's own values.
     *
     * @param batches each with the file's inputs by name, of shape (batch, axes...); at least one batch
     * @return one location per row, those of the first batch first
     * @throws IllegalArgumentException if an input is missing or of another shape, or a value is not finite
     */
    public List<Location> predict(List<Map<String, FloatTensor>> batches) {
        Map<String, FloatTensor> outputs = outputs(batches);
        FloatTensor position = output(outputs, OnnxExporter.POSITION);
        FloatTensor uncertainty = output(outputs, OnnxExporter.UNCERTAINTY);
        FileDensity density = new FileDensity(description.scale().plane(), outputs);
        List<Location> locations = new ArrayList<>(position.rows());
        for (Map<String, FloatTensor> batch : batches) {
            int rows = batch.get(given.get(0).name()).rows();
            for (int own = 0; own < rows; own++) {
                int row = locations.size();
                locations.add(new Location(
                        position.values()[2 * row],
                        position.values()[2 * row + 1],
                        uncertainty.values()[2 * row],
                        uncertainty.values()[2 * row + 1],
                        description.scale().plane(),
                        density.of(row),
                        levels.of(heard(batch, own))));
            }
        }
        return locations;
    }

    /** Returns how many elements of a row's set are heard, where the file's input tells. */
    private static OptionalInt heard(Map<String, FloatTensor> batch, int row) {
        FloatTensor heard = batch.get(SetNet.HEARD);
        FloatTensor inService = batch.get(SetNet.IN_SERVICE);
        if (heard == null || inService == null) {
            return OptionalInt.empty();
        }
        int elements = heard.values().length / heard.rows();
        return OptionalInt.of((int) IntStream.range(row * elements, (row + 1) * elements)
                .filter(i -> heard.values()[i] > 0.5f && inService.values()[i] > 0.5f)
                .count());
    }

    private FloatTensor output(Map<String, FloatTensor> outputs, String name) {
        FloatTensor tensor = outputs.get(name);
        if (tensor == null) {
            throw new ModelException(file + ": the model has no output '" + name + "'");
        }
        return tensor;
    }

    /**
     * Runs the file.
     *
     * @param batch its inputs by name, each of shape (batch, axes...)
     * @return its outputs by name
     * @throws IllegalArgumentException if an input is missing or of another shape, or a value is not finite
     */
    Map<String, FloatTensor> outputs(Map<String, FloatTensor> batch) {
        return outputs(List.of(batch));
    }

    private Map<String, FloatTensor> outputs(List<Map<String, FloatTensor>> batches) {
        batches.forEach(batch -> Batches.check(given, batch));
        OnnxInputs last = spare.poll();
        OnnxInputs inputs = last == null ? new OnnxInputs(environment, given) : last;
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        try {
            inputs.put(batches, tensors);
            try (OrtSession.Result result = session.run(tensors)) {
                Map<String, FloatTensor> outputs = new LinkedHashMap<>();
                for (Map.Entry<String, OnnxValue> output : result) {
                    outputs.put(output.getKey(), floats((OnnxTensor) output.getValue()));
                }
                return outputs;
            }
        } catch (OrtException e) {
            throw new ModelException(file.toString(), file + ": ONNX Runtime failed: " + e.getMessage(), e, false);
        } finally {
            tensors.values().forEach(OnnxTensor::close);
            spare.push(inputs);
        }
    }

    private static FloatTensor floats(OnnxTensor tensor) {
        long[] axes = tensor.getInfo().getShape();
        int[] shape = Arrays.stream(axes).mapToInt(Math::toIntExact).toArray();
        FloatTensor floats = FloatTensor.zeros(shape);
        tensor.getFloatBuffer().get(floats.values());
        return floats;
    }

    /** Returns the inputs that a file declares, in its order. */
    private static List<TensorSpec> given(OrtSession session) throws OrtException {
        List<TensorSpec> given = new ArrayList<>();
        for (NodeInfo input : session.getInputInfo().values()) {
            TensorInfo tensor = (TensorInfo) input.getInfo();
            List<Axis> axes = new ArrayList<>();
            for (int i = 1; i < tensor.getShape().length; i++) {
                long length = tensor.getShape()[i];
                axes.add(length < 0 ? Axis.free(tensor.getDimensionNames()[i]) : Axis.of((int) length));
            }
            TensorSpec.Type type = switch (tensor.type) {
                case BOOL -> TensorSpec.Type.FLAG;
                case INT64 -> TensorSpec.Type.WHOLE;
                default -> TensorSpec.Type.FLOAT;
            };
            given.add(new TensorSpec(input.getName(), type, axes));
        }
        return given;
    }

    @Override
    public void close() {
        spare.clear();
        close(session);
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
