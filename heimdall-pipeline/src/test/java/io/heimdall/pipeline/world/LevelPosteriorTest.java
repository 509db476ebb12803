package io.heimdall.pipeline.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.pipeline.PipelineException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Posteriors of a fitted law and of a radio map hold what they state, and know more than what they leave out. */
class LevelPosteriorTest {
    private static final double SCALE_M = 40 * KnownWorld.NEAREST_M;
    private static final List<RecordedSession> TRAINING = KnownWorld.sessions(600, 1);
    private static final List<RecordedSession> TEST = KnownWorld.sessions(100, 2);
    private static final PlaceGrid GRID = PlaceGrid.around(TRAINING, TRAINING.size());
    private static final LevelPosterior LAW = LevelPosterior.fit(TRAINING, KnownWorld.STATIONS, SCALE_M, GRID);
    private static final int[] GROUPS = IntStream.range(0, 600).toArray();

    private static double nll(Function<RecordedSession, PlacePosterior> method, List<RecordedSession> sessions) {
        return sessions.stream()
                .mapToDouble(s -> -method.apply(s).logDensity(s.eastM(), s.northM()))
                .average()
                .orElseThrow();
    }

    private static double held(List<Double> credibleLevels, double level) {
        return credibleLevels.stream().filter(found -> found <= level).count() / (double) credibleLevels.size();
    }

    private static List<Double> credibleLevels(LevelPosterior posterior, List<RecordedSession> sessions) {
        return sessions.stream()
                .map(s -> posterior.of(s).credibleLevel(s.eastM(), s.northM()))
                .toList();
    }

    @Tag("slow")
    @Test
    void fittedLawIsAsGoodAsTheLawThatMadeTheSessions() {
        LevelPosterior known = LAW.withLaw(KnownWorld.law());

        double fitted = nll(LAW::of, TEST);
        assertThat(fitted).isCloseTo(nll(known::of, TEST), within(0.06));
        assertThat(fitted).isLessThan(nll(s -> PlacePosterior.ofLog(GRID, GRID.logPrior()), TEST) - 0.5);
    }

    @Tag("slow")
    @Test
    void regionsHoldWhatTheyState() {
        List<Double> found = credibleLevels(LAW, TEST);
        for (double level : new double[] {0.5, 0.68, 0.9}) {
            assertThat(held(found, level)).isCloseTo(level, within(0.15));
        }
    }

    @Test
    void silenceTellsThatTheTransmitterIsFarAway() {
        RecordedSession one = heardByTheFirst(true);
        RecordedSession alone = heardByTheFirst(false);

        double near = LAW.of(alone)
                .logDensity(KnownWorld.SET.eastM()[1], KnownWorld.SET.northM()[1]);
        double silent =
                LAW.of(one).logDensity(KnownWorld.SET.eastM()[1], KnownWorld.SET.northM()[1]);

        assertThat(silent).isLessThan(near - 1);
    }

    private static RecordedSession heardByTheFirst(boolean othersInService) {
        int stations = othersInService ? KnownWorld.STATIONS : 1;
        List<Received> received = new ArrayList<>(List.of(new Received.LevelAlone(-62)));
        for (int i = 1; i < stations; i++) {
            received.add(new Received.Silence());
        }
        int[] numbers = IntStream.range(0, stations).toArray();
        return new RecordedSession(
                0, 0, new StationSet(numbers, KnownWorld.SET.eastM(), KnownWorld.SET.northM(), 0), received);
    }

    @Test
    void aSessionThatNoKnownStationHeardHasThePrior() {
        RecordedSession nobody =
                new RecordedSession(0, 0, new StationSet(new int[0], new double[0], new double[0], 0), List.of());

        assertThat(LAW.of(nobody).mass())
                .containsExactly(PlacePosterior.ofLog(GRID, GRID.logPrior()).mass(), within(1e-15));
    }

    @Test
    void sessionsAtOnePlaceTellNothingOfOthers() {
        assertThatThrownBy(() -> PlaceGrid.around(Collections.nCopies(20, heardByTheFirst(true)), 1))
                .isInstanceOf(PipelineException.class)
                .hasMessage("all training sessions are at one place");
    }

    @Tag("slow")
    @Test
    void mapOfNothingIsTheLaw() {
        LevelPosterior map = LAW.withMap(TRAINING, GROUPS, SCALE_M);

        assertThat(nll(map::of, TEST)).isCloseTo(nll(LAW::of, TEST), within(0.1));
    }

    @Test
    void mapKnowsShadowsThatBelongToThePlace() {
        List<RecordedSession> training = shadowed(TRAINING, 3);
        List<RecordedSession> test = shadowed(TEST, 4);
        LevelPosterior law = LevelPosterior.fit(training, KnownWorld.STATIONS, SCALE_M, GRID);
        LevelPosterior map = law.withMap(training, GROUPS, SCALE_M);

        assertThat(nll(map::of, test)).isLessThan(nll(law::of, test) - 0.3);
        assertThat(held(credibleLevels(map, test), 0.68)).isCloseTo(0.68, within(0.12));
    }

    /** Levels of stations that hear everything, with what depends on the place alone, 10 dB to either side over some 10 km. */
    private static List<RecordedSession> shadowed(List<RecordedSession> places, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<RecordedSession> sessions = new ArrayList<>();
        for (RecordedSession place : places) {
            List<Received> received = new ArrayList<>();
            for (int i = 0; i < KnownWorld.STATIONS; i++) {
                double expected = KnownWorld.law()
                        .expected(
                                i,
                                place.eastM() - KnownWorld.SET.eastM()[i],
                                place.northM() - KnownWorld.SET.northM()[i],
                                KnownWorld.NEAREST_M);
                double shadow = 10 * Math.sin(place.eastM() / 5000 + i) * Math.cos(place.northM() / 6000 - 2 * i);
                received.add(new Received.LevelAlone(expected + shadow + 3 * random.nextGaussian()));
            }
            sessions.add(new RecordedSession(place.eastM(), place.northM(), KnownWorld.SET, received));
        }
        return sessions;
    }

    @Test
    void predictionIsThatOfAGaussianProcess() {
        SplittableRandom random = new SplittableRandom(3);
        int count = 7;
        double[] east = random.doubles(count, 0, 1000).toArray();
        double[] north = random.doubles(count, 0, 1000).toArray();
        double[] residuals = random.doubles(count, -5, 5).toArray();
        StationMap.Kernel kernel = new StationMap.Kernel(400, 0.2, 9);
        StationMap map = new StationMap(new Neighbours(east, north, new int[count]), residuals, kernel);
        double[][] joint = new double[count + 1][count + 1];
        double[] e = StationSet.with(east, 300);
        double[] n = StationSet.with(north, 700);
        for (int i = 0; i <= count; i++) {
            for (int j = 0; j <= count; j++) {
                double d = Math.sqrt(3) * Math.hypot(e[i] - e[j], n[i] - n[j]) / 400;
                joint[i][j] = 9 * ((1 + d) * Math.exp(-d) + (i == j ? 0.2 : 0));
            }
        }
        // Of a joint normal distribution: the last given the others has 1/Q as variance and -q/Q as weights, Q the
        // precision.
        double[][] precision = new Positive(joint).inverse();
        double variance = 1 / precision[count][count];
        double mean = -variance
                * IntStream.range(0, count)
                        .mapToDouble(i -> precision[count][i] * residuals[i])
                        .sum();

        StationMap.Normal predicted = map.at(300, 700, Neighbours.NO_GROUP);

        assertThat(predicted.mean()).isCloseTo(mean, within(1e-9));
        assertThat(predicted.variance()).isCloseTo(variance, within(1e-9));
        assertThat(map.at(300, 700, 0)).isEqualTo(new StationMap.Normal(0, 9 * 1.2));
    }

    @Test
    void neighboursSurroundAPlaceWhereTheyCan() {
        double[] east =
                IntStream.range(0, 41).mapToDouble(i -> i < 40 ? 1 + i : -500).toArray();
        double[] north = new double[41];
        java.util.Arrays.fill(north, 1);
        Neighbours all = new Neighbours(east, north, new int[41]);

        assertThat(all.of(0, 0, Neighbours.NO_GROUP)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 40);
    }

    @Test
    void kernelFindsTheLengthAndTheNoise() {
        SplittableRandom random = new SplittableRandom(5);
        int count = 900;
        double[] east = random.doubles(count, 0, 2000).toArray();
        double[] north = random.doubles(count, 0, 2000).toArray();
        double[] residuals = IntStream.range(0, count)
                .mapToDouble(i -> 6 * Math.sin(east[i] / 150) * Math.cos(north[i] / 150) + random.nextGaussian())
                .toArray();

        StationMap map = StationMap.fit(
                new Neighbours(east, north, IntStream.range(0, count).toArray()), residuals, 577);

        assertThat(map.at(1000, 1000, Neighbours.NO_GROUP).mean())
                .isCloseTo(6 * Math.sin(1000.0 / 150) * Math.cos(1000.0 / 150), within(1.5));
        assertThat(Math.sqrt(map.at(1000, 1000, Neighbours.NO_GROUP).variance()))
                .isCloseTo(1.1, within(0.35));
    }

    @Test
    void massOfAGridHasMeanLevelDensityAndArea() {
        PlaceGrid grid = new PlaceGrid(0, 0, 100, 1, 3, new double[3]);
        PlacePosterior posterior =
                PlacePosterior.ofLog(grid, new double[] {Math.log(6), Double.NEGATIVE_INFINITY, Math.log(4)});

        assertThat(posterior.eastM()).isCloseTo(0.6 * 50 + 0.4 * 250, within(1e-9));
        assertThat(posterior.logDensity(10, 10)).isCloseTo(Math.log(0.6 / 1e4), within(1e-9));
        assertThat(posterior.credibleLevel(250, 50)).isCloseTo(0.8, within(1e-9));
        assertThat(posterior.areaM2(0.8)).isCloseTo(1.5e4, within(1e-6));
        assertThat(posterior.logDensity(-1, 50)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(posterior.credibleLevel(301, 50)).isEqualTo(1);
    }
}
