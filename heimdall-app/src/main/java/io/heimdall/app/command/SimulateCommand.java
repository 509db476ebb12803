package io.heimdall.app.command;

import io.heimdall.dataset.Workspace;
import io.heimdall.simulation.Simulation;
import io.heimdall.simulation.World;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code heimdall simulate}: fills a workspace with the sessions of a simulated world. */
@Command(
        name = "simulate",
        description = {
            "Fill a workspace with simulated sessions: transmitters at random places, heard by seven stations.",
            "Session k of a seed is always the same: a later call adds the sessions that are missing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heimdall simulate --workspace demo --sessions 1200",
            "  heimdall simulate --workspace easy --sessions 600 --shadowing-db 2"
        })
public final class SimulateCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Option(
            names = "--workspace",
            required = true,
            paramLabel = "DIR",
            description = "A workspace, or a new or empty directory.")
    private Path workspace;

    @Option(
            names = "--sessions",
            required = true,
            paramLabel = "N",
            description = "Number of sessions that the workspace shall have.")
    private int sessions;

    @Option(
            names = "--world",
            paramLabel = "NAME",
            defaultValue = "rss",
            description =
                    "The simulated world: rss, where received levels carry the position (default: ${DEFAULT-VALUE}).")
    private String world;

    @Option(
            names = "--shadowing-db",
            paramLabel = "S",
            description = "Standard deviation of the log-normal shadowing in decibels (default: 6).")
    private Double shadowingDb;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of all random draws (default: ${DEFAULT-VALUE}).")
    private long seed;

    SimulateCommand() {}

    @Override
    public Integer call() throws IOException {
        checkSessions(sessions, output);
        Simulation simulation = output.usage(() -> {
            World named = World.named(world);
            return new Simulation(shadowingDb == null ? named : named.withShadowingDb(shadowingDb), seed);
        });
        try (Workspace opened = Workspace.openOrCreate(workspace)) {
            int added = fill(opened, simulation, sessions, output);
            output.say(
                    opened.directory() + ": " + sessions + " sessions of seed " + seed + ", " + added + " of them new");
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("workspace", opened.directory().toString());
            result.put("sessions", sessions);
            result.put("added", added);
            result.put("seed", seed);
            output.json(result);
        }
        return 0;
    }

    /** Refuses a number that makes no sense before anything is written. */
    static void checkSessions(int sessions, Output output) throws IOException {
        output.usage(() -> {
            if (sessions < 1) {
                throw new IllegalArgumentException("--sessions " + sessions + " is not at least 1");
            }
            return sessions;
        });
    }

    /** Simulates what is missing, with progress; returns how many sessions were. */
    static int fill(Workspace workspace, Simulation simulation, int sessions, Output output) throws IOException {
        try (Progress progress = output.progress("Simulating", sessions)) {
            int threads = Runtime.getRuntime().availableProcessors();
            return simulation.writeTo(workspace, sessions, threads, done -> progress.to(done, ""));
        }
    }
}
