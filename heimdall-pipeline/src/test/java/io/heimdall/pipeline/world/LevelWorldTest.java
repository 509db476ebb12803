package io.heimdall.pipeline.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Worlds of levels without recordings, with and without a map. */
class LevelWorldTest {
    private static final double SCALE_M = 40 * KnownWorld.NEAREST_M;
    private static final int COUNT = 500;

    /** Sessions of the known law without recordings, with a shadow of the first station in the east. */
    private static List<RecordedSession> levels(double shadowDb) {
        return KnownWorld.sessions(COUNT, 1).stream()
                .map(session -> new RecordedSession(
                        session.eastM(),
                        session.northM(),
                        session.stations(),
                        IntStream.range(0, KnownWorld.STATIONS)
                                .mapToObj(i -> level(session, i, shadowDb))
                                .toList()))
                .toList();
    }

    private static Received level(RecordedSession session, int i, double shadowDb) {
        Received received = session.received().get(i);
        double shadow = i == 0 && session.eastM() > 0 ? shadowDb : 0;
        return received.heard() ? new Received.LevelAlone(received.levelDb(0) + shadow) : received;
    }

    private static FittedWorld world(double shadowDb) {
        return WorldFit.fit(levels(shadowDb), KnownWorld.groups(COUNT), KnownWorld.STATIONS, SCALE_M, 3);
    }

    @Tag("slow")
    @Test
    void sessionsHaveTheLevelsOfTheLawAndNoStatistics() {
        FittedWorld world = world(0);
        assertThat(world.law().slope()).isCloseTo(KnownWorld.SLOPE, within(2.5));

        SplittableRandom random = new SplittableRandom(2);
        List<SimulatedSession> drawn = new ArrayList<>();
        while (drawn.size() < 1000) {
            drawn.addAll(SessionDraws.draw(world, 16, false, 4, random));
        }
        for (int i = 0; i < KnownWorld.STATIONS; i++) {
            int station = i;
            double[] real = levels(0).stream()
                    .map(session -> session.received().get(station))
                    .filter(Received::heard)
                    .mapToDouble(received -> received.levelDb(0))
                    .sorted()
                    .toArray();
            double[] simulated = drawn.stream()
                    .filter(session -> session.heard()[station])
                    .mapToDouble(session -> session.statistics()[station][0])
                    .sorted()
                    .toArray();
            assertThat(simulated[simulated.length / 2]).isCloseTo(real[real.length / 2], within(2.0));
        }
        assertThat(drawn)
                .allSatisfy(session -> assertThat(
                                IntStream.range(0, KnownWorld.STATIONS).anyMatch(session::recorded))
                        .isFalse());
    }

    @Tag("slow")
    @Test
    void aShadowThatBelongsToThePlaceMakesAMap() {
        assertThat(world(-25).map()).isPresent();
    }

    /** What the map draws has its shadow, and its likelihoods are those of the definition. */
    @Test
    void levelsOfCandidatesFollowTheMap() {
        FittedWorld law = KnownWorld.world();
        PlaceGrid grid = new PlaceGrid(-30_000, -40_000, 20_000, 4, 3, new double[12]);
        double[][] mean = new double[12][KnownWorld.STATIONS];
        double[][] deviation = new double[12][KnownWorld.STATIONS];
        double[][] unit = new double[KnownWorld.STATIONS][KnownWorld.STATIONS];
        for (int c = 0; c < 12; c++) {
            mean[c][0] = c % 3 == 2 ? -25 : 0;
            Arrays.fill(deviation[c], 3);
        }
        for (int i = 0; i < KnownWorld.STATIONS; i++) {
            unit[i][i] = 1;
        }
        MapOfLevels map =
                MapOfLevels.of(grid, new Deviations(mean, deviation, new double[12][4], unit), Robustness.NONE);
        FittedWorld world = new FittedWorld(
                law.law(),
                law.noise(),
                law.recorded(),
                law.shapes(),
                law.sets(),
                law.box(),
                law.nearestM(),
                Optional.of(map));
        Receivers receivers = Receivers.of(world, KnownWorld.SET.numbers());
        Candidates candidates = SessionDraws.candidates(world, KnownWorld.SET, receivers, new SplittableRandom(4));
        double[] levels = candidates.levels(7, new double[KnownWorld.STATIONS]);
        double[] log = candidates.logLikelihoods(levels);
        for (int m = 0; m < Candidates.COUNT; m++) {
            double[] there = receivers.expected(world, KnownWorld.SET, candidates.eastM(m), candidates.northM(m));
            there[0] += candidates.eastM(m) > 10_000 ? -25 : 0;
            double squares = 0;
            for (int i = 0; i < KnownWorld.STATIONS; i++) {
                squares += Math.pow((levels[i] - there[i]) / 3, 2);
            }
            assertThat(log[m] - log[7]).isCloseTo(-squares / 2, within(1e-9));
        }
    }
}
