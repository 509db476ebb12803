package io.heimdall.localization.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.localization.posterior.Posterior;
import io.heimdall.localization.posterior.SearchArea;
import io.heimdall.localization.posterior.WeightedEvidence;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.output.PlanePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DelayEvidenceTest {
    private static final LocalPlane PLANE = new LocalPlane(45, 8);
    private static final double SIGMA = 1e-6;

    private static Site site(String name, double east, double north) {
        return new Site(name, PLANE.latitudeOf(north), PLANE.longitudeOf(east));
    }

    private static List<Site> sites(int count) {
        List<Site> sites = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double angle = 2 * Math.PI * i / count + 0.3;
            double radius = 40_000 + 7000 * (i % 3);
            sites.add(site("s" + i, radius * Math.cos(angle), radius * Math.sin(angle)));
        }
        return sites;
    }

    private static List<TimeDifference> delays(List<Site> sites, PlanePoint source, IntToDoubleFunction clockError) {
        double[] arrival = new double[sites.size()];
        for (int i = 0; i < arrival.length; i++) {
            arrival[i] = Propagation.STRAIGHT.seconds(
                            sites.get(i).distanceM(PLANE.latitudeOf(source.north()), PLANE.longitudeOf(source.east())))
                    + clockError.applyAsDouble(i);
        }
        List<TimeDifference> delays = new ArrayList<>();
        for (int i = 0; i < arrival.length; i++) {
            for (int k = i + 1; k < arrival.length; k++) {
                delays.add(
                        new TimeDifference(sites.get(i), sites.get(k), arrival[i] - arrival[k], Math.sqrt(2) * SIGMA));
            }
        }
        return delays;
    }

    private static Posterior posterior(List<TimeDifference> delays, double outliers) {
        return Posterior.of(
                SearchArea.around(0, 0, 100_000),
                List.of(WeightedEvidence.of(DelayEvidence.of(PLANE, delays, Propagation.STRAIGHT, outliers))),
                1,
                6000);
    }

    /** The composite likelihood of all pairs is as sure as it should be: not of N (N - 1) / 2 differences, but of N - 1. */
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(ints = {3, 4, 7})
    void regionsHoldWhatTheySay(int stations) {
        Random random = new Random(stations);
        List<Site> sites = sites(stations);
        double[] levels = {0.5, 0.68, 0.9, 0.95};
        int sessions = 200;
        int[] held = new int[levels.length];
        for (int s = 0; s < sessions; s++) {
            PlanePoint source =
                    new PlanePoint(30_000 * (random.nextDouble() - 0.5), 30_000 * (random.nextDouble() - 0.5));
            Posterior posterior =
                    posterior(delays(sites, source, i -> SIGMA * random.nextGaussian()), DelayEvidence.OUTLIERS);
            double level = posterior.credibleLevel(source.east(), source.north());
            for (int k = 0; k < levels.length; k++) {
                held[k] += level < levels[k] ? 1 : 0;
            }
        }
        for (int k = 0; k < levels.length; k++) {
            double deviation = Math.sqrt(levels[k] * (1 - levels[k]) / sessions);
            assertThat((double) held[k] / sessions)
                    .as("region of " + levels[k])
                    .isCloseTo(levels[k], within(2.5 * deviation + 0.02));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, -1e-3, 100e-6})
    void aWrongClockLosesItsSay(double error) {
        PlanePoint source = new PlanePoint(5000, -8000);
        Posterior posterior = posterior(delays(sites(6), source, i -> i == 2 ? error : 0), DelayEvidence.OUTLIERS);
        assertThat(posterior.mean().distanceTo(source)).isLessThan(300);
        assertThat(posterior.credibleLevel(source.east(), source.north())).isLessThan(0.9);
        assertThat(posterior.highestDensityRegion(0.95).area()).isLessThan(20e6);
    }

    private static List<Double> powers(List<TimeDifference> delays) {
        return DelayEvidence.of(PLANE, delays, Propagation.STRAIGHT, 0).powers();
    }

    @Test
    void powersCountIndependentDifferences() {
        List<TimeDifference> all = delays(sites(4), new PlanePoint(0, 0), i -> 0);
        assertThat(powers(all)).allSatisfy(power -> assertThat(power).isCloseTo(0.5, within(1e-9)));
        assertThat(powers(all.subList(0, 3)).stream().mapToDouble(p -> p).sum()).isCloseTo(3, within(1e-9));
        // Two pairs that no delay ties together.
        assertThat(powers(List.of(all.get(0), all.get(5))))
                .allSatisfy(power -> assertThat(power).isCloseTo(1, within(1e-9)));
        assertThat(powers(all.subList(2, 3)).get(0)).isCloseTo(1, within(1e-12));
    }

    /** A bad clock beside good ones takes nothing from them: their pairs have the powers that they have alone. */
    @Test
    void powersFollowTheClocks() {
        double[] sigmas = {1e-7, 1e-7, 1e-7, 5e-3};
        List<Site> sites = sites(4);
        List<TimeDifference> delays = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            for (int k = i + 1; k < 4; k++) {
                delays.add(new TimeDifference(sites.get(i), sites.get(k), 0, Math.hypot(sigmas[i], sigmas[k])));
            }
        }
        List<Double> powers = powers(delays);
        for (int k : new int[] {0, 1, 3}) {
            assertThat(powers.get(k)).isCloseTo(2.0 / 3, within(1e-3));
        }
        assertThat(powers.get(2)).isCloseTo(1.0 / 3, within(1e-3));
        assertThat(powers.stream().mapToDouble(p -> p).sum()).isCloseTo(3, within(1e-9));
    }

    @Test
    void withoutOutliersNothingUnderflows() {
        TimeDifference delay = new TimeDifference(site("a", -10_000, 0), site("b", 10_000, 0), 1, 1e-9);
        DelayEvidence evidence = DelayEvidence.of(PLANE, List.of(delay), Propagation.STRAIGHT, 0);
        assertThat(evidence.logDensity(0, 0, 0)).isFinite().isLessThan(-1e17);
        assertThat(evidence.delays()).containsExactly(delay);
    }

    /** The normal density of the error, with its normalisation. */
    @Test
    void likelihoodsOfSigmasCompare() {
        for (double sigma : new double[] {1e-6, 5e-6}) {
            TimeDifference delay = new TimeDifference(site("a", -10_000, 0), site("b", 10_000, 0), 3e-6, sigma);
            DelayEvidence evidence = DelayEvidence.of(PLANE, List.of(delay), Propagation.STRAIGHT, 0);
            double z = delay.residualSeconds(45, 8, Propagation.STRAIGHT) / sigma;
            assertThat(evidence.logLikelihood(0, 0))
                    .isCloseTo(-z * z / 2 - Math.log(sigma) - Math.log(2 * Math.PI) / 2, within(1e-9));
        }
    }

    @Test
    void residualsAndCorrections() {
        TimeDifference delay = new TimeDifference(site("a", -10_000, 0), site("b", 10_000, 0), 3e-6, 3e-6);
        assertThat(delay.residualSeconds(45, 8, Propagation.STRAIGHT)).isCloseTo(3e-6, within(1e-10));
        TimeDifference corrected = delay.corrected(2e-6, 4e-6);
        assertThat(corrected.seconds()).isCloseTo(1e-6, within(1e-15));
        assertThat(corrected.sigmaSeconds()).isCloseTo(5e-6, within(1e-15));
        assertThatThrownBy(() -> new TimeDifference(delay.first(), delay.second(), 0, 0))
                .hasMessageContaining("sigma of 0.0 s between 'a' and 'b'");
        assertThatThrownBy(() -> DelayEvidence.of(PLANE, List.of(), Propagation.STRAIGHT, 0))
                .hasMessageContaining("found none");
        assertThatThrownBy(() -> DelayEvidence.of(PLANE, List.of(delay), Propagation.STRAIGHT, 1))
                .hasMessageContaining("share of outliers of 1.0");
    }
}
