package io.heimdall.app.command;

import io.heimdall.app.adapters.Adapters;
import io.heimdall.dataset.Workspace;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.likeness.LikeSimulation;
import io.heimdall.pipeline.likeness.Likeness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code heimdall simulate --like}: fills a workspace with sessions like those of another one. */
record LikeSimulate(Path source, Path target, int sessions, long seed, Output output) {

    /**
     * Fits and writes.
     *
     * @param worldOptions options of a world that were typed; there is none to be chosen
     */
    void run(List<String> worldOptions) throws IOException {
        output.usage(() -> {
            if (!worldOptions.isEmpty()) {
                throw new IllegalArgumentException(
                        "with --like the world is fitted: leave out " + String.join(", ", worldOptions));
            }
            if (seed < 0) {
                throw new IllegalArgumentException("seed " + seed + " is negative");
            }
            if (isSame()) {
                throw new IllegalArgumentException("--like and --workspace are the same, " + source
                        + ": simulated sessions would pass for its own; name a new workspace");
            }
            return 0;
        });
        try (Workspace from = Workspace.open(source);
                ConsoleListener console = new ConsoleListener(output)) {
            Likeness likeness;
            try (Services services = output.usage(
                    () -> Adapters.open(from, output.configuration().variables()))) {
                likeness = Likeness.of(services.sessions(), from.directory().toString(), console);
            }
            console.end();
            int fitted = likeness.fitted().sessions().size();
            int stations = likeness.fitted().stations().size();
            output.say(String.format(
                    Locale.ROOT,
                    "%s: fitted to %d sessions, %d stations, path-loss exponent %.2f%s",
                    from.directory(),
                    fitted,
                    stations,
                    likeness.exponent(),
                    likeness.hasMap() ? ", with a map of places" : ""));
            try (Workspace opened = Workspace.openOrCreate(target)) {
                int added = fill(opened, new LikeSimulation(likeness, seed));
                output.say(opened.directory() + ": " + sessions + " sessions of seed " + seed + ", " + added
                        + " of them new; their exact posterior is not known");
                Map<String, Object> result = new LinkedHashMap<>();
                result.put("workspace", opened.directory().toString());
                result.put("sessions", sessions);
                result.put("added", added);
                result.put("seed", seed);
                result.put("like", from.directory().toString());
                result.put("fitted_sessions", fitted);
                result.put("stations", stations);
                result.put("path_loss_exponent", likeness.exponent());
                result.put("map", likeness.hasMap());
                output.json(result);
            }
        }
    }

    private boolean isSame() throws IOException {
        return source.toAbsolutePath()
                        .normalize()
                        .equals(target.toAbsolutePath().normalize())
                || (Files.exists(source) && Files.exists(target) && Files.isSameFile(source, target));
    }

    private int fill(Workspace workspace, LikeSimulation simulation) throws IOException {
        try (Progress progress = output.progress("Simulating", sessions)) {
            int threads = Runtime.getRuntime().availableProcessors();
            return simulation.writeTo(workspace, sessions, threads, done -> progress.to(done, ""));
        }
    }
}
