package io.heimdall.model.backend;

import io.heimdall.model.Batch;
import io.heimdall.model.optimizer.OptimizerStep;
import java.nio.file.Path;
import java.util.ArrayList;
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

    /** These repeat the layers of ResNet-18, which has all numbers of threads and all sizes of batch: some are enough. */
    private static final Set<String> REPEATED = Set.of("resnet34", "set-resnet18");

    private static final Set<Integer> SOME_THREADS = Set.of(1, 4, 7, MOST_THREADS);
    private static final Set<Integer> SOME_ROWS = Set.of(1, 2, 3, 16, 32, MOST_ROWS);

    private SweepProcess() {}

    /** How much is swept. */
    public enum Extent {
        /** Every network once or twice. */
        EACH(Set.of(2), Set.of(1, 2, 5)),
        /** What takes seconds, without the large networks. */
        QUICK(Set.of(1, 3), Set.of(1, 7, MOST_ROWS)),
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

        private List<SweptNetwork> networks() {
            return SweptNetwork.all(MOST_ROWS).stream()
                    .filter(swept -> this != QUICK || !swept.large())
                    .toList();
        }

        private boolean has(SweptNetwork swept, int count, int size) {
            if (this != AXES) {
                return true;
            }
            if (REPEATED.contains(swept.network().name())
                    && !(SOME_THREADS.contains(count) && SOME_ROWS.contains(size))) {
                return false;
            }
            return swept.large()
                    ? count == 4 || size == 32
                    : Set.of(1, 2, 3, 4).contains(count) || Set.of(2, 32).contains(size);
        }

        /** Returns whether a network is trained with so many threads at all: a session costs a second of a processor. */
        private boolean has(SweptNetwork swept, int count) {
            return rows.stream().anyMatch(size -> has(swept, count, size));
        }
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
        List<SweptNetwork> networks = extent.networks();
        for (SweptNetwork swept : networks) {
            for (int threads : extent.threads) {
                if (!extent.has(swept, threads)) {
                    continue;
                }
                try (TrainingSession session =
                        backend.open(swept.network(), new SessionOptions(1, threads, List.of()))) {
                    for (int rows : extent.rows) {
                        if (extent.has(swept, threads, rows)) {
                            System.out.println(swept.network().name() + ", " + threads + " threads, " + rows + " rows");
                            steps += steps(session, swept, swept.first(rows));
                        }
                    }
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "swept %d networks, %d numbers of threads, %d sizes of batch: %d steps of %s in %.0f s on %s%n",
                networks.size(),
                extent.threads.size(),
                extent.rows.size(),
                steps,
                backend.id(),
                (System.nanoTime() - begun) / 1e9,
                Processor.ofThisMachine());
    }

    /** One row has no variance to train with. The largest networks, of the same layers as the small one, do one step and predict seldom. */
    private static int steps(TrainingSession session, SweptNetwork swept, Batch batch) {
        if (!swept.large() || batch.size() == 1 || batch.size() == MOST_ROWS) {
            session.predict(batch.inputs());
        }
        int steps = batch.size() == 1 ? 0 : swept.large() ? 1 : STEPS;
        for (int step = 1; step <= steps; step++) {
            session.step(batch, swept.loss(), new OptimizerStep(step, 1e-3, 1e-4, 1));
        }
        return steps;
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
