package io.heimdall.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Sessions;
import io.heimdall.dataset.Station;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorldPosteriorTest {
    private static final int SESSIONS = 2000;

    /** Errors in metres and the credible level of the truth. */
    private record Outcome(double mean, double median, double centroid, double likeliest, double level) {}

    @Tag("slow")
    @Test
    void noOtherAnswerIsBetterAndRegionsHoldWhatTheySay() {
        List<Outcome> outcomes = outcomes(World.rss(), SESSIONS, 6000);
        double[] bayes = outcomes.stream().mapToDouble(Outcome::mean).toArray();
        double[] median = outcomes.stream().mapToDouble(Outcome::median).toArray();
        double[] centroid = outcomes.stream().mapToDouble(Outcome::centroid).toArray();
        double[] likeliest = outcomes.stream().mapToDouble(Outcome::likeliest).toArray();
        assertThat(rms(bayes)).isLessThan(0.88 * rms(centroid)).isLessThan(0.88 * rms(likeliest));
        assertThat(rms(bayes)).isLessThanOrEqualTo(rms(median));
        assertThat(average(median)).isLessThanOrEqualTo(average(bayes)).isLessThan(average(likeliest));
        assertThat(average(bayes)).isLessThan(average(centroid)).isLessThan(average(likeliest));
        // What was found before, with shadowing of 6 dB: median 20 to 24 km and RMS 33 km, the centroid 30 to 32 km.
        assertThat(quantile(bayes, 0.5)).isBetween(20_000.0, 24_500.0);
        assertThat(rms(bayes)).isBetween(29_000.0, 35_000.0);
        assertThat(quantile(centroid, 0.5)).isBetween(27_500.0, 33_000.0);
        assertRegionsHold(outcomes);
    }

    /** Weak transmitters: most stations hear nothing, and that is most of what is known. */
    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"12, 0.05", "18, 0.3", "30, 0"})
    void regionsHoldWhereStationsAreMissing(double powerDbm, double dropOut) {
        World world = World.rss();
        Recorders r = world.recorders();
        assertRegionsHold(outcomes(
                world.withTransmitters(new Transmitters(powerDbm, 6, 100, 1))
                        .withRecorders(
                                new Recorders(r.sampleRateHz(), r.samples(), r.fullScaleDbm(), 0, dropOut, 0.005, 0.5)),
                250,
                10_000));
    }

    /** Asked for some stations alone, it must not take the others for silent. */
    @Test
    void regionsHoldForSomeOfTheStations() {
        World world = World.rss();
        World part = world.withStations(List.of("Torino", "Genova", "Coazze"));
        assertThat(part.stationNames()).containsExactly("Torino", "Coazze", "Genova");
        int[] seen = {2, 3, 5};
        Simulation simulation = new Simulation(world, 12);
        WorldPosterior posterior = new WorldPosterior(part, 6000);
        assertRegionsHold(IntStream.range(0, SESSIONS)
                .parallel()
                .mapToObj(simulation::transmission)
                .flatMap(transmission -> {
                    double[] all = simulation.levelsDb(transmission);
                    double[] some = Arrays.stream(seen).mapToDouble(i -> all[i]).toArray();
                    return Arrays.stream(some).allMatch(Double::isNaN)
                            ? Stream.empty() // no session for these three
                            : Stream.of(posterior.of(some).credibleLevel(transmission.source()));
                })
                .map(level -> new Outcome(0, 0, 0, 0, level))
                .toList());
        assertThatThrownBy(() -> world.withStations(List.of("Elsewhere"))).hasMessageContaining("without stations");
    }

    /** Two stations, one silent: power and shadowing integrated by brute force, without any of the algebra. */
    @Test
    void agreesWithIntegratingOverPowerAndShadowing() {
        World full = World.rss();
        World world = new World(
                full.stations().subList(1, 3),
                full.box(),
                full.propagation(),
                new Transmitters(15, 6, 0, 1),
                full.recorders());
        double levelDb = -102;
        PositionPosterior posterior = new WorldPosterior(world, 10_000).of(new double[] {levelDb, Double.NaN});
        Recorders recorders = world.recorders();
        double noise = Math.pow(10, recorders.noiseDbm(world.stations().get(0)) / 10);
        double received = 10 * Math.log10(Math.pow(10, (levelDb + recorders.fullScaleDbm()) / 10) - noise);
        double threshold = recorders.thresholdDbm(world.stations().get(1));
        double[][] c = world.shadowingCovariance();
        double slope = c[0][1] / c[0][0];
        double rest = Math.sqrt(c[1][1] - slope * c[0][1]);
        double[] expected = new double[posterior.rows() * posterior.columns()];
        for (int cell = 0; cell < expected.length; cell++) {
            GeoPoint place = posterior.place(cell / posterior.columns(), cell % posterior.columns());
            double loss0 = world.propagation().lossDb(place.distanceMetres(world.position(0)));
            double loss1 = world.propagation().lossDb(place.distanceMetres(world.position(1)));
            for (double power = 15 - 48; power <= 15 + 48; power += 0.25) {
                double x0 = received - power + loss0;
                double below = StandardNormal.below((threshold - power + loss1 - slope * x0) / rest);
                expected[cell] +=
                        Math.exp(-Math.pow((power - 15) / 6, 2) / 2 - x0 * x0 / (2 * c[0][0])) * (0.05 + 0.95 * below);
            }
        }
        double sum = Arrays.stream(expected).sum();
        for (int cell = 0; cell < expected.length; cell++) {
            // The noise's share of the variance, 0.01 dB^2 of 36, is left out above.
            assertThat(posterior.mass(cell / posterior.columns(), cell % posterior.columns()))
                    .isCloseTo(expected[cell] / sum, within(2e-3 / expected.length));
        }
    }

    @Test
    void momentsAreThoseOfTheGrid() {
        GeoBox box = new GeoBox(45, 7, 45.2, 7.4);
        PositionPosterior posterior = new PositionPosterior(box, 2, 2, new double[] {0.5, 0, 0, 0.5});
        assertThat(posterior.mean()).isEqualTo(new GeoPoint(45.1, 7.2));
        double east = 0.1 * GeoBox.metresPerDegreeEast(45.1);
        double north = 0.05 * GeoBox.metresPerDegreeNorth(45.1);
        assertThat(posterior.eastVarianceM2()).isCloseTo(east * east, within(1.0));
        assertThat(posterior.northVarianceM2()).isCloseTo(north * north, within(1.0));
        assertThat(posterior.eastNorthCovarianceM2()).isCloseTo(east * north, within(1.0));
        assertThat(posterior.credibleLevel(new GeoPoint(45.02, 7.1))).isEqualTo(0.5);
        assertThat(posterior.credibleLevel(new GeoPoint(45.02, 7.3))).isEqualTo(1);
        assertThat(posterior.credibleLevel(new GeoPoint(45.2, 7.4))).isEqualTo(0.5);
        assertThatThrownBy(() -> posterior.credibleLevel(new GeoPoint(46, 7.1))).hasMessageContaining("is not in");
    }

    @Test
    void densityAndAreasAreThoseOfTheCells() {
        GeoBox box = new GeoBox(45, 7, 45.2, 7.4);
        PositionPosterior posterior = new PositionPosterior(box, 2, 2, new double[] {0.5, 0, 0.2, 0.3});
        double low = 0.1 * GeoBox.metresPerDegreeNorth(45.05) * 0.2 * GeoBox.metresPerDegreeEast(45.05);
        double high = 0.1 * GeoBox.metresPerDegreeNorth(45.15) * 0.2 * GeoBox.metresPerDegreeEast(45.15);

        assertThat(posterior.logDensity(new GeoPoint(45.01, 7.19))).isCloseTo(Math.log(0.5 / low), within(1e-9));
        assertThat(posterior.logDensity(new GeoPoint(45.19, 7.21))).isCloseTo(Math.log(0.3 / high), within(1e-9));
        assertThat(posterior.logDensity(new GeoPoint(45.01, 7.21))).isEqualTo(Double.NEGATIVE_INFINITY);
        double[] areas = posterior.regionAreasM2(0.9, 0.25, 0.65);
        assertThat(areas[1]).isCloseTo(low / 2, within(1.0));
        assertThat(areas[2]).isCloseTo(low + high / 2, within(1.0));
        assertThat(areas[0]).isCloseTo(low + 1.5 * high, within(1.0));
    }

    @Test
    void medianIsWhereMostOfTheMassPullsIt() {
        GeoBox box = new GeoBox(45, 7, 45.2, 7.4);
        PositionPosterior posterior = new PositionPosterior(box, 1, 3, new double[] {0.6, 0, 0.4});
        assertThat(posterior.median().distanceMetres(posterior.place(0, 0))).isLessThan(2300);
    }

    @Test
    void degreesAreThoseOfTheEllipsoid() {
        // The radii of curvature of WGS 84 at 45 degrees of latitude: 6 367 381.82 m and 6 388 838.29 m.
        double degree = Math.PI / 180;
        assertThat(GeoBox.metresPerDegreeNorth(45)).isCloseTo(6_367_381.82 * degree, within(0.001));
        assertThat(GeoBox.metresPerDegreeEast(45)).isCloseTo(6_388_838.29 * degree * Math.sqrt(0.5), within(0.001));
    }

    @Test
    void sessionsOfOtherStationsAndWrongLevelsAreRefused() {
        WorldPosterior posterior = new WorldPosterior(World.rss(), 20_000);
        var session = Sessions.session("x");
        assertThat(posterior.levelsDb(session))
                .containsExactly(-72, Double.NaN, -60.125, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        assertThat(posterior.of(session).mean())
                .isEqualTo(posterior.of(posterior.levelsDb(session)).mean());
        var foreign = session.heardBy(List.of(Sessions.measurement("x", "Elsewhere")));
        assertThatThrownBy(() -> posterior.of(foreign))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("'Elsewhere' of session x is none of the simulated world's");
        assertThatThrownBy(() -> posterior.of(new double[3])).hasMessageContaining("3 levels of a world of 7");
        double[] none = new double[7];
        Arrays.fill(none, Double.NaN);
        assertThatThrownBy(() -> posterior.of(none)).hasMessageContaining("no station has a level");
        none[2] = -150;
        assertThat(posterior.of(none).mean().latitude()).as("under the noise").isBetween(44.3, 45.6);
        assertThatThrownBy(() -> new WorldPosterior(World.rss(), 1)).hasMessageContaining("cell in m 1.0");
    }

    @Test
    void aStrongStationIsNear() {
        double[] levels = new double[7];
        Arrays.fill(levels, -95);
        levels[6] = -40;
        PositionPosterior posterior = new WorldPosterior(World.rss()).of(levels);
        Station milano = World.rss().stations().get(6).station();
        assertThat(posterior.mean().distanceMetres(milano.position())).isLessThan(10_000);
    }

    private static void assertRegionsHold(List<Outcome> outcomes) {
        for (double share : new double[] {0.5, 0.68, 0.9, 0.95}) {
            double held = outcomes.stream().filter(o -> o.level <= share).count() / (double) outcomes.size();
            double error = 3.5 * Math.sqrt(share * (1 - share) / outcomes.size());
            assertThat(held).as("region of %s", share).isCloseTo(share, within(error));
        }
    }

    private static List<Outcome> outcomes(World world, int sessions, double cellM) {
        Simulation simulation = new Simulation(world, 11);
        WorldPosterior posterior = new WorldPosterior(world, cellM);
        return IntStream.range(0, sessions)
                .parallel()
                .mapToObj(k -> {
                    Transmission transmission = simulation.transmission(k);
                    double[] levels = simulation.levelsDb(transmission);
                    PositionPosterior answer = posterior.of(levels);
                    GeoPoint truth = transmission.source();
                    return new Outcome(
                            answer.mean().distanceMetres(truth),
                            answer.median().distanceMetres(truth),
                            centroid(world, levels).distanceMetres(truth),
                            likeliest(world, answer, levels).distanceMetres(truth),
                            answer.credibleLevel(truth));
                })
                .toList();
    }

    private static GeoPoint centroid(World world, double[] levels) {
        double weights = 0;
        double latitude = 0;
        double longitude = 0;
        for (int i = 0; i < levels.length; i++) {
            if (!Double.isNaN(levels[i])) {
                double weight = Math.pow(10, levels[i] / 20);
                weights += weight;
                latitude += weight * world.position(i).latitude();
                longitude += weight * world.position(i).longitude();
            }
        }
        return new GeoPoint(latitude / weights, longitude / weights);
    }

    /** The cell with the least spread of level plus loss: maximum likelihood with unknown power, over the same grid. */
    private static GeoPoint likeliest(World world, PositionPosterior grid, double[] levels) {
        GeoPoint best = null;
        double least = Double.MAX_VALUE;
        for (int cell = 0; cell < grid.rows() * grid.columns(); cell++) {
            GeoPoint place = grid.place(cell / grid.columns(), cell % grid.columns());
            double[] power = IntStream.range(0, levels.length)
                    .filter(i -> !Double.isNaN(levels[i]))
                    .mapToDouble(i -> levels[i] + world.propagation().lossDb(place.distanceMetres(world.position(i))))
                    .toArray();
            double mean = average(power);
            double spread =
                    Arrays.stream(power).map(p -> (p - mean) * (p - mean)).sum();
            if (spread < least) {
                least = spread;
                best = place;
            }
        }
        return best;
    }

    private static double rms(double[] values) {
        return Math.sqrt(average(Arrays.stream(values).map(v -> v * v).toArray()));
    }

    private static double average(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) (share * sorted.length)];
    }
}
