package io.heimdall.app.command;

import io.heimdall.dataset.Workspace;
import io.heimdall.simulation.Simulation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code heimdall simulate}: fills a workspace with the sessions of a simulated world. */
@Command(
        name = "simulate",
        description = {
            "Fill a workspace with simulated sessions, of a known world (--world) or like those of another workspace"
                    + " (--like).",
            "Session k of a seed is always the same: a later call adds the sessions that are missing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heimdall simulate --workspace demo --sessions 1200",
            "  heimdall simulate --workspace easy --sessions 600 --shadowing-db 2",
            "  heimdall simulate --workspace map --sessions 2000 --field",
            "  heimdall simulate --workspace tdoa --sessions 200 --world tdoa",
            "  heimdall simulate --workspace field-day --sessions 2000 --bands --moving 3 --come-and-go",
            "  heimdall simulate --workspace more --sessions 5000 --like network"
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

    @Mixin
    private WorldOptions world;

    @Option(
            names = "--like",
            paramLabel = "WORKSPACE",
            description =
                    "Draw sessions like those of this workspace. A world is fitted to its approved sessions, at least"
                            + " 20: path-loss exponent, level of each station, covariance, thresholds, drop-out and, for"
                            + " levels alone, a map. The signals have the spectra of its recordings; without recordings"
                            + " they are noise about 2 kHz wide at 12.5 kHz. The exact posterior is not known.")
    private Path like;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of all random draws (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Spec
    private CommandSpec command;

    SimulateCommand() {}

    @Override
    public Integer call() throws IOException {
        checkSessions(sessions, output);
        if (like != null) {
            new LikeSimulate(like, workspace, sessions, seed, output)
                    .run(WorldOptions.typed(command.commandLine().getParseResult()));
            return 0;
        }
        Simulation simulation = output.usage(() -> new Simulation(world.world(), seed));
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
