package io.heimdall.tracking.mlflow;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.heimdall.tracking.Names;
import io.heimdall.tracking.filestore.StoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The directory that MLflow loads an ONNX model from.
 *
 * <p>With this directory, {@code mlflow.onnx.load_model} returns the model, and {@code mlflow.pyfunc.load_model} a
 * predictor.
 */
public final class OnnxFlavor {
    private static final DateTimeFormatter PYTHON_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);
    private static final List<String> REQUIREMENTS =
            List.of("mlflow>=2.10", "numpy", "onnx>=1.14", "onnxruntime>=1.14");
    private static final String PYTHON = "3.11";

    private OnnxFlavor() {}

    /**
     * One input or output of a model, of 32-bit floats.
     *
     * @param name of it
     * @param shape length of each axis, -1 where it is free
     */
    public record Tensor(String name, int... shape) {}

    /**
     * Writes {@code MLmodel}, {@code model.onnx} and what tells Python its packages.
     *
     * @param directory to write to; made if it is missing
     * @param onnx the model, which is linked where the disk can; nobody may write to it afterwards
     * @param runId of the run that made it
     * @throws IOException if a file cannot be written
     */
    public static void write(Path directory, Path onnx, List<Tensor> inputs, List<Tensor> outputs, String runId)
            throws IOException {
        Names.run(runId);
        Files.createDirectories(directory);
        StoreFiles.copy(onnx, directory.resolve("model.onnx"), directory);
        StoreFiles.write(directory.resolve("requirements.txt"), directory, String.join("\n", REQUIREMENTS) + "\n");
        StoreFiles.writeYaml(directory.resolve("python_env.yaml"), pythonEnvironment());
        StoreFiles.writeYaml(directory.resolve("conda.yaml"), condaEnvironment());
        // Last, since it is what makes the directory a model.
        StoreFiles.writeYaml(
                directory.resolve("MLmodel"), model(directory, Files.size(onnx), signature(inputs, outputs), runId));
    }

    private static Map<String, Object> model(Path directory, long bytes, Map<String, Object> signature, String runId) {
        Map<String, Object> onnx = new LinkedHashMap<>();
        onnx.put("code", null);
        onnx.put("data", "model.onnx");
        onnx.put("providers", List.of("CPUExecutionProvider"));
        onnx.put("onnx_session_options", null);
        Map<String, Object> python = new LinkedHashMap<>();
        python.put("data", "model.onnx");
        python.put("env", Map.of("conda", "conda.yaml", "virtualenv", "python_env.yaml"));
        python.put("loader_module", "mlflow.onnx");
        python.put("python_version", PYTHON);
        Map<String, Object> flavors = new LinkedHashMap<>();
        flavors.put("onnx", onnx);
        flavors.put("python_function", python);
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("artifact_path", directory.getFileName().toString());
        model.put("flavors", flavors);
        model.put("model_size_bytes", bytes);
        model.put("model_uuid", UUID.randomUUID().toString().replace("-", ""));
        model.put("run_id", runId);
        model.put("signature", signature);
        model.put("utc_time_created", PYTHON_TIME.format(Instant.now()));
        return model;
    }

    /** MLflow keeps the specifications of the tensors as JSON, inside the YAML. */
    private static Map<String, Object> signature(List<Tensor> inputs, List<Tensor> outputs) throws IOException {
        Map<String, Object> signature = new LinkedHashMap<>();
        signature.put("inputs", specification(inputs));
        signature.put("outputs", specification(outputs));
        signature.put("params", null);
        return signature;
    }

    private static String specification(List<Tensor> tensors) throws IOException {
        return new JsonMapper()
                .writeValueAsString(tensors.stream()
                        .map(tensor -> {
                            Map<String, Object> spec = new LinkedHashMap<>();
                            spec.put("name", tensor.name());
                            spec.put("type", "tensor");
                            spec.put("tensor-spec", Map.of("dtype", "float32", "shape", tensor.shape()));
                            return spec;
                        })
                        .toList());
    }

    private static Map<String, Object> pythonEnvironment() {
        Map<String, Object> environment = new LinkedHashMap<>();
        environment.put("python", PYTHON);
        environment.put("build_dependencies", List.of("pip"));
        environment.put("dependencies", List.of("-r requirements.txt"));
        return environment;
    }

    private static Map<String, Object> condaEnvironment() {
        Map<String, Object> environment = new LinkedHashMap<>();
        environment.put("channels", List.of("conda-forge"));
        environment.put("dependencies", List.of("python=" + PYTHON, "pip", Map.of("pip", REQUIREMENTS)));
        environment.put("name", "mlflow-env");
        return environment;
    }
}
