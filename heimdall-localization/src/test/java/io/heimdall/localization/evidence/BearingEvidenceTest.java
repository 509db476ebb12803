package io.heimdall.localization.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.localization.posterior.Posterior;
import io.heimdall.localization.posterior.SearchArea;
import io.heimdall.localization.posterior.WeightedEvidence;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.output.NormalDistribution;
import io.heimdall.model.output.PlanePoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class BearingEvidenceTest {
    private static final LocalPlane PLANE = new LocalPlane(45, 8);
    private static final SearchArea AREA = SearchArea.around(0, 0, 100_000);

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
}
