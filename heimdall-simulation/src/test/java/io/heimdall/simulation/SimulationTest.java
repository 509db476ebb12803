package io.heimdall.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumSet;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final int SESSIONS = 4000;

    /** All stations hear everything: then nothing is selected by its level. */
    private static final World LOUD = loud(World.rss());

    private static final List<Transmission> DRAWN = draw(LOUD, SESSIONS);

    private static World loud(World world) {
        Transmitters t = world.transmitters();
        return world.withTransmitters(new Transmitters(80, t.powerSpreadDb(), t.carrierSpreadHz(), 1));
    }

    private static List<Transmission> draw(World world, int sessions) {
        Simulation simulation = new Simulation(world, 3);
        return LongStream.range(0, sessions).mapToObj(simulation::transmission).toList();
    }

    @Test
    void theIdOfASessionTellsItsNumberToItsSeedAlone() {
        for (long number : new long[] {0, 7, 999_999, 1_000_000, 99_999_999}) {
            for (long seed : new long[] {-3, 0, 12}) {
                assertThat(Transmission.number(seed, Transmission.id(seed, number)))
                        .hasValue(number);
                assertThat(Transmission.number(seed + 1, Transmission.id(seed, number)))
                        .isEmpty();
            }
        }
        for (String other :
                List.of("sim-1-7", "sim-1-+000007", "sim-1--00007", "sim-1-", "sim-1", "field-000007", "")) {
            assertThat(Transmission.number(1, other)).as(other).isEmpty();
        }
    }

    @Test
    void levelsFallThirtyDecibelsADecade() {
        double n = 0;
        double sumX = 0;
        double sumY = 0;
        double sumXX = 0;
        double sumXY = 0;
        for (Transmission transmission : DRAWN) {
            for (Link link : transmission.links()) {
                double x = Math.log10(Math.max(1000, link.distanceM()) / 1000);
                double y = transmission.powerDbm() - link.receivedDbm();
                n++;
                sumX += x;
                sumY += y;
                sumXX += x * x;
                sumXY += x * y;
            }
        }
        double slope = (n * sumXY - sumX * sumY) / (n * sumXX - sumX * sumX);
        // 6 dB of shadowing over 28 000 links, a third of them independent, of spread 0.35 decades: 0.6 dB at 4 sigma.
        assertThat(slope).isCloseTo(30, within(0.8));
        assertThat((sumY - slope * sumX) / n).isCloseTo(75.7, within(1.4));
    }

    @Test
    void shadowingHasTheDocumentedCovariance() {
        double[][] expected = LOUD.shadowingCovariance();
        for (int i = 0; i < 7; i++) {
            for (int j = 0; j <= i; j++) {
                int a = i;
                int b = j;
                double covariance = mean(t -> shadowing(t, a) * shadowing(t, b));
                double error = 4 * Math.sqrt((36 * 36 + expected[i][j] * expected[i][j]) / SESSIONS);
                assertThat(covariance).as("stations %d, %d", i, j).isCloseTo(expected[i][j], within(error));
            }
        }
    }

    @Test
    void shadowingKnowsNothingOfPowerPlaceAndOtherSources() {
        assertThat(mean(t -> shadowing(t, 2) * (t.powerDbm() - 80))).isCloseTo(0, within(4 * 36 / Math.sqrt(SESSIONS)));
        double degree = LOUD.box().north() - LOUD.box().south();
        assertThat(mean(t -> shadowing(t, 2) * (t.source().latitude() - 44.9) / degree))
                .isCloseTo(0, within(4 * 6 * 0.3 / Math.sqrt(SESSIONS)));
        double next = IntStream.range(1, SESSIONS)
                .mapToDouble(k -> shadowing(DRAWN.get(k), 1) * shadowing(DRAWN.get(k - 1), 1))
                .average()
                .orElseThrow();
        assertThat(next).isCloseTo(0, within(4 * 36 / Math.sqrt(SESSIONS)));
    }

    @Test
    void powerIsNormalAndPlaceUniform() {
        assertThat(mean(Transmission::powerDbm)).isCloseTo(80, within(4 * 6 / Math.sqrt(SESSIONS)));
        assertThat(mean(t -> Math.pow(t.powerDbm() - 80, 2))).isCloseTo(36, within(4 * 36 * Math.sqrt(2.0 / SESSIONS)));
        GeoBox box = LOUD.box();
        double error = 4 * Math.sqrt(1 / 12.0 / SESSIONS);
        assertThat(mean(t -> (t.source().latitude() - box.south()) / (box.north() - box.south())))
                .isCloseTo(0.5, within(error));
        assertThat(mean(t -> (t.source().longitude() - box.west()) / (box.east() - box.west())))
                .isCloseTo(0.5, within(error));
        assertThat(mean(t -> (t.source().longitude() - box.west()) / (box.east() - box.west()) < 0.1 ? 1 : 0))
                .isCloseTo(0.1, within(4 * 0.3 / Math.sqrt(SESSIONS)));
    }

    @Test
    void everyModulationHasItsShare() {
        for (Modulation modulation : EnumSet.complementOf(EnumSet.of(Modulation.WIDEBAND))) {
            assertThat(mean(t -> t.modulation() == modulation ? 1 : 0))
                    .isCloseTo(0.2, within(4 * 0.4 / Math.sqrt(SESSIONS)));
        }
    }

    @Test
    void stationsDropOutAsOftenAsTheWorldSays() {
        for (int i = 0; i < 7; i++) {
            int station = i;
            assertThat(mean(t -> t.links().get(station).on() ? 0 : 1))
                    .isCloseTo(0.05, within(4 * Math.sqrt(0.05 * 0.95 / SESSIONS)));
        }
    }

    @Test
    void stationsHearWhatIsOverTheirNoise() {
        World faint = World.rss().withTransmitters(new Transmitters(5, 6, 100, 1));
        int below = 0;
        for (Transmission transmission : draw(faint, 500)) {
            assertThat(transmission.links()).anyMatch(Link::heard);
            for (int i = 0; i < 7; i++) {
                Link link = transmission.links().get(i);
                boolean strong = link.receivedDbm()
                        >= faint.recorders().noiseDbm(faint.stations().get(i));
                assertThat(link.heard()).isEqualTo(link.on() && strong);
                below += strong ? 0 : 1;
            }
        }
        assertThat(below).isGreaterThan(500);
    }

    @Test
    void measuredLevelIsSignalPlusNoise() {
        Simulation simulation = new Simulation(World.rss(), 3);
        Recorders recorders = World.rss().recorders();
        for (int k = 0; k < 200; k++) {
            Transmission transmission = simulation.transmission(k);
            double[] levels = simulation.levelsDb(transmission);
            for (int i = 0; i < 7; i++) {
                Link link = transmission.links().get(i);
                if (!link.heard()) {
                    assertThat(levels[i]).isNaN();
                    continue;
                }
                double noise =
                        Math.pow(10, recorders.noiseDbm(World.rss().stations().get(i)) / 10);
                double sum = 10 * Math.log10(noise + Math.pow(10, link.receivedDbm() / 10)) + 15;
                assertThat(levels[i]).isCloseTo(sum, within(0.6));
            }
        }
    }

    @Test
    void aSessionDependsOnSeedAndNumberAlone() {
        Simulation simulation = new Simulation(LOUD, 3);
        assertThat(simulation.transmission(1234)).isEqualTo(DRAWN.get(1234));
        assertThat(new Simulation(LOUD, 4).transmission(1234).source())
                .isNotEqualTo(DRAWN.get(1234).source());
        assertThat(DRAWN.stream().map(Transmission::source).distinct().count()).isEqualTo(SESSIONS);
        assertThat(DRAWN.get(12).id()).isEqualTo("sim-3-000012");
        assertThat(DRAWN.get(12).sourceName()).isEqualTo("sim-3-000012");
    }

    @Test
    void sessionsOfOneSourceShareWhatBelongsToIt() {
        List<Transmission> sessions = draw(World.rss().withSessionsPerSource(3), 9);
        for (int k = 0; k < 9; k++) {
            Transmission first = sessions.get(k / 3 * 3);
            Transmission session = sessions.get(k);
            assertThat(session.id()).isEqualTo("sim-3-00000" + k);
            assertThat(session.sourceName()).isEqualTo("sim-3-00000" + k / 3);
            assertThat(session.source()).isEqualTo(first.source());
            assertThat(session.links().stream().map(Link::receivedDbm))
                    .containsExactlyElementsOf(
                            first.links().stream().map(Link::receivedDbm).toList());
        }
        assertThat(sessions.get(0).source()).isNotEqualTo(sessions.get(3).source());
        assertThat(sessions.get(0).links()).isNotEqualTo(sessions.get(1).links());
    }

    @Test
    void negativeSeedsAndNumbersAreRefused() {
        assertThatThrownBy(() -> new Simulation(LOUD, -1)).hasMessageContaining("seed -1");
        assertThatThrownBy(() -> new Simulation(LOUD, 1).transmission(-2)).hasMessageContaining("-2");
    }

    private static double shadowing(Transmission transmission, int station) {
        Link link = transmission.links().get(station);
        return link.receivedDbm() - transmission.powerDbm() + LOUD.propagation().lossDb(link.distanceM());
    }

    private static double mean(ToDoubleFunction<Transmission> value) {
        return DRAWN.stream().mapToDouble(value).average().orElseThrow();
    }
}
