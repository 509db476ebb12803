package io.heimdall.spark;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.Workspace;
import io.heimdall.simulation.Simulation;
import io.heimdall.simulation.Transmission;
import io.heimdall.simulation.World;
import io.heimdall.simulation.WorldFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code heimdall spark simulate}: fills a workspace with the sessions of a simulated world. */
@Command(
        name = "simulate",
        description = {
            "Fill a workspace with simulated sessions. Session k of a seed is the same that heimdall simulate makes,"
                    + " whoever makes it: a later call adds the sessions that are missing.",
            "A workspace that has a world keeps it. Other worlds than --world names begin with a session of heimdall"
                    + " simulate."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heimdall spark simulate --workspace large --sessions 1000000 --master spark://127.0.0.1:7077",
            "  heimdall simulate --workspace field --sessions 1 --field --moving 3",
            "  heimdall spark simulate --workspace field --sessions 100000"
        })
final class SimulateCommand implements Callable<Integer> {
    private static final long MOST_SESSIONS = 100_000_000;
    private static final int PER_TASK = 256;
    private static final int ROWS_AT_ONCE = 256;

    @Mixin
    private ClusterOptions cluster;

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            description = "A workspace, or a new directory (default: that of the settings).")
    private Path workspace;

    @Option(
            names = "--sessions",
            required = true,
            paramLabel = "N",
            description = "Number of sessions that the workspace shall have of this seed.")
    private long sessions;

    @Option(
            names = "--world",
            paramLabel = "NAME",
            description = "The world: rss, tdoa or tdoa-mixed (default: that of the workspace, else rss).")
    private String world;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of all random draws (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--per-task",
            paramLabel = "N",
            description = "Largest number of sessions of a task (default: " + PER_TASK + ").")
    private int perTask = PER_TASK;

    private final List<Session> rows = new ArrayList<>();
    private long added;

    @Override
    public Integer call() throws IOException {
        if (sessions < 1 || sessions > MOST_SESSIONS) {
            throw cluster.wrong("--sessions " + sessions + " is not in 1.." + MOST_SESSIONS);
        }
        if (perTask < 1) {
            throw cluster.wrong("--per-task " + perTask + " is not at least 1");
        }
        try (Workspace opened = Workspace.openOrCreate(cluster.directory(workspace))) {
            simulation(opened).claim(opened);
            ProgressLines progress = new ProgressLines("sessions", cluster::note);
            fill(opened, progress);
            cluster.say(
                    opened.directory() + ": " + sessions + " sessions of seed " + seed + ", " + added + " of them new");
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("workspace", opened.directory().toString());
            result.put("sessions", sessions);
            result.put("added", added);
            result.put("seed", seed);
            result.put("seconds", progress.seconds());
            cluster.json(result);
        }
        return 0;
    }

    private Simulation simulation(Workspace opened) throws IOException {
        try {
            World wanted =
                    world != null ? World.named(world) : WorldFile.of(opened).orElseGet(World::rss);
            return new Simulation(wanted, seed);
        } catch (IllegalArgumentException e) {
            throw cluster.wrong(e.getMessage());
        }
    }

    private void fill(Workspace opened, ProgressLines progress) throws IOException {
        BitSet there = numbers(opened);
        try (Cluster workers = cluster.open()) {
            workers.run(
                    LongStream.range(0, sessions)
                            .filter(number -> !there.get((int) number))
                            .boxed(),
                    numbers -> new long[numbers.size()],
                    perTask,
                    new SimulationWork(WorkPlace.of(opened.directory(), Map.of()), seed),
                    row -> add(opened, row),
                    progress);
        }
        addRows(opened);
    }

    /** Returns the numbers of the sessions of this seed that are there: a bit each, since there may be 100 million. */
    private BitSet numbers(Workspace opened) {
        BitSet there = new BitSet();
        try (Stream<Session> all = opened.catalog().allSessions()) {
            all.flatMapToLong(session -> Transmission.number(seed, session.id()).stream())
                    .filter(number -> number < sessions)
                    .forEach(number -> there.set((int) number));
        }
        return there;
    }

    private void add(Workspace opened, String row) {
        rows.add(Rows.parse(row, Session.class));
        if (rows.size() == ROWS_AT_ONCE) {
            addRows(opened);
        }
    }

    private void addRows(Workspace opened) {
        opened.catalog().addAll(rows);
        added += rows.size();
        rows.clear();
    }
}
