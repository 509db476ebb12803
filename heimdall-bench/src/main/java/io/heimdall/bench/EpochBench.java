package io.heimdall.bench;

import com.sun.management.OperatingSystemMXBean;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.dataset.store.FeatureKey;
import io.heimdall.dataset.store.FeatureStore;
import io.heimdall.dataset.store.FeatureStores;
import io.heimdall.dataset.store.Precision;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.features.spectrum.RunningStatistics;
import io.heimdall.files.ObjectKey;
import io.heimdall.files.OrderedWork;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.output.AffineMap;
import io.heimdall.model.output.PlaneScale;
import io.heimdall.model.train.BatchCursor;
import io.heimdall.pipeline.input.Assembler;
import io.heimdall.pipeline.input.Augmentation;
import io.heimdall.pipeline.input.Observation;
import io.heimdall.pipeline.input.Producers;
import io.heimdall.pipeline.input.SessionSamples;
import io.heimdall.servers.s3.MinioObjectStore;
import io.heimdall.servers.s3.S3Settings;
import io.heimdall.servers.s3.S3ShardFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * Measures how fast an epoch reads its spectrograms from a feature store: session by session, and shard by shard. Both take turns.
 *
 * <p>Arguments: {@code STORE SESSIONS [BANDS FRAMES [STEP_MS]]}. STORE is a directory or {@code s3://bucket/folder} of the server that the
 * environment names; what is missing of the features of so many sessions of seven stations is made up and stored. STEP_MS is the time of
 * the step that the trainer makes between two batches.
 */
public final class EpochBench {
    private static final int STATIONS = 7;
    private static final int BATCH = 32;
    private static final int THREADS = 2;
    private static final PlaneScale SCALE = new PlaneScale(new LocalPlane(45, 8), AffineMap.scaling(1e5));

    private final FeatureStore store;
    private final FeatureParameters parameters;
    private final Optional<CountedFiles> files;
    private final long stepMs;

    private EpochBench(FeatureStore store, Optional<CountedFiles> files, FeatureParameters parameters, long stepMs) {
        this.store = store;
        this.files = files;
        this.parameters = parameters;
        this.stepMs = stepMs;
    }

    /** Measures three epochs of each kind. */
    public static void main(String[] arguments) throws Exception {
        int bands = arguments.length > 3 ? Integer.parseInt(arguments[2]) : 128;
        int frames = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 32;
        long stepMs = arguments.length > 4 ? Long.parseLong(arguments[4]) : 0;
        FeatureParameters parameters =
                FeatureParameters.network().withMels(bands).withFrames(frames);
        int sessions = Integer.parseInt(arguments[1]);
        if (!arguments[0].startsWith("s3://")) {
            try (FeatureStore store = FeatureStores.directory(Path.of(arguments[0]))) {
                new EpochBench(store, Optional.empty(), parameters, stepMs).run(sessions);
            }
            return;
        }
        Path local = Files.createTempDirectory("epoch-bench");
        S3Settings settings = S3Settings.parseForFeatures(System.getenv()).orElseThrow();
        try (MinioObjectStore objects = MinioObjectStore.open(settings, local.resolve("cache"), 0)) {
            CountedFiles files = new CountedFiles(
                    new S3ShardFiles(objects, ObjectKey.parse(arguments[0]), local.resolve("staging")));
            try (FeatureStore store = FeatureStores.over(files, Precision.FLOAT32)) {
                new EpochBench(store, Optional.of(files), parameters, stepMs).run(sessions);
            }
        }
    }

    private void run(int sessions) throws IOException {
        long before = usedBytes();
        List<Session> all = new ArrayList<>(sessions);
        for (int number = 0; number < sessions; number++) {
            all.add(BenchSessions.session(number, STATIONS));
        }
        System.out.printf("%d bytes of memory a session%n", (usedBytes() - before) / sessions);
        fill(all);
        RecordingFeatures features = new RecordingFeatures(
                        new BenchSessions.NoObjects(), parameters, FeatureCache.over(store))
                .rememberingKeys();
        RunningStatistics statistics = new RunningStatistics();
        statistics.add(new float[] {-100, 0}, 0, 2);
        Assembler assembler = Producers.named("stations").fit(all, statistics, SCALE, features);
        try (OrderedWork workers = new OrderedWork("sample-loader", THREADS)) {
            List<Observation> rows = all.stream()
                    .flatMap(session -> assembler.observations(session).stream())
                    .toList();
            SessionSamples single = new SessionSamples(rows, assembler, workers, SCALE, Augmentation.NONE);
            long begun = System.nanoTime();
            SessionSamples streamed = single.streamed(single.shards());
            System.out.printf(
                    Locale.ROOT,
                    "%d sessions in %d blocks, found in %.2f s%n",
                    sessions,
                    streamed.blocks().orElseThrow().shards().size(),
                    seconds(begun));
            System.out.printf("%d bytes of memory a session, keys included%n", (usedBytes() - before) / sessions);
            for (int epoch = 1; epoch <= 3; epoch++) {
                epoch("session by session", single, epoch);
                epoch("shard by shard", streamed, epoch);
            }
        }
    }

    private void epoch(String how, SessionSamples samples, int epoch) {
        long cpu = processorTime();
        files.ifPresent(CountedFiles::forget);
        long begun = System.nanoTime();
        int[] order = samples.order().of(samples.size(), 1, epoch);
        double first = 0;
        double waited = 0;
        int batches = 0;
        long asked = begun;
        try (BatchCursor cursor = samples.open(order, BATCH, epoch)) {
            while (cursor.hasNext()) {
                cursor.next();
                waited += seconds(asked);
                first = batches == 0 ? seconds(begun) : first;
                batches++;
                step();
                asked = System.nanoTime();
            }
        }
        double all = seconds(begun);
        System.out.printf(
                Locale.ROOT,
                "%-18s epoch %d: %.2f s (%.2f s of processor), first batch after %.3f s, waiting %.2f %%%s%n",
                how,
                epoch,
                all,
                (processorTime() - cpu) / 1e9,
                first,
                100 * waited / all,
                asked(samples.size() * STATIONS));
    }

    private String asked(int recordings) {
        return files.map(counted -> String.format(
                        Locale.ROOT,
                        ", %.4f requests and %.0f bytes a recording",
                        (double) counted.requests() / recordings,
                        (double) counted.bytes() / recordings))
                .orElse("");
    }

    private void step() {
        try {
            Thread.sleep(stepMs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fill(List<Session> sessions) throws IOException {
        long begun = System.nanoTime();
        long cpu = processorTime();
        int stored = 0;
        for (Session session : sessions) {
            for (Measurement measurement : session.measurements()) {
                FeatureKey key = BenchSessions.key(measurement.recorded().orElseThrow(), parameters);
                if (store.shardOf(key).isEmpty()) {
                    store.put(key, values(key));
                    stored++;
                }
            }
        }
        store.flush();
        if (stored > 0) {
            System.out.printf(
                    Locale.ROOT,
                    "%d recordings stored in %.1f s (%.1f s of processor)%s%n",
                    stored,
                    seconds(begun),
                    (processorTime() - cpu) / 1e9,
                    asked(stored));
        }
    }

    private float[] values(FeatureKey key) {
        Random random = new Random(key.hashCode());
        float[] values = new float[key.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = -100 * random.nextFloat();
        }
        return values;
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static long processorTime() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
