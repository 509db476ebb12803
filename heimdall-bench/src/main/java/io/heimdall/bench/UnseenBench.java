package io.heimdall.bench;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.dataset.Workspace;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.prediction.Estimate;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import io.heimdall.pipeline.training.Pretraining;
import io.heimdall.pipeline.training.TrainingPipeline;
import io.heimdall.pipeline.training.TrainingSettings;
import io.heimdall.simulation.Simulation;
import io.heimdall.simulation.World;
import io.heimdall.simulation.WorldPosterior;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Measures what a station is worth that the training has not seen: a network learns without it and locates other sessions that it
 * heard, once without it and once with it as a station never seen. The exact posterior does the same, and knows the station.
 *
 * <p>Arguments: {@code FOLDER SESSIONS JUDGED STEPS SEED STATION...}. Two workspaces of the world {@code rss} are made in the folder, to
 * learn from and to judge on; there are so many steps of pretraining.
 */
public final class UnseenBench {
    private static final int RESAMPLES = 2000;

    /** After a pretraining that suits the world, more recorded epochs change nothing. */
    private static final int EPOCHS = 10;

    private final World world = World.rss();
    private final Services learning;
    private final Services judging;
    private final TrainingSettings settings;

    private UnseenBench(Services learning, Services judging, TrainingSettings settings) {
        this.learning = learning;
        this.judging = judging;
        this.settings = settings;
    }

    /** Measures each of the stations, and prints a row of a table for each. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        long seed = Long.parseLong(arguments[4]);
        TrainingSettings settings = TrainingSettings.seeded(seed)
                .withPlan(TrainingPlan.seeded(seed).withEpochs(EPOCHS))
                .withPretraining(Pretraining.ofSteps(Integer.parseInt(arguments[3])));
        try (Workspace learned = simulated(folder.resolve("learned"), arguments[1], seed);
                Workspace judged = simulated(folder.resolve("judged"), arguments[2], seed + 1);
                Services learning = Services.of(learned);
                Services judging = Services.of(judged)) {
            UnseenBench bench = new UnseenBench(learning, judging, settings);
            System.out.println(
                    "| left out | sessions that it heard | RMS without it | as unseen | better with probability |"
                            + " exact posterior without it | and with it |");
            System.out.println("|---|---|---|---|---|---|---|");
            for (String station : Arrays.asList(arguments).subList(5, arguments.length)) {
                System.out.println(bench.row(station));
            }
        }
        System.exit(0); // engines keep threads
    }

    private static Workspace simulated(Path directory, String sessions, long seed) throws IOException {
        Workspace workspace = Workspace.openOrCreate(directory);
        new Simulation(World.rss(), seed).writeTo(workspace, Integer.parseInt(sessions), 2, done -> {});
        return workspace;
    }

    private String row(String station) throws IOException {
        List<String> others = world.stationNames().stream()
                .filter(name -> !name.equals(station))
                .toList();
        SessionFilter without = SessionFilter.all().withStations(others);
        Path onnx = new TrainingPipeline(learning, PipelineListener.NONE)
                .train(settings.withData(settings.data().withFilter(without)))
                .onnx();
        List<Session> heard = judging.catalog()
                .sessions()
                .filter(s -> s.levels().stream()
                        .anyMatch(level -> level.station().name().equals(station)))
                .filter(s -> without.of(s).isPresent())
                .toList();
        List<Session> less =
                heard.stream().map(s -> without.of(s).orElseThrow()).toList();
        double[] network = errors(onnx, less);
        double[] unseen = errors(onnx, heard);
        WorldPosterior whole = new WorldPosterior(world);
        WorldPosterior part = new WorldPosterior(world.withStations(others));
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.1f km | %.1f km | %.0f %% | %.1f km | %.1f km |",
                station,
                heard.size(),
                rms(network) / 1000,
                rms(unseen) / 1000,
                100 * better(unseen, network),
                rms(errors(part, less)) / 1000,
                rms(errors(whole, heard)) / 1000);
    }

    private SessionLocalizer localizer(Path onnx) throws IOException {
        return SessionLocalizer.open(onnx, judging.objects(), judging.sessions().features());
    }

    private double[] errors(Path onnx, List<Session> sessions) throws IOException {
        try (SessionLocalizer localizer = localizer(onnx)) {
            List<Estimate> estimates = localizer.locate(sessions, done -> {});
            return Estimate.judged(estimates).distances();
        }
    }

    private static double[] errors(WorldPosterior posterior, List<Session> sessions) {
        return sessions.parallelStream()
                .mapToDouble(
                        s -> posterior.of(s).mean().distanceMetres(s.source().orElseThrow()))
                .toArray();
    }

    /** Returns the share of resamples of the sessions in which the first errors have the smaller mean square. */
    private static double better(double[] errors, double[] others) {
        SplittableRandom random = new SplittableRandom(1);
        int wins = 0;
        for (int k = 0; k < RESAMPLES; k++) {
            double difference = 0;
            for (int i = 0; i < errors.length; i++) {
                int at = random.nextInt(errors.length);
                difference += errors[at] * errors[at] - others[at] * others[at];
            }
            wins += difference < 0 ? 1 : 0;
        }
        return wins / (double) RESAMPLES;
    }

    private static double rms(double[] errors) {
        return Math.sqrt(IntStream.range(0, errors.length)
                .mapToDouble(i -> errors[i] * errors[i])
                .average()
                .orElseThrow());
    }
}
