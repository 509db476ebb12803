package io.heimdall.model.backend;

import io.heimdall.model.Batch;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.loss.GaussianNll;
import io.heimdall.model.network.LocalizationNet;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.optimizer.OptimizerStep;
import io.heimdall.model.train.Checkpoints;
import io.heimdall.model.train.MemorySamples;
import io.heimdall.model.train.Trainer;
import io.heimdall.model.train.TrainingListener;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.model.train.WeightUpdates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** A Java process of its own that uses a backend: to be killed, or to have its memory measured. */
public final class EngineProcess {
    /** A network light enough for hundreds of steps; it has dropout. */
    static final NetworkSpec NETWORK =
            LocalizationNet.small(2).withInputs(List.of(TensorSpec.floats(LocalizationNet.FEATURES, 2, 32, 16)));

    private EngineProcess() {}

    /**
     * Runs one of
     * <pre>{@code
     * train ID DIRECTORY   trains, or goes on training; prints "weights SHA256"
     * average ID DIRECTORY the same with an average of the weights
     * memory ID            prints "megabytes" after the first and the last of many steps, and of many sessions
     * probe ID             prints what the backend says of itself
     * }</pre>
     */
    public static void main(String[] args) throws IOException {
        switch (args[0]) {
            case "train" -> train(args[1], Path.of(args[2]), WeightUpdates.PLAIN);
            case "average" -> train(args[1], Path.of(args[2]), WeightUpdates.PLAIN.averaging(OptionalDouble.of(0.9)));
            case "memory" -> memory(args[1]);
            default -> probe(args[1]);
        }
    }

    /** Returns how to start it, with a class path and options of the JVM. */
    public static ProcessBuilder builder(String classPath, List<String> options, String... args) {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.add("-XX:TieredStopAtLevel=1"); // it ends before the second compiler would pay
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, EngineProcess.class.getName()));
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("OMP_WAIT_POLICY", "PASSIVE"); // idle threads leave the processors to others
        return builder;
    }

    private static void train(String id, Path directory, WeightUpdates updates) {
        TrainingPlan plan =
                TrainingPlan.seeded(6).withEpochs(6).withBatchSize(4).withUpdates(updates);
        var samples = new MemorySamples(SyntheticTensors.batch(NETWORK, 20, "killed.", 0));
        var validation = new MemorySamples(SyntheticTensors.batch(NETWORK, 4, "killed.", 1));
        try (TrainingSession session =
                Backends.require(id).open(NETWORK, new SessionOptions(plan.seed(), 1, List.of()))) {
            var result = new Trainer(plan, Checkpoints.in(directory), TrainingListener.NONE)
                    .resume(session, samples, validation);
            say("weights " + result.weights().sha256());
        }
    }

    private static void memory(String id) throws IOException {
        TrainingBackend backend = Backends.require(id);
        try (TrainingSession session = backend.open(NETWORK, new SessionOptions(1, 1, List.of()))) {
            steps(session, 1, 300);
            say("megabytes " + residentMegabytes());
            steps(session, 301, 600);
            say("megabytes " + residentMegabytes());
        }
        NetworkSpec wide = LocalizationNet.resnet18(1)
                .withInputs(List.of(TensorSpec.floats(
                        LocalizationNet.FEATURES, 1, 32, 16))); // 45 MB of weights, as many of gradients
        for (int i = 1; i <= 23; i++) {
            try (TrainingSession session = backend.open(wide, new SessionOptions(1, 1, List.of()))) {
                session.step(
                        SyntheticTensors.batch(wide, 2, "", 0), new GaussianNll(), new OptimizerStep(1, 1e-3, 0, 1));
            }
            if (i == 3 || i == 23) {
                say("megabytes " + residentMegabytes());
            }
        }
    }

    private static void steps(TrainingSession session, int first, int last) {
        Batch batch = SyntheticTensors.batch(NETWORK, 4, "", 0);
        for (int step = first; step <= last; step++) {
            session.step(batch, new GaussianNll(), new OptimizerStep(step, 1e-3, 1e-4, 1));
            session.predict(batch.inputs());
        }
    }

    private static void probe(String id) {
        TrainingBackend backend = Backends.installed().stream()
                .filter(b -> b.id().equals(id))
                .findFirst()
                .orElseThrow();
        say(backend.probe().toString());
        if (backend.probe() instanceof Availability.Missing) {
            return;
        }
        try (TrainingSession session = backend.open(NETWORK, SessionOptions.seeded(1))) {
            steps(session, 1, 2);
            say("trained");
        }
    }

    static long residentMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .sum();
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
