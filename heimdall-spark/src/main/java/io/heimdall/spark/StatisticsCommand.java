package io.heimdall.spark;

import io.heimdall.app.adapters.Adapters;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Workspace;
import io.heimdall.features.spectrum.RunningStatistics;
import io.heimdall.pipeline.Services;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code heimdall spark statistics}: mean and standard deviation of features and levels over a catalogue. */
@Command(
        name = "statistics",
        description = {
            "Compute mean and standard deviation of the features of all recordings, and of the levels of each station.",
            "They are the numbers that a training on one machine computes of the same sessions, to the last bit."
                    + " Features that the store lacks are computed and stored."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  heimdall spark statistics --workspace network --json"})
final class StatisticsCommand implements Callable<Integer> {
    private static final String TABLE = "statistics-faults.jsonl";

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private RecordingOptions recordings;

    @Option(
            names = TaskOptions.NAME,
            paramLabel = "N",
            description = "Largest number of sessions of a task, 1.." + TaskOptions.MOST + " (default: "
                    + TaskOptions.USUAL + ").")
    private int perTask = TaskOptions.USUAL;

    private final RunningStatistics features = new RunningStatistics();
    private final Map<String, RunningStatistics> levels = new TreeMap<>();
    private long sessions;
    private long readable;

    /** Returns 0, or 1 if a recording was left out that another run may read. */
    @Override
    public Integer call() throws IOException {
        recordings.check(cluster);
        TaskOptions.check(perTask, cluster);
        Map<String, String> variables = cluster.variables();
        try (Workspace workspace = cluster.workspace(recordings.workspace());
                Services services = Adapters.open(workspace, variables);
                FaultTable faults = new FaultTable(recordings.faults(workspace.directory(), TABLE))) {
            ProgressLines progress = new ProgressLines("sessions", cluster::note);
            try (Cluster workers = cluster.open();
                    Stream<Session> all = recordings.sessions(services.catalog())) {
                workers.run(
                        all.map(StatisticsWork::row),
                        rows -> new long[rows.size()],
                        perTask,
                        new StatisticsWork(WorkPlace.of(workspace.directory(), variables)),
                        session -> add(session, faults),
                        progress);
            }
            faults.publish();
            report(faults, progress.seconds());
            return faults.passing() > 0 ? 1 : 0;
        }
    }

    /** Adds a session, in the order of the catalogue: another order has other last bits. */
    private void add(SessionStatistics session, FaultTable faults) {
        sessions++;
        readable += session.recordings();
        features.merge(session.features());
        for (SessionStatistics.StationLevel level : session.levels()) {
            levels.computeIfAbsent(level.station(), any -> new RunningStatistics())
                    .add(level.levelDb());
        }
        session.faults().forEach(faults::add);
    }

    private void report(FaultTable faults, double seconds) {
        cluster.say(sessions + " sessions, " + readable + " recordings, " + faults.count() + " left out");
        cluster.say("features: " + line(features));
        List<Map<String, Object>> stations = new ArrayList<>();
        levels.forEach((station, level) -> {
            cluster.say("level of " + station + ": " + line(level));
            Map<String, Object> row = json(level);
            row.put("station", station);
            stations.add(row);
        });
        recordings.report(faults, cluster);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("sessions", sessions);
        result.put("recordings", readable);
        result.put("features", json(features));
        result.put("levels", stations);
        recordings.result(faults, result);
        result.put("seconds", seconds);
        cluster.json(result);
    }

    private static String line(RunningStatistics statistics) {
        return String.format(
                Locale.ROOT,
                "mean %.3f dB, standard deviation %.3f dB, of %d values",
                statistics.mean(),
                statistics.standardDeviation(),
                statistics.count());
    }

    private static Map<String, Object> json(RunningStatistics statistics) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("count", statistics.count());
        row.put("mean_db", statistics.count() == 0 ? null : statistics.mean());
        row.put("standard_deviation_db", statistics.count() == 0 ? null : statistics.standardDeviation());
        return row;
    }
}
