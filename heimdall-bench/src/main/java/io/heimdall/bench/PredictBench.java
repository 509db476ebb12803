package io.heimdall.bench;

import com.sun.management.OperatingSystemMXBean;
import io.heimdall.app.jobs.JobStore;
import io.heimdall.app.jobs.TrainingJobs;
import io.heimdall.app.service.HeimdallService;
import io.heimdall.app.service.ServiceOptions;
import io.heimdall.dataset.Workspace;
import io.heimdall.model.network.LocalizationNet;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.input.SetProducer;
import io.heimdall.pipeline.modelfile.UntrainedModel;
import io.heimdall.pipeline.training.TrainingSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Measures {@code /predict} of a running service: requests one by one, 200 from 16 clients, and far too many at once. */
public final class PredictBench {
    private static final int CLIENTS = 16;
    private static final int REQUESTS = 200;
    private static final int WARM_UP = 1500;
    private static final int ROUNDS = 5;
    private static final int FLOOD = 400;

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final int port;

    /**
     * What was measured.
     *
     * @param latencies of the requests, sorted, milliseconds
     * @param processorMillis that the process without its clients took for a request
     */
    @SuppressWarnings("ArrayRecordComponent") // It never leaves this class.
    private record Load(double[] latencies, double processorMillis) {}

    private PredictBench(int port) {
        this.port = port;
    }

    /** Prints a table; with {@code --json} as second argument an object after it. The first argument is an empty folder. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Map<String, String> results = new TreeMap<>();
        try (Workspace workspace = Workspace.create(folder.resolve("workspace"));
                Services services = Services.of(workspace)) {
            register(services, folder);
            try (TrainingJobs jobs = TrainingJobs.open(services, JobStore.in(workspace.directory()), 0);
                    HeimdallService service = HeimdallService.start(services, jobs, ServiceOptions.local(0))) {
                PredictBench bench = new PredictBench(service.port());
                List<PredictBody> bodies = PredictBody.all();
                System.out.printf("%-28s %8s %8s %8s %10s %10s%n", "ms", "p50", "p95", "most", "a second", "processor");
                for (PredictBody body : bodies) {
                    bench.load(body, WARM_UP, CLIENTS);
                }
                for (PredictBody body : bodies) {
                    bench.measure(body, results);
                }
                bench.flood(bodies.get(0), results);
            }
        }
        if (List.of(arguments).contains("--json")) {
            System.out.println("{"
                    + String.join(
                            ", ",
                            results.entrySet().stream()
                                    .map(result -> "\"" + result.getKey() + "\": " + result.getValue())
                                    .toList())
                    + "}");
        }
    }

    private static void register(Services services, Path folder) throws IOException {
        NetworkSpec channels = LocalizationNet.resnet18(TrainingBench.CHANNELS);
        new UntrainedModel(channels, TrainingBenchFiles.description(channels))
                .register(services.tracker(), TrainingSettings.MODEL_NAME, folder.resolve("channels"));
        UntrainedModel.of(PredictBody.SET, new SetProducer().example())
                .register(services.tracker(), PredictBody.SET, folder.resolve(PredictBody.SET));
    }

    private void measure(PredictBody body, Map<String, String> results) throws Exception {
        Load alone = null;
        Load loaded = null;
        double rate = 0;
        double processorMillis = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) { // the machine may have other work: the best round counts
            alone = better(alone, load(body, REQUESTS / 4, 1));
            long begun = System.nanoTime();
            Load now = load(body, REQUESTS, CLIENTS);
            rate = Math.max(rate, REQUESTS * 1e9 / (System.nanoTime() - begun));
            processorMillis = Math.min(processorMillis, now.processorMillis());
            loaded = better(loaded, now);
        }
        line(body.name() + ", 1 client", alone, "", text(alone.processorMillis()));
        line(body.name() + ", " + CLIENTS + " clients", loaded, text(rate), text(processorMillis));
        results.put(body.name() + "_p50_ms", text(at(loaded, 0.5)));
        results.put(body.name() + "_p95_ms", text(at(loaded, 0.95)));
        results.put(body.name() + "_alone_p50_ms", text(at(alone, 0.5)));
        results.put(body.name() + "_per_second", text(rate));
        results.put(body.name() + "_processor_ms", text(processorMillis));
    }

    private static Load better(Load before, Load now) {
        return before == null || at(now, 0.95) < at(before, 0.95) ? now : before;
    }

    private static void line(String name, Load load, String rate, String processorMillis) {
        System.out.printf(
                Locale.ROOT,
                "%-28s %8.1f %8.1f %8.1f %10s %10s%n",
                name,
                at(load, 0.5),
                at(load, 0.95),
                load.latencies()[load.latencies().length - 1],
                rate,
                processorMillis);
    }

    private static String text(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }

    /** The smallest value that so many are not above. */
    private static double at(Load load, double share) {
        double[] sorted = load.latencies();
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }

    /** Sends requests; a client asks again as soon as it is answered. */
    private Load load(PredictBody body, int requests, int clients) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            AtomicInteger left = new AtomicInteger(requests);
            AtomicLong clientNanos = new AtomicLong();
            long before = PROCESS.getProcessCpuTime();
            Callable<List<Double>> client = () -> {
                List<Double> latencies = new ArrayList<>();
                try (BareClient connection = new BareClient(port)) {
                    while (left.getAndDecrement() > 0) {
                        long begun = System.nanoTime();
                        int status = connection.send(body.request());
                        if (status != 200) {
                            throw new IllegalStateException("answered " + status);
                        }
                        latencies.add((System.nanoTime() - begun) / 1e6);
                    }
                }
                clientNanos.addAndGet(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
                return latencies;
            };
            List<Double> all = new ArrayList<>();
            for (Future<List<Double>> latencies : threads.invokeAll(Collections.nCopies(clients, client))) {
                all.addAll(latencies.get());
            }
            long serviceNanos = PROCESS.getProcessCpuTime() - before - clientNanos.get();
            return new Load(
                    all.stream().mapToDouble(Double::doubleValue).sorted().toArray(), serviceNanos / 1e6 / requests);
        } finally {
            threads.shutdown();
        }
    }

    private void flood(PredictBody body, Map<String, String> results) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(FLOOD);
        try {
            Map<Integer, Integer> answers = new TreeMap<>();
            Callable<Integer> call = () -> status(body);
            for (Future<Integer> answer : threads.invokeAll(Collections.nCopies(FLOOD, call))) {
                answers.merge(answer.get(), 1, Integer::sum);
            }
            System.out.println(FLOOD + " at once: " + answers + " (status=count), and then " + status(body));
            results.put("flood_answered_200", String.valueOf(answers.getOrDefault(200, 0)));
            results.put("flood_answered_503", String.valueOf(answers.getOrDefault(503, 0)));
        } finally {
            threads.shutdown();
        }
    }

    private int status(PredictBody body) throws IOException {
        try (BareClient connection = new BareClient(port)) {
            return connection.send(body.request());
        }
    }
}
