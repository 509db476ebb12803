package io.heimdall.localization.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.heimdall.localization.posterior.Posterior;
import io.heimdall.localization.posterior.SearchArea;
import io.heimdall.localization.posterior.WeightedEvidence;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.output.NormalDistribution;
import io.heimdall.model.output.PlanePoint;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearingEvidenceTest {
    private static final LocalPlane PLANE = new LocalPlane(45, 8);
    private static final SearchArea AREA = SearchArea.around(0, 0, 100_000);
    private static final SearchArea WIDE = SearchArea.around(0, 0, 200_000);

    private static Site site(String name, double east, double north) {
        return new Site(name, PLANE.latitudeOf(north), PLANE.longitudeOf(east));
    }

    private static SiteBearing bearing(Site site, PlanePoint to, double error, double sigma) {
        double azimuth = site.azimuthDegrees(PLANE.latitudeOf(to.north()), PLANE.longitudeOf(to.east()));
        return new SiteBearing(site, azimuth + error, sigma);
    }

    private static Posterior posterior(double outliers, SiteBearing... bearings) {
        return Posterior.of(AREA, List.of(WeightedEvidence.of(BearingEvidence.of(PLANE, List.of(bearings), outliers))));
    }

    @Test
    void twoBearingsAtRightAnglesCross() {
        PlanePoint source = new PlanePoint(10_000, 5000);
        Posterior posterior = posterior(
                0,
                bearing(site("south", 10_000, -35_000), source, 0, 1),
                bearing(site("west", -30_000, 5000), source, 0, 1));
        double sigma = 40_000 * Math.toRadians(1);
        assertThat(posterior.mean().distanceTo(source)).isLessThan(150);
        assertThat(posterior.covariance().sigmaEast()).isCloseTo(sigma, within(0.05 * sigma));
        assertThat(posterior.covariance().sigmaNorth()).isCloseTo(sigma, within(0.05 * sigma));
        double area = NormalDistribution.of(source, posterior.covariance())
                .highestDensityRegion(0.68)
                .area();
        assertThat(posterior.highestDensityRegion(0.68).area()).isCloseTo(area, within(0.05 * area));
    }

    @Test
    void oneOfFourThatIsWrongLosesItsSay() {
        PlanePoint source = new PlanePoint(10_000, 5000);
        Posterior posterior = posterior(
                BearingEvidence.OUTLIERS,
                bearing(site("south", 10_000, -35_000), source, 0, 2),
                bearing(site("west", -30_000, 5000), source, 0.5, 2),
                bearing(site("north", 5000, 40_000), source, -0.5, 2),
                bearing(site("reflected", 40_000, 40_000), source, 120, 2));
        assertThat(posterior.spatialMedian().distanceTo(source)).isLessThan(1000);
        assertThat(posterior.credibleLevel(source.east(), source.north())).isLessThan(0.9);
    }

    @Test
    void theErrorIsVonMises() {
        SiteBearing bearing = new SiteBearing(site("x", 0, 0), 90, 10);
        BearingEvidence evidence = BearingEvidence.of(PLANE, List.of(bearing), 0);
        double kappa = 1 / Math.pow(Math.toRadians(10), 2);
        assertThat(evidence.logDensity(10_000, 0, 0) - evidence.logDensity(0, 10_000, 0))
                .isCloseTo(kappa, within(1e-2 * kappa));
        double sum = 0;
        for (int i = 0; i < 3600; i++) {
            double angle = Math.toRadians(i / 10.0);
            sum += Math.exp(evidence.logDensity(1000 * Math.sin(angle), 1000 * Math.cos(angle), 0));
        }
        assertThat(sum * Math.toRadians(0.1)).isCloseTo(1, within(1e-3));
        // exp(-x) I0(x) at both sides of where the series change, by tables.
        assertThat(Math.exp(BearingEvidence.logScaledBessel(1))).isCloseTo(0.46575961, within(1e-8));
        assertThat(BearingEvidence.logScaledBessel(30))
                .isCloseTo(BearingEvidence.logScaledBessel(30 + 1e-9), within(3e-7));
    }

    @Test
    void residualsAreOfTheShorterWayRound() {
        Site site = site("x", 0, 0);
        assertThat(new SiteBearing(site, 359, 5).residualDegrees(45.01, 8)).isCloseTo(-1, within(1e-6));
        assertThat(new SiteBearing(site, 1, 5).residualDegrees(45.01, 8)).isCloseTo(1, within(1e-6));
        assertThatThrownBy(() -> new SiteBearing(site, 1, 0)).hasMessageContaining("sigma of 0.0 from 'x'");
        assertThatThrownBy(() -> BearingEvidence.of(PLANE, List.of(), 0)).hasMessageContaining("found none");
        assertThatThrownBy(() -> BearingEvidence.of(PLANE, List.of(new SiteBearing(site, 1, 5)), -0.1))
                .hasMessageContaining("share of outliers of -0.1");
    }

    @Test
    void aPriorOfPlacesIsEvidenceToo() {
        PlanePoint first = new PlanePoint(-20_000, 0);
        PlanePoint second = new PlanePoint(30_000, 10_000);
        SiteBearing bearing = bearing(site("x", 0, -40_000), second, 1, 3);
        Posterior posterior = Posterior.of(
                AREA,
                List.of(
                        WeightedEvidence.of(DistributionEvidence.priorOf(List.of(first, second), 500)),
                        WeightedEvidence.of(BearingEvidence.of(PLANE, List.of(bearing), 0))));
        assertThat(posterior.mean().distanceTo(second)).isLessThan(100);
        assertThatThrownBy(() -> DistributionEvidence.priorOf(List.of(), 500)).hasMessageContaining("found none");
    }

    private static Posterior wide(WeightedEvidence... evidence) {
        return Posterior.of(WIDE, List.of(evidence));
    }

    private static WeightedEvidence heard(SiteBearing... bearings) {
        return WeightedEvidence.of(BearingEvidence.of(PLANE, List.of(bearings), BearingEvidence.OUTLIERS));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 3, 5})
    void twoBearingsGiveTheirCrossingWhereverElseOneMightBeWrong(double sigma) {
        PlanePoint source = new PlanePoint(7000, 10_000);
        SiteBearing[] bearings = {
            bearing(site("a", 0, 0), source, 0, sigma), bearing(site("b", 15_000, 0), source, 0, sigma)
        };
        Posterior posterior = wide(heard(bearings));
        Posterior sure = wide(WeightedEvidence.of(BearingEvidence.of(PLANE, List.of(bearings), 0)));
        double across = 12_500 * Math.toRadians(sigma);
        assertThat(posterior.mean().distanceTo(source)).isLessThan(across);
        assertThat(posterior.spatialMedian().distanceTo(source)).isLessThan(across);
        assertThat(posterior.highestDensityRegion(0.95).area())
                .isCloseTo(sure.highestDensityRegion(0.95).area(), withinPercentage(1));
        // Two wedges of one sigma cross in a normal distribution of this area, which widens with the distance.
        double normal = -2 * Math.log(0.05) * Math.PI * across * across / Math.sin(Math.toRadians(73.7));
        assertThat(posterior.highestDensityRegion(0.95).area()).isBetween(0.9 * normal, 1.4 * normal);
    }

    @Test
    void aBearingAndADelayGiveTheirCrossing() {
        PlanePoint source = new PlanePoint(7000, 10_000);
        Site a = site("a", 0, 0);
        Site b = site("b", 15_000, 0);
        double latitude = PLANE.latitudeOf(source.north());
        double longitude = PLANE.longitudeOf(source.east());
        double seconds = Propagation.STRAIGHT.seconds(a.distanceM(latitude, longitude))
                - Propagation.STRAIGHT.seconds(b.distanceM(latitude, longitude));
        Posterior posterior = wide(
                WeightedEvidence.of(
                        BearingEvidence.of(PLANE, List.of(bearing(a, source, 0, 3)), BearingEvidence.OUTLIERS, 1)),
                WeightedEvidence.of(DelayEvidence.of(
                        PLANE,
                        List.of(new TimeDifference(a, b, seconds, 1e-7)),
                        Propagation.STRAIGHT,
                        DelayEvidence.OUTLIERS)));
        double across = 12_200 * Math.toRadians(3);
        assertThat(posterior.mean().distanceTo(source)).isLessThan(2 * across);
        assertThat(posterior.spatialMedian().distanceTo(source)).isLessThan(across);
    }

    @Test
    void oneOfThreeThatIsWrongEitherLosesItsSayOrWidensTheRegion() {
        PlanePoint source = new PlanePoint(7000, 10_000);
        Site[] sites = {site("a", 0, 0), site("b", 15_000, 0), site("c", 8000, 25_000)};
        SiteBearing[] right = new SiteBearing[3];
        for (int i = 0; i < 3; i++) {
            right[i] = bearing(sites[i], source, 0, 3);
        }
        Posterior agreed = wide(heard(right));
        assertThat(agreed.mean().distanceTo(source)).isLessThan(12_500 * Math.toRadians(3));
        double area = agreed.highestDensityRegion(0.95).area();
        for (int wrong = 0; wrong < 3; wrong++) {
            for (double error : new double[] {-40, 40}) {
                SiteBearing[] bearings = right.clone();
                bearings[wrong] = bearing(sites[wrong], source, error, 3);
                Posterior posterior = wide(heard(bearings));
                assertThat(posterior.credibleLevel(source.east(), source.north()))
                        .isLessThan(0.95);
                assertThat(posterior.spatialMedian().distanceTo(source) < 2000
                                || posterior.highestDensityRegion(0.95).area() > 2.5 * area)
                        .isTrue();
            }
        }
    }

    @Test
    void enoughBearingsAreRightInEachChoice() {
        SiteBearing[] bearings = {
            new SiteBearing(site("a", 0, 0), 20, 5),
            new SiteBearing(site("b", 15_000, 0), 300, 8),
            new SiteBearing(site("c", 8000, 25_000), 190, 10)
        };
        double share = 0.2;
        for (int least = 0; least < 5; least++) {
            double sum = 0;
            for (int choice = 0; choice < 8; choice++) {
                double product = 1;
                for (int i = 0; i < 3; i++) {
                    product *= (choice >> i & 1) == 1
                            ? (1 - share)
                                    * Math.exp(BearingEvidence.of(PLANE, List.of(bearings[i]), 0)
                                            .logDensity(5000, 9000, 0))
                            : share / (2 * Math.PI);
                }
                sum += Integer.bitCount(choice) >= Math.min(3, least) ? product : 0;
            }
            assertThat(BearingEvidence.of(PLANE, List.of(bearings), share, least)
                            .logDensity(5000, 9000, 0))
                    .isCloseTo(Math.log(sum), within(1e-9));
        }
        assertThatThrownBy(() -> BearingEvidence.of(PLANE, List.of(bearings), share, -1))
                .hasMessageContaining("right bearings, -1, is below 0");
    }
}
