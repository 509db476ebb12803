package io.heimdall.app.command;

import io.heimdall.simulation.World;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The options that choose a simulated world. */
final class WorldOptions {
    private static final List<String> ALL =
            List.of("--world", "--shadowing-db", "--field", "--bands", "--moving", "--come-and-go", "--world-seed");

    @Option(
            names = "--world",
            paramLabel = "NAME",
            defaultValue = "rss",
            description =
                    "The world: rss, whose levels carry the position; tdoa, as rss but with clocks of 100 ns and signals of"
                            + " 80 kHz, so that delays give tens of metres; or tdoa-mixed, as tdoa but with some clocks of"
                            + " 5 ms, some that are wrong by a second, and echoes at one station (default:"
                            + " ${DEFAULT-VALUE}). In all its forms 'evaluate' shows the exact Bayes posterior, which no"
                            + " method can beat that sees the levels alone, and in tdoa and tdoa-mixed the bound of levels"
                            + " and delays.")
    private String world;

    @Option(
            names = "--shadowing-db",
            paramLabel = "S",
            description =
                    "Standard deviation of the log-normal shadowing that each transmitter has of its own, decibels"
                            + " (default: 6; with --field 3.3).")
    private Double shadowingDb;

    @Option(
            names = "--field",
            description =
                    "Add 5 dB of shadowing that depends on the place, with a correlation length of 15 km. A method can"
                            + " learn a map of it; the exact posterior knows the map.")
    private boolean field;

    @Option(
            names = "--bands",
            description =
                    "Use three bands: 145, 433 and 868 MHz, with path-loss exponents of 3, 3.3 and 3.6 and the loss of"
                            + " free space at one kilometre.")
    private boolean bands;

    @Option(
            names = "--moving",
            paramLabel = "N",
            description = "Add N receivers on cars, at another place in each session (1..16; not with --field).")
    private Integer moving;

    @Option(
            names = "--come-and-go",
            description =
                    "Put each station in service in seven of ten periods of 12 hours. A station in service has a row in"
                            + " each session, also if it heard nothing.")
    private boolean comeAndGo;

    @Option(
            names = "--world-seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the field and of the times in service. Sessions of all seeds share them (default:"
                    + " ${DEFAULT-VALUE}).")
    private long seed;

    WorldOptions() {}

    /**
     * Returns the world that was chosen.
     *
     * @throws IllegalArgumentException if there is none of that name, or it cannot be so
     */
    World world() {
        if (seed < 0) {
            throw new IllegalArgumentException("--world-seed " + seed + " is negative, expected 0 or more");
        }
        World chosen = World.named(world);
        chosen = field ? chosen.withField(seed) : chosen;
        chosen = bands ? chosen.withThreeBands() : chosen;
        chosen = moving == null ? chosen : chosen.withCars(moving);
        chosen = comeAndGo ? chosen.withComingAndGoing(seed) : chosen;
        return shadowingDb == null ? chosen : chosen.withShadowingDb(shadowingDb);
    }

    /** Returns the options of these that were typed. */
    static List<String> typed(ParseResult command) {
        return ALL.stream().filter(command::hasMatchedOption).toList();
    }
}
