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
                    "The world: rss, whose levels carry the position (default: ${DEFAULT-VALUE}). In all its forms"
                            + " 'evaluate' shows the exact Bayes posterior, which no method can beat that sees the levels"
                            + " alone.")
    private String world;

    @Option(
            names = "--shadowing-db",
            paramLabel = "S",
            description =
                    "Standard deviation of the log-normal shadowing that is each transmitter's own, decibels (default:"
                            + " the world's, 6; with --field 3.3).")
    private Double shadowingDb;

    @Option(
            names = "--field",
            description =
                    "5 dB of the shadowing belong to the place, over 15 km, so that a map can be learned. The exact"
                            + " posterior knows the map from the beginning.")
    private boolean field;

    @Option(
            names = "--bands",
            description =
                    "Transmitters send in three bands: 145, 433 and 868 MHz, with exponents of 3, 3.3 and 3.6 and the"
                            + " loss of free space at one kilometre.")
    private boolean bands;

    @Option(
            names = "--moving",
            paramLabel = "N",
            description = "Add N receivers on cars, which are elsewhere in each session (1..16; not with --field).")
    private Integer moving;

    @Option(
            names = "--come-and-go",
            description =
                    "Each station is in service in seven of ten periods of 12 hours; what is in service has a row in"
                            + " each session, also where it heard nothing.")
    private boolean comeAndGo;

    @Option(
            names = "--world-seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the field and of the times in service, which sessions of all seeds share (default:"
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
