package io.heimdall.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Sessions;
import io.heimdall.dataset.Workspace;
import io.heimdall.localization.posterior.GroundPosterior;
import io.heimdall.localization.region.GroundPoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockWorldsTest {
    @TempDir
    Path folder;

    private static List<Transmission> draw(World world, int count) {
        Simulation simulation = new Simulation(world, 1);
        return LongStream.range(0, count).mapToObj(simulation::transmission).toList();
    }

    private List<Session> simulate(World world, int count) throws Exception {
        try (Workspace workspace = Workspace.openOrCreate(folder.resolve("w"))) {
            new Simulation(world, 1).writeTo(workspace, count, 1, done -> {});
            assertThat(WorldFile.of(workspace)).contains(world);
            return workspace.catalog().sessions().toList();
        }
    }

    @Test
    void theSameStationsHearAsInTheWorldOfLevels() {
        World world = World.named("tdoa");
        List<Transmission> timed = draw(world, 50);
        List<Transmission> levels = draw(World.rss(), 50);
        for (int k = 0; k < 50; k++) {
            assertThat(timed.get(k).source()).isEqualTo(levels.get(k).source());
            assertThat(timed.get(k).links().stream().map(Link::heard))
                    .containsExactlyElementsOf(
                            levels.get(k).links().stream().map(Link::heard).toList());
        }
        assertThat(World.named("tdoa-mixed").conditions().clocks().echoing()).containsExactly("Torino");
        assertThatThrownBy(() -> World.named("toa")).hasMessage("world 'toa' is not one of [rss, tdoa, tdoa-mixed]");
    }

    @Test
    void mixedClocksAreCoarseOrWrongAsOftenAsTheWorldSays() {
        int coarse = 0;
        int wrong = 0;
        List<Transmission> drawn = draw(World.tdoaMixed(), 300);
        for (Transmission transmission : drawn) {
            for (int i = 0; i < 7; i++) {
                Link link = transmission.links().get(i);
                double sigma = link.timing().clockSigmaSeconds().orElseThrow();
                coarse += sigma == 5e-3 ? 1 : 0;
                wrong += link.timing().wrong() ? 1 : 0;
                double error = Math.abs(link.clockOffsetSeconds());
                assertThat(link.timing().wrong() ? Math.abs(error - 1) : error).isLessThanOrEqualTo(3 * sigma);
                assertThat(link.timing().echo().isPresent()).isEqualTo(i == 2);
            }
        }
        assertThat(coarse / 2100.0).isCloseTo(0.25, within(0.04));
        assertThat(wrong / 2100.0).isCloseTo(0.1, within(0.03));
    }

    @Test
    void anEchoDelaysByTheSlopeOfThePhase() {
        Echo echo = new Echo(2e-6, 0.6, 0.4);
        double hertz = 10;
        double real = 1 + 0.6 * Math.cos(2 * Math.PI * (0.4 - hertz * 2e-6));
        double imaginary = 0.6 * Math.sin(2 * Math.PI * (0.4 - hertz * 2e-6));
        double before = Math.atan2(0.6 * Math.sin(2 * Math.PI * 0.4), 1 + 0.6 * Math.cos(2 * Math.PI * 0.4));
        double slope = (before - Math.atan2(imaginary, real)) / (2 * Math.PI * hertz);
        assertThat(echo.errorSeconds()).isCloseTo(slope, within(1e-9));
        assertThat(Echo.law()[1]).isBetween(1e-6, 3e-6);
    }

    @Test
    void wideSignalsAreFlat() {
        float[] iq = new float[2 * 65_536];
        Modulation.WIDEBAND.write(Generators.of(3), 200_000, iq);
        double sum = 0;
        for (int k = 0; k < 1000; k++) {
            sum += Wideband.density((k + 0.5) / 1000 - 0.5) / 1000;
        }
        assertThat(sum).isCloseTo(1, within(1e-6));
        assertThat(Wideband.density(0.15)).isCloseTo(Wideband.density(0.01), within(0.03));
        assertThat(Wideband.density(0.24)).isLessThan(1e-4);
        assertThat(Spectra.share(iq, 200_000, -40_000, 0)).isCloseTo(0.5, within(0.03));
    }

    /** The best reader's errors have the covariance that the bound says: as many squares of sigmas as independent delays. */
    @ParameterizedTest
    @ValueSource(strings = {"tdoa", "tdoa-mixed"})
    void arrivalsErrAsTheirCovarianceSays(String name) {
        World world = World.named(name);
        double squares = 0;
        int independent = 0;
        for (Transmission transmission : draw(world, 400)) {
            Optional<Arrivals> some = Arrivals.of(world, 1, transmission, new HashSet<>(world.stationNames()));
            if (some.isPresent()) {
                Arrivals arrivals = some.get();
                double[] residual = arrivals.seconds().clone();
                for (int i = 0; i < residual.length; i++) {
                    residual[i] -= seconds(arrivals, i + 1, transmission) - seconds(arrivals, 0, transmission);
                }
                Cholesky.solve(Cholesky.factor(arrivals.covariance()), residual);
                for (double one : residual) {
                    squares += one * one;
                }
                independent += residual.length;
            }
        }
        assertThat(squares / independent).isCloseTo(0.97, within(0.1));
    }

    private static double seconds(Arrivals arrivals, int site, Transmission transmission) {
        return arrivals.sites()
                        .get(site)
                        .distanceM(
                                transmission.source().latitude(),
                                transmission.source().longitude())
                / 299_792_458.0;
    }

    @Test
    void recordingsHaveStampsAndTheBoundIsTensOfMetres() throws Exception {
        World world = World.tdoa();
        List<Session> sessions = simulate(world, 6);
        ClockPosterior bound = new ClockPosterior(world);
        int near = 0;
        for (Session session : sessions) {
            for (Measurement measurement : session.measurements()) {
                assertThat(measurement.clockSigmaS()).hasValue(1e-7);
                assertThat(Duration.between(
                                session.start().orElseThrow(),
                                measurement.startTime().orElseThrow()))
                        .isBetween(Duration.ZERO, Duration.ofMillis(3));
            }
            GroundPosterior all = bound.of(session);
            GroundPosterior delays = bound.ofDelays(session).orElseThrow();
            assertThat(all.areaKm2(0.9)).isLessThan(1.2 * delays.areaKm2(0.9));
            GroundPoint truth = new GroundPoint(
                    session.source().orElseThrow().latitude(),
                    session.source().orElseThrow().longitude());
            near += all.credibleLevel(truth) < 0.99 && all.areaKm2(0.9) < 0.5 ? 1 : 0;
        }
        assertThat(near).isGreaterThanOrEqualTo(5);
        assertThatThrownBy(() -> bound.of(Sessions.session("one")))
                .hasMessageContaining("no name of a simulated session");
        assertThatThrownBy(() -> new ClockPosterior(World.rss())).hasMessageContaining("states nothing");
    }

    @Test
    void olderWorldsKeepTheirFormat() throws Exception {
        Path file = folder.resolve("world.json");
        World untimed = World.rss().withThreeBands();
        WorldFile.write(file, untimed);
        assertThat(Files.readString(file)).contains("\"format\" : 2").doesNotContain("clocks");
        assertThat(WorldFile.read(file)).contains(untimed);
        WorldFile.write(file, World.tdoaMixed());
        assertThat(Files.readString(file)).contains("\"format\" : 3", "\"coarseShare\" : 0.25");
        assertThat(WorldFile.read(file)).contains(World.tdoaMixed());
    }
}
