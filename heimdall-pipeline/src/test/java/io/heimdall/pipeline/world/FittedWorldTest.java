package io.heimdall.pipeline.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.features.spectrum.LevelStatistics;
import io.heimdall.pipeline.PipelineException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A fitted world has the numbers of the world that its recordings are from, and its sessions have their laws. */
class FittedWorldTest {
    private static final double SCALE_M = 40 * KnownWorld.NEAREST_M;
    private static final int PLACES = 32;

    private static FittedWorld fitted(int sessions) {
        return WorldFit.fit(
                KnownWorld.sessions(sessions, 5), KnownWorld.groups(sessions), KnownWorld.STATIONS, SCALE_M, 3);
    }

    @Test
    void findsTheLawOfTheRecordings() {
        LevelLaw law = fitted(1200).law();

        assertThat(law.slope()).isCloseTo(KnownWorld.SLOPE, within(1.5));
        for (int i = 0; i < KnownWorld.STATIONS; i++) {
            assertThat(law.stationLevels()[i]).isCloseTo(KnownWorld.LEVELS[i], within(2.0));
            assertThat(law.thresholds()[i]).isCloseTo(KnownWorld.THRESHOLDS[i], within(0.5));
            assertThat(law.dropOut()[i]).isCloseTo(KnownWorld.DROP_OUT, within(0.04));
            for (int j = 0; j < KnownWorld.STATIONS; j++) {
                assertThat(law.covariance()[i][j])
                        .isCloseTo(KnownWorld.COMMON + (i == j ? KnownWorld.OWN : 0), within(6.0));
            }
        }
    }

    /** Least squares on what was heard alone would take weak signals for strong ones. */
    @Test
    void levelsThatNobodyMeasuredDoNotBiasTheSlope() {
        LevelLaw first = FirstLaw.of(table(1200), KnownWorld.THRESHOLDS, 0.05, 4);

        assertThat(first.slope()).isGreaterThan(KnownWorld.SLOPE + 3);
        assertThat(GibbsSampler.fit(table(1200), 1).law().slope()).isCloseTo(KnownWorld.SLOPE, within(1.5));
    }

    private static LevelTable table(int count) {
        List<RecordedSession> sessions = KnownWorld.sessions(count, 6);
        double[][] levels = new double[count][KnownWorld.STATIONS];
        double[][] distances = new double[count][KnownWorld.STATIONS];
        Hearing[][] hearing = new Hearing[count][KnownWorld.STATIONS];
        for (int s = 0; s < count; s++) {
            RecordedSession session = sessions.get(s);
            for (int i = 0; i < KnownWorld.STATIONS; i++) {
                Received received = session.received().get(i);
                hearing[s][i] = received.heard() ? Hearing.HEARD : Hearing.SILENT;
                levels[s][i] = received.powers()
                        .map(p -> 10 * Math.log10(p.total() - KnownWorld.NOISE))
                        .orElse(Double.NaN);
                distances[s][i] = LevelLaw.logDistance(
                        session.eastM() - KnownWorld.SET.eastM()[i],
                        session.northM() - KnownWorld.SET.northM()[i],
                        KnownWorld.NEAREST_M);
            }
        }
        return new LevelTable(levels, distances, hearing);
    }

    @Test
    void aStationThatIsOftenOutOfServiceKeepsItsLaw() {
        LevelTable all = table(1200);
        SplittableRandom random = new SplittableRandom(8);
        for (Hearing[] session : all.hearing()) {
            session[1] = random.nextDouble() < 0.6 ? Hearing.OFF : session[1];
        }

        LevelLaw law = GibbsSampler.fit(all, 1).law();

        assertThat(law.stationLevels()[1]).isCloseTo(KnownWorld.LEVELS[1], within(2.5));
        assertThat(law.covariance()[1][1]).isCloseTo(KnownWorld.COMMON + KnownWorld.OWN, within(10.0));
        assertThat(law.dropOut()[1]).isCloseTo(KnownWorld.DROP_OUT, within(0.06));
    }

    @Test
    void statisticsOfItsSessionsHaveTheQuantilesOfTheRecordedOnes() {
        List<RecordedSession> recorded = KnownWorld.sessions(4000, 7);
        List<SimulatedSession> simulated = draw(fitted(1200), 4000, 1, false);

        for (int i = 0; i < KnownWorld.STATIONS; i++) {
            int station = i;
            List<float[]> real = recorded.stream()
                    .flatMap(session -> session.received().get(station).powers().stream())
                    .map(powers -> LevelStatistics.of(powers.bands().clone(), powers.frames()))
                    .toList();
            List<float[]> drawn = simulated.stream()
                    .filter(session -> session.heard()[station])
                    .map(session -> session.statistics()[station])
                    .toList();
            assertThat(drawn.size() / 4000.0).isCloseTo(real.size() / 4000.0, within(0.03));
            for (int k = 0; k < LevelStatistics.COUNT; k++) {
                for (double p : new double[] {0.25, 0.5, 0.75}) {
                    assertThat(quantile(drawn, k, p))
                            .as("station %d, statistic %d, quantile %s", i, k, p)
                            .isCloseTo(quantile(real, k, p), within(1.5));
                }
            }
        }
    }

    private static double quantile(List<float[]> statistics, int which, double p) {
        double[] sorted =
                statistics.stream().mapToDouble(s -> s[which]).sorted().toArray();
        return sorted[(int) (p * (sorted.length - 1))];
    }

    private static List<SimulatedSession> draw(FittedWorld world, int count, int places, boolean unknown) {
        SplittableRandom random = new SplittableRandom(11);
        List<SimulatedSession> sessions = new ArrayList<>();
        while (sessions.size() < count) {
            sessions.addAll(SessionDraws.draw(world, 16, unknown, places, random));
        }
        return sessions;
    }

    /** Where all levels are known, without noise, the places are those of the posterior on a grid. */
    @Test
    void placesHaveThePosteriorOfTheLevels() {
        LevelLaw clear = withThresholds(-1000, 0);
        FittedWorld world = KnownWorld.world(clear, 1e-30);
        double[] pulls = new double[4];
        List<SimulatedSession> sessions = draw(world, 200, PLACES, false);
        for (SimulatedSession session : sessions) {
            double[] levels = IntStream.range(0, KnownWorld.STATIONS)
                    .mapToDouble(i -> session.statistics()[i][0])
                    .toArray();
            GridPosterior exact = GridPosterior.of(world, levels);
            for (int j = 0; j < PLACES; j++) {
                double e = (session.eastM()[j] - exact.eastM()) / exact.sigmaEastM();
                double n = (session.northM()[j] - exact.northM()) / exact.sigmaNorthM();
                pulls[0] += e / PLACES / sessions.size();
                pulls[1] += n / PLACES / sessions.size();
                pulls[2] += e * e / PLACES / sessions.size();
                pulls[3] += n * n / PLACES / sessions.size();
            }
        }

        assertThat(pulls[0]).isCloseTo(0, within(0.05));
        assertThat(pulls[1]).isCloseTo(0, within(0.05));
        assertThat(pulls[2]).isCloseTo(1, within(0.1));
        assertThat(pulls[3]).isCloseTo(1, within(0.1));
    }

    /** Where a network sees only who heard, the places have the posterior of that. */
    @Tag("slow")
    @Test
    void placesHaveThePosteriorOfWhoHeard() {
        FittedWorld world = KnownWorld.world();
        SplittableRandom random = new SplittableRandom(12);
        boolean[] wanted = {true, false, false, false};
        double drawn = draw(world, 6000, PLACES, false).stream()
                .filter(session -> Arrays.equals(session.heard(), wanted))
                .flatMapToDouble(session -> Arrays.stream(session.eastM()))
                .average()
                .orElseThrow();

        double sum = 0;
        double weight = 0;
        for (int n = 0; n < 300_000; n++) {
            double east = world.box().drawEast(random);
            double north = world.box().drawNorth(random);
            double power = Math.sqrt(KnownWorld.COMMON) * random.nextGaussian();
            double likelihood = 1;
            for (int i = 0; i < KnownWorld.STATIONS; i++) {
                double t = LevelLaw.logDistance(
                        east - KnownWorld.SET.eastM()[i], north - KnownWorld.SET.northM()[i], KnownWorld.NEAREST_M);
                double level = KnownWorld.LEVELS[i] + KnownWorld.SLOPE * t + power;
                double hears = (1 - KnownWorld.DROP_OUT)
                        * new org.apache.commons.math3.distribution.NormalDistribution(level, Math.sqrt(KnownWorld.OWN))
                                .probability(KnownWorld.THRESHOLDS[i], Double.POSITIVE_INFINITY);
                likelihood *= wanted[i] ? hears : 1 - hears;
            }
            sum += likelihood * east;
            weight += likelihood;
        }
        assertThat(drawn).isCloseTo(sum / weight, within(1500.0));
    }

    private static LevelLaw withThresholds(double threshold, double dropOut) {
        LevelLaw law = KnownWorld.law();
        double[] thresholds = new double[KnownWorld.STATIONS];
        double[] off = new double[KnownWorld.STATIONS];
        Arrays.fill(thresholds, threshold);
        Arrays.fill(off, dropOut);
        return new LevelLaw(
                law.slope(),
                law.stationLevels(),
                law.covariance(),
                thresholds,
                off,
                law.meanStationLevel(),
                law.stationVariance());
    }

    @Test
    void anUnknownStationStandsBesideTheKnownOnes() {
        List<SimulatedSession> sessions = draw(KnownWorld.world(), 160, 2, true);

        assertThat(sessions).allSatisfy(session -> {
            assertThat(session.stations().numbers()).containsExactly(0, 1, 2, 3, 4);
            assertThat(session.heard()).hasSize(5).contains(true);
        });
        assertThat(sessions)
                .anySatisfy(session -> assertThat(session.heard()[4]).isTrue());
    }

    @Test
    void sameSeedSameSessions() {
        FittedWorld world = KnownWorld.world();
        SimulatedSession one =
                SessionDraws.draw(world, 1, true, 8, new SplittableRandom(4)).get(0);
        SimulatedSession same =
                SessionDraws.draw(world, 1, true, 8, new SplittableRandom(4)).get(0);

        assertThat(same).usingRecursiveComparison().isEqualTo(one);
    }

    @Test
    void tooFewSessionsOrStationsShowNoLaw() {
        assertThatThrownBy(() -> fitted(19))
                .isInstanceOf(PipelineException.class)
                .hasMessage("19 training sessions, and a world is fitted to at least 20");
        assertThatThrownBy(() -> WorldFit.fit(KnownWorld.sessions(30, 1), KnownWorld.groups(30), 1, SCALE_M, 1))
                .isInstanceOf(PipelineException.class)
                .hasMessage("1 station, and a world is fitted to at least 2");
    }

    @Test
    void aFitOfVeryManyStationsIsRefused() {
        assertThatThrownBy(() -> WorldFit.fit(KnownWorld.sessions(50, 1), KnownWorld.groups(50), 3000, SCALE_M, 1))
                .isInstanceOf(PipelineException.class)
                .hasMessage("3000 stations, and a world is fitted to at most 2108 with 50 sessions");
    }

    @Test
    void oneWrongPlaceDoesNotMakeTheWorldAnotherOne() {
        List<RecordedSession> sessions = new ArrayList<>(KnownWorld.sessions(300, 1));
        RecordedSession right = sessions.get(7);
        sessions.set(7, new RecordedSession(6_000_000, -4_000_000, right.stations(), right.received()));

        FittedWorld world = WorldFit.fit(sessions, KnownWorld.groups(300), KnownWorld.STATIONS, SCALE_M, 1);

        assertThat(world.box().west()).isBetween(-33_000.0, -27_000.0);
        assertThat(world.box().east()).isBetween(27_000.0, 33_000.0);
        assertThat(world.box().south()).isBetween(-44_000.0, -36_000.0);
        assertThat(world.box().north()).isBetween(36_000.0, 44_000.0);
    }

    @Test
    void aWorldInWhichNobodyHearsAnythingIsRefused() {
        SessionDraws.checkHeard(KnownWorld.world(), new SplittableRandom(1));
        FittedWorld deaf = KnownWorld.world(withThresholds(100, 0), KnownWorld.NOISE);

        assertThatThrownBy(() -> SessionDraws.checkHeard(deaf, new SplittableRandom(1)))
                .isInstanceOf(PipelineException.class)
                .hasMessage("stations hear hardly anything from the area of the training sessions, 60 x 80 km;"
                        + " the places of sessions or stations may be wrong");
        assertThat(SessionDraws.draw(deaf, 16, false, 1, new SplittableRandom(1)))
                .isEmpty();
    }

    /** Deaf sets are drawn now and then; others take their place. */
    @Test
    void aDeafSetAmongOthersIsLeftOut() {
        FittedWorld known = KnownWorld.world();
        StationSet far = new StationSet(new int[] {0}, new double[] {1e12}, new double[] {0}, 0);
        FittedWorld world = new FittedWorld(
                known.law(),
                known.noise(),
                known.recorded(),
                known.shapes(),
                List.of(KnownWorld.SET, far, KnownWorld.SET),
                known.box(),
                known.nearestM(),
                Optional.empty());

        SessionDraws.checkHeard(world, new SplittableRandom(1));
        assertThat(draw(world, 160, 1, false))
                .hasSize(160)
                .allSatisfy(session -> assertThat(session.stations().size()).isEqualTo(4));
    }

    @Test
    void levelsThatDoNotFallWithTheDistanceShowNoLaw() {
        List<RecordedSession> sessions = KnownWorld.sessions(60, 1);
        List<RecordedSession> elsewhere = IntStream.range(0, sessions.size())
                .mapToObj(s -> {
                    RecordedSession place = sessions.get((s + 1) % sessions.size());
                    RecordedSession session = sessions.get(s);
                    double turned = session.received().get(0).heard() ? 200_000 : -20_000;
                    return new RecordedSession(
                            turned + place.eastM() / 100, place.northM(), session.stations(), session.received());
                })
                .toList();

        assertThatThrownBy(() -> WorldFit.fit(elsewhere, KnownWorld.groups(60), KnownWorld.STATIONS, SCALE_M, 1))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("levels do not fall with the distance");
    }
}
