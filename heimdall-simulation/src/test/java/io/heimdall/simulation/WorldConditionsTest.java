package io.heimdall.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.dataset.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Worlds beside the plain one: a field, bands, moving receivers, stations that come and go. */
class WorldConditionsTest {
    @TempDir
    Path directory;

    private static World world(String name) {
        World rss = World.rss();
        return switch (name) {
            case "field" -> rss.withField(1);
            case "bands" -> rss.withThreeBands();
            case "cars" -> rss.withCars(3);
            case "service" -> rss.withComingAndGoing(1);
            default -> rss.withThreeBands().withCars(2).withComingAndGoing(4);
        };
    }

    /** Returns the row of a session, without its recordings. */
    private static Session row(Simulation simulation, Transmission transmission) {
        Circumstances circumstances = simulation.circumstances(transmission.number());
        double[] levels = simulation.levelsDb(transmission);
        List<Measurement> rows = new ArrayList<>();
        for (int i = 0; i < levels.length; i++) {
            Station station = circumstances.stations().get(i);
            if (!Double.isNaN(levels[i])) {
                rows.add(Measurement.level(station, levels[i]));
            } else if (circumstances.inService()[i]
                    && simulation.world().conditions().tellsSilence()) {
                rows.add(Measurement.silence(station));
            }
        }
        return new Session(
                transmission.id(),
                transmission.sourceName(),
                Optional.of(transmission.source()),
                transmission.frequencyHz(),
                true,
                Optional.of(transmission.start()),
                rows);
    }

    /** What was drawn before there were conditions. */
    @Test
    void plainWorldHasTheBitsThatItHad() {
        assertThat(digest(World.rss())).isEqualTo(-1936222567);
        assertThat(digest(World.rss().withShadowingDb(8).withSessionsPerSource(3)))
                .isEqualTo(1921690418);
        assertThat(meanLatitudes(World.rss())).isCloseTo(225.81105927364626, within(1e-9));
    }

    private static int digest(World world) {
        Simulation simulation = new Simulation(world, 7);
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < 200; k++) {
            Transmission transmission = simulation.transmission(k);
            // Links had no timing then.
            text.append(transmission.toString().replace(", timing=" + Timing.UNSTATED, ""))
                    .append(Arrays.toString(simulation.levelsDb(transmission)));
        }
        return text.toString().hashCode();
    }

    private static double meanLatitudes(World world) {
        Simulation simulation = new Simulation(world, 7);
        WorldPosterior posterior = new WorldPosterior(world, 8000);
        return IntStream.range(0, 5)
                .mapToDouble(k -> posterior
                        .of(simulation.levelsDb(simulation.transmission(k)))
                        .mean()
                        .latitude())
                .sum();
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"field", "bands", "cars", "service", "all but the field"})
    void regionsOfTheExactPosteriorHoldWhatTheySay(String name) {
        World world = world(name);
        Simulation simulation = new Simulation(world, 11);
        // A field varies within a cell of 5 km by more than a transmitter's own shadowing allows.
        WorldPosterior posterior = new WorldPosterior(world, name.equals("field") ? 2000 : 5000);
        double[] levels = IntStream.range(0, 300)
                .parallel()
                .mapToObj(simulation::transmission)
                .mapToDouble(t -> posterior.of(row(simulation, t)).credibleLevel(t.source()))
                .toArray();
        for (double share : new double[] {0.5, 0.68, 0.9}) {
            double held = Arrays.stream(levels).filter(level -> level <= share).count() / (double) levels.length;
            assertThat(held)
                    .as("%s, region of %s", name, share)
                    .isCloseTo(share, within(3.5 * Math.sqrt(share * (1 - share) / levels.length)));
        }
    }

    /** Who knows the map locates better than who takes the field for shadowing of each transmitter. */
    @Test
    void knowingTheMapHelps() {
        World world = World.rss().withField(1);
        World blind = world.withConditions(Conditions.PLAIN).withShadowingDb(6);
        assertThat(rms(world, world)).isLessThan(0.85 * rms(world, blind));
    }

    private static double rms(World world, World believed) {
        Simulation simulation = new Simulation(world, 5);
        WorldPosterior posterior = new WorldPosterior(believed, 3000);
        return Math.sqrt(IntStream.range(0, 300)
                .parallel()
                .mapToObj(simulation::transmission)
                .mapToDouble(t ->
                        Math.pow(posterior.of(simulation.levelsDb(t)).mean().distanceMetres(t.source()), 2))
                .average()
                .orElseThrow());
    }

    @Test
    void fieldHasItsDeviationAndCorrelation() {
        GeoBox box = World.rss().box();
        GeoPoint station = World.rss().position(2);
        double squares = 0;
        double near = 0;
        double far = 0;
        int fields = 60;
        GeoPoint[] places = IntStream.range(0, 40)
                .mapToObj(i -> box.at(0.1 + 0.8 * (i % 8) / 8, 0.1 + 0.8 * (i / 8) / 5))
                .toArray(GeoPoint[]::new);
        double step = 15_000 / GeoBox.metresPerDegreeNorth(45);
        for (int seed = 0; seed < fields; seed++) {
            FieldWaves waves = new FieldWaves(new ShadowingField(5, 15_000, seed), box);
            for (GeoPoint place : places) {
                double here = waves.at(place, station)[0];
                squares += here * here;
                near += here * waves.at(new GeoPoint(place.latitude() + step, place.longitude()), station)[0];
                far += here * waves.at(new GeoPoint(place.latitude() + 3 * step, place.longitude()), station)[0];
            }
        }
        int count = fields * places.length;
        assertThat(squares / count).isCloseTo(25, within(2.5));
        assertThat(near / count).isCloseTo(25 / Math.E, within(2.0));
        assertThat(far / count).isCloseTo(0, within(2.0));
        assertThat(new FieldWaves(new ShadowingField(5, 15_000, 3), box).at(places[0], station))
                .isEqualTo(new FieldWaves(new ShadowingField(5, 15_000, 3), box).at(places[0], station));
    }

    @Test
    void transmittersOfABandFollowItsLaw() {
        Simulation simulation = new Simulation(World.rss().withThreeBands(), 2);
        Map<Long, Integer> counts = new HashMap<>();
        for (int k = 0; k < 300; k++) {
            Transmission transmission = simulation.transmission(k);
            counts.merge(transmission.frequencyHz() / 100_000_000, 1, Integer::sum);
            assertThat(simulation.world().conditions().bands())
                    .anyMatch(band -> band.holds(transmission.frequencyHz()));
        }
        assertThat(counts.keySet()).containsExactlyInAnyOrder(1L, 4L, 8L);
        assertThat(counts.values()).allMatch(count -> count > 70);
        Propagation high = simulation.world().propagation(868_000_000);
        assertThat(high.lossDb(10_000)).isCloseTo(91.2 + 36, within(1e-9));
    }

    @Test
    void carsAreElsewhereInEachSessionAndRowsTellOfSilence() throws Exception {
        World world = World.rss().withCars(2);
        Set<GeoPoint> places = new HashSet<>();
        try (Workspace workspace = Workspace.create(directory.resolve("cars"))) {
            new Simulation(world, 1).writeTo(workspace, 12, 2, done -> {});
            List<Session> sessions = workspace.catalog().sessions().toList();
            for (Session session : sessions) {
                assertThat(session.measurements()).hasSize(9);
                session.measurements().stream()
                        .filter(m -> m.station().name().equals("Car 1"))
                        .forEach(m -> places.add(m.station().position()));
            }
            assertThat(places).hasSize(12);
            assertThat(sessions.stream().flatMap(s -> s.measurements().stream()))
                    .anyMatch(Measurement::isSilence);
            assertThat(WorldFile.of(workspace)).contains(world);
        }
    }

    @Test
    void stationsComeAndGoByTheDate() {
        Service service = new Service(0.6, 12, 3);
        int[] served = new int[7];
        for (int hour = 0; hour < 12 * 400; hour += 12) {
            boolean[] first = service.at(hour, 7);
            assertThat(service.at(hour + 11, 7)).isEqualTo(first);
            assertThat(first).contains(true);
            for (int i = 0; i < 7; i++) {
                served[i] += first[i] ? 1 : 0;
            }
        }
        assertThat(Arrays.stream(served)).allMatch(count -> Math.abs(count / 400.0 - 0.6) < 0.1);
        Simulation simulation = new Simulation(World.rss().withComingAndGoing(1), 1);
        for (int k = 0; k < 200; k++) {
            boolean[] inService = simulation.circumstances(k).inService();
            List<Link> links = simulation.transmission(k).links();
            for (int i = 0; i < 7; i++) {
                assertThat(inService[i] || !links.get(i).on()).isTrue();
            }
        }
    }

    @Test
    void conditionsAreWrittenDownAsASecondFormat() throws Exception {
        Path file = directory.resolve("world.json");
        World world = World.rss().withThreeBands().withCars(1).withComingAndGoing(9);
        WorldFile.write(file, world);
        assertThat(Files.readString(file)).contains("\"format\" : 2");
        assertThat(WorldFile.read(file)).contains(world);
        WorldFile.write(file, World.rss());
        assertThat(Files.readString(file)).contains("\"format\" : 1").doesNotContain("conditions");
        assertThat(WorldFile.read(file)).contains(World.rss());
    }

    @Test
    void workspaceOfAPlainWorldTakesNoOther() throws Exception {
        try (Workspace workspace = Workspace.create(directory.resolve("w"))) {
            new Simulation(World.rss(), 1).writeTo(workspace, 1, 1, done -> {});
            assertThatThrownBy(() -> new Simulation(World.rss().withField(1), 1).writeTo(workspace, 2, 1, done -> {}))
                    .isInstanceOf(DatasetException.class)
                    .hasMessageContaining("conditions");
        }
    }

    @Test
    void impossibleConditionsAreRefused() {
        assertThatThrownBy(() -> World.rss().withField(1).withCars(1)).hasMessageContaining("cannot be combined");
        assertThatThrownBy(() -> World.rss().withCars(17)).hasMessageContaining("17");
        assertThatThrownBy(() -> new ShadowingField(5, 100, 1)).hasMessageContaining("correlation length");
        assertThatThrownBy(() -> new Service(0, 12, 1)).hasMessageContaining("share of the time");
        RadioBand band = new RadioBand(144_000_000, World.rss().propagation());
        assertThatThrownBy(() -> new Conditions(ShadowingField.NONE, List.of(band, band), List.of(), Service.ALWAYS))
                .hasMessageContaining("two bands hold");
    }
}
