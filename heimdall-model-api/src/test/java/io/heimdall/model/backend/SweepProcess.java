package io.heimdall.model.backend;

import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.input.Batches;
import io.heimdall.model.loss.GaussianNll;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.optimizer.OptimizerStep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A Java process of its own that trains networks at many sizes of batch and numbers of threads, to see whether it lives.
 *
 * <p>It says what it is about to do before it does so: its last line is where it died.
 */
public final class SweepProcess {
    private static final int MOST_ROWS = 33;
    private static final int MOST_THREADS = 16;
    private static final int STEPS = 2;

    private SweepProcess() {}

    /** How much is swept. */
    public enum Extent {
        /** Every network once or twice. */
        EACH(Set.of(2), Set.of(1, 2, 5)),
        /** What takes seconds, without the large networks. */
        QUICK(Set.of(1, 2, 3), Set.of(1, 2, 7, 32, MOST_ROWS)),
        /** All sizes of batch with some numbers of threads, and all numbers of threads with some sizes of batch. */
        AXES(upTo(MOST_THREADS), upTo(MOST_ROWS));

        private final Set<Integer> threads;
        private final Set<Integer> rows;

        Extent(Set<Integer> threads, Set<Integer> rows) {
            this.threads = new TreeSet<>(threads);
            this.rows = new TreeSet<>(rows);
        }

        private static Set<Integer> upTo(int most) {
            return IntStream.rangeClosed(1, most).boxed().collect(Collectors.toSet());
        }

        private List<NetworkSpec> networks() {
            return Projections.all().stream()
                    .filter(network -> this != QUICK || !large(network))
                    .toList();
        }

        private boolean has(NetworkSpec network, int count, int size) {
            if (this != AXES) {
                return true;
            }
            return large(network)
                    ? count == 4 || size == 32
                    : Set.of(1, 2, 3, 4).contains(count) || Set.of(2, 32).contains(size);
        }
    }

    private static boolean large(NetworkSpec network) {
        return network.name().startsWith("resnet");
    }

    /**
     * Sweeps.
     *
     * @param args the extent and the backend
     */
    public static void main(String[] args) {
        Extent extent = Extent.valueOf(args[0]);
        TrainingBackend backend = Backends.require(args[1]);
        long begun = System.nanoTime();
        int steps = 0;
        for (NetworkSpec network : extent.networks()) {
            Batch all = SyntheticTensors.batch(network, MOST_ROWS, "sweep.", 0);
            for (int threads : extent.threads) {
                try (TrainingSession session = backend.open(network, new SessionOptions(1, threads, List.of()))) {
                    for (int rows : extent.rows) {
                        if (extent.has(network, threads, rows)) {
                            System.out.println(network.name() + ", " + threads + " threads, " + rows + " rows");
                            steps += steps(session, network, first(all, rows));
                        }
                    }
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "swept %d networks, %d numbers of threads, %d sizes of batch: %d steps of %s in %.0f s on %s%n",
                extent.networks().size(),
                extent.threads.size(),
                extent.rows.size(),
                steps,
                backend.id(),
                (System.nanoTime() - begun) / 1e9,
                Processor.ofThisMachine());
    }

    /** One row has no variance to train with. The largest networks, of the same layers as the small one, do one step and predict seldom. */
    private static int steps(TrainingSession session, NetworkSpec network, Batch batch) {
        boolean large = large(network);
        if (!large || batch.size() == 1 || batch.size() == MOST_ROWS) {
            session.predict(batch.inputs());
        }
        int steps = batch.size() == 1 ? 0 : large ? 1 : STEPS;
        for (int step = 1; step <= steps; step++) {
            session.step(batch, new GaussianNll(), new OptimizerStep(step, 1e-3, 1e-4, 1));
        }
        return steps;
    }

    private static Batch first(Batch all, int rows) {
        return new Batch(
                Batches.rows(all.inputs(), 0, rows),
                FloatTensor.of(Arrays.copyOf(all.targets().values(), rows * 2), rows, 2),
                all.sessionIds().subList(0, rows));
    }

    /** Returns how to start it. */
    public static ProcessBuilder builder(Path crashLog, Extent extent, TrainingBackend backend) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:ErrorFile=" + crashLog,
                "-cp",
                System.getProperty("java.class.path"),
                SweepProcess.class.getName(),
                extent.name(),
                backend.id()));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("OMP_WAIT_POLICY", "PASSIVE"); // idle threads leave the processors to others
        return builder;
    }
}
