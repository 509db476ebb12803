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

    @Test
    void powersCountIndependentDifferences() {
        List<Site> sites = sites(4);
        List<TimeDifference> all = delays(sites, new PlanePoint(0, 0), i -> 0);
        assertThat(DelayEvidence.of(PLANE, all, Propagation.STRAIGHT, 0).power())
                .isEqualTo(0.5);
        assertThat(DelayEvidence.of(PLANE, all.subList(0, 3), Propagation.STRAIGHT, 0)
                        .power())
                .isEqualTo(1);
        // Two pairs that no delay ties together.
        assertThat(DelayEvidence.of(PLANE, List.of(all.get(0), all.get(5)), Propagation.STRAIGHT, 0)
                        .power())
                .isEqualTo(1);
    }

    @Test
    void withoutOutliersNothingUnderflows() {
        TimeDifference delay = new TimeDifference(site("a", -10_000, 0), site("b", 10_000, 0), 1, 1e-9);
        DelayEvidence evidence = DelayEvidence.of(PLANE, List.of(delay), Propagation.STRAIGHT, 0);
        assertThat(evidence.logDensity(0, 0, 0)).isFinite().isLessThan(-1e17);
        assertThat(evidence.delays()).containsExactly(delay);
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
