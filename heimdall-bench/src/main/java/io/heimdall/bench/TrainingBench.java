package io.heimdall.bench;

import io.heimdall.export.OnnxModel;
import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.backend.Backends;
import io.heimdall.model.backend.SessionOptions;
import io.heimdall.model.backend.TrainingSession;
import io.heimdall.model.loss.GaussianNll;
import io.heimdall.model.network.LocalizationNet;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.optimizer.OptimizerStep;
import io.heimdall.model.weights.Safetensors;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Measures one engine on request: reads lines {@code step COUNT}, {@code predict ROWS COUNT} or {@code outputs}, and answers
 * the first two with the least milliseconds of one call, the last with the outputs of the first row.
 *
 * <p>Arguments: {@code BACKEND|onnx FOLDER THREADS}. The folder has {@code weights.safetensors}, {@code model.onnx} and the
 * batch, {@code features.f32} and {@code targets.f32}, see {@link TrainingBenchFiles}. {@code dev/bench.sh training} lets it
 * take turns with other engines, each in a process of its own.
 */
public final class TrainingBench {
    /** Channels of an input: the stations of the simulated network. */
    static final int CHANNELS = 7;

    /** Rows of the batch. */
    static final int ROWS = 32;

    private final Engine engine;
    private final FloatTensor features;

    private TrainingBench(Engine engine, FloatTensor features) {
        this.engine = engine;
        this.features = features;
    }

    /** One engine with its weights. */
    private interface Engine {
        void step();

        float[] predict(FloatTensor features);
    }

    /** Serves standard input until it ends. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        int threads = Integer.parseInt(arguments[2]);
        FloatTensor features = FloatTensor.of(
                floats(folder.resolve("features.f32")), ROWS, CHANNELS, LocalizationNet.BANDS, LocalizationNet.FRAMES);
        Engine engine = arguments[0].equals("onnx")
                ? onnx(folder.resolve("model.onnx"), threads)
                : training(arguments[0], folder, features, threads);
        var bench = new TrainingBench(engine, features);
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(bench.answer(line.split(" ")));
        }
        System.exit(0); // engines keep threads
    }

    private String answer(String[] words) {
        return switch (words[0]) {
            case "step" -> least(Integer.parseInt(words[1]), engine::step);
            case "predict" -> {
                FloatTensor rows = rows(Integer.parseInt(words[1]));
                yield least(Integer.parseInt(words[2]), () -> engine.predict(rows));
            }
            case "outputs" -> {
                float[] outputs = engine.predict(rows(1));
                yield IntStream.range(0, outputs.length)
                        .mapToObj(i -> Float.toString(outputs[i]))
                        .collect(Collectors.joining(" "));
            }
            default -> throw new IllegalArgumentException("'" + words[0] + "' is neither step, predict nor outputs");
        };
    }

    private FloatTensor rows(int count) {
        int length = features.values().length / features.rows();
        return FloatTensor.of(
                Arrays.copyOf(features.values(), count * length),
                count,
                CHANNELS,
                LocalizationNet.BANDS,
                LocalizationNet.FRAMES);
    }

    private static String least(int count, Runnable work) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            long begin = System.nanoTime();
            work.run();
            least = Math.min(least, System.nanoTime() - begin);
        }
        return Double.toString(least / 1e6);
    }

    private static Engine training(String id, Path folder, FloatTensor features, int threads) throws IOException {
        NetworkSpec network = LocalizationNet.resnet18(CHANNELS);
        Batch batch = new Batch(
                Map.of(LocalizationNet.FEATURES, features),
                FloatTensor.of(floats(folder.resolve("targets.f32")), ROWS, 2),
                Collections.nCopies(ROWS, "bench"));
        TrainingSession session = Backends.require(id).open(network, new SessionOptions(1, threads, List.of()));
        session.load(Safetensors.read(folder.resolve("weights.safetensors")));
        return new Engine() {
            private long step;

            @Override
            public void step() {
                step++;
                session.step(batch, new GaussianNll(), new OptimizerStep(step, 1e-3, 1e-4, 1.0));
            }

            @Override
            public float[] predict(FloatTensor rows) {
                FloatTensor numbers = session.predict(Map.of(LocalizationNet.FEATURES, rows));
                return Arrays.copyOf(numbers.values(), network.output().width());
            }
        };
    }

    private static Engine onnx(Path file, int threads) throws IOException {
        OnnxModel model = OnnxModel.open(file, threads);
        return new Engine() {
            @Override
            public void step() {
                throw new UnsupportedOperationException("ONNX Runtime trains nothing");
            }

            @Override
            public float[] predict(FloatTensor rows) {
                var first =
                        model.predict(Map.of(LocalizationNet.FEATURES, rows)).get(0);
                return new float[] {
                    (float) first.longitude(),
                    (float) first.latitude(),
                    (float) first.sigmaLongitude(),
                    (float) first.sigmaLatitude()
                };
            }
        };
    }

    private static float[] floats(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }
}
