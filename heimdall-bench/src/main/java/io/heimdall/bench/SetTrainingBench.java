package io.heimdall.bench;

import com.sun.management.OperatingSystemMXBean;
import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.backend.Backends;
import io.heimdall.model.backend.SessionOptions;
import io.heimdall.model.backend.TrainingSession;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.loss.DensityNll;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.SetNet;
import io.heimdall.model.optimizer.OptimizerStep;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Measures a training step of the network of sets on both engines, which take turns in one process. */
public final class SetTrainingBench {
    private static final List<String> BACKENDS = List.of("djl-pytorch", "dl4j");
    private static final int THREADS = 2;
    private static final int ROUNDS = 8;
    private static final int STEPS = 20;
    private static final int WARM_UP = 100;
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private SetTrainingBench() {}

    /** Prints the milliseconds and the processor time of a step of 32 sets of 7 stations, and their ratio; the best of the rounds. */
    public static void main(String[] arguments) {
        NetworkSpec network = SetNet.of(TrainingBench.CHANNELS).network("set");
        Batch batch = batch(network);
        List<Steps> engines = (arguments.length > 0 ? List.of(arguments) : BACKENDS)
                .stream().map(id -> new Steps(id, network, batch)).toList();
        engines.forEach(engine -> engine.run(WARM_UP));
        double[] wall = new double[engines.size()];
        double[] processor = new double[engines.size()];
        Arrays.fill(wall, Double.POSITIVE_INFINITY);
        Arrays.fill(processor, Double.POSITIVE_INFINITY);
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < wall.length; i++) {
                long begun = System.nanoTime();
                long before = PROCESS.getProcessCpuTime();
                engines.get(i).run(STEPS);
                processor[i] = Math.min(processor[i], (PROCESS.getProcessCpuTime() - before) / 1e6 / STEPS);
                wall[i] = Math.min(wall[i], (System.nanoTime() - begun) / 1e6 / STEPS);
            }
        }
        for (int i = 0; i < wall.length; i++) {
            System.out.printf(
                    Locale.ROOT,
                    "%-12s %7.2f ms a step, %7.2f ms of processors; %.2f and %.2f times the first%n",
                    engines.get(i).id(),
                    wall[i],
                    processor[i],
                    wall[i] / wall[0],
                    processor[i] / processor[0]);
        }
        System.exit(0); // engines keep threads
    }

    /** Training steps of one engine. */
    private static final class Steps {
        private final String id;
        private final TrainingSession session;
        private final Batch batch;
        private long step;

        Steps(String id, NetworkSpec network, Batch batch) {
            this.id = id;
            this.session = Backends.require(id).open(network, new SessionOptions(1, THREADS, List.of()));
            this.batch = batch;
        }

        String id() {
            return id;
        }

        void run(int steps) {
            for (int i = 0; i < steps; i++) {
                step++;
                session.step(batch, new DensityNll(), new OptimizerStep(step, 1e-3, 1e-4, 1.0));
            }
        }
    }

    private static Batch batch(NetworkSpec network) {
        Random random = new Random(1);
        Map<String, FloatTensor> inputs = new LinkedHashMap<>();
        for (TensorSpec spec : network.inputs()) {
            int width = spec.axes().get(1).length();
            float[] values = new float[TrainingBench.ROWS * TrainingBench.CHANNELS * width];
            for (int i = 0; i < values.length; i++) {
                values[i] = switch (spec.name()) {
                    case SetNet.HEARD, SetNet.RECORDED, SetNet.IN_SERVICE -> 1;
                    case SetNet.INDEX -> i % TrainingBench.CHANNELS;
                    default -> (float) random.nextGaussian();
                };
            }
            inputs.put(spec.name(), FloatTensor.of(values, TrainingBench.ROWS, TrainingBench.CHANNELS, width));
        }
        float[] targets = new float[2 * TrainingBench.ROWS];
        IntStream.range(0, targets.length).forEach(i -> targets[i] = (float) random.nextGaussian());
        return new Batch(
                inputs,
                FloatTensor.of(targets, TrainingBench.ROWS, 2),
                Collections.nCopies(TrainingBench.ROWS, "bench"));
    }
}
