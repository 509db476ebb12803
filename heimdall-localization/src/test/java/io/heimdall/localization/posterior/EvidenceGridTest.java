package io.heimdall.localization.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.localization.evidence.BearingEvidence;
import io.heimdall.localization.evidence.DistributionEvidence;
import io.heimdall.localization.evidence.Evidence;
import io.heimdall.localization.evidence.Site;
import io.heimdall.localization.evidence.SiteBearing;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.output.NormalDistribution;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Products by a grid that remembers, beside those that are computed anew. */
class EvidenceGridTest {
    private static final SearchArea AREA = SearchArea.around(0, 0, 200_000);
    private static final Evidence LEVELS =
            DistributionEvidence.of(new NormalDistribution(10_000, 20_000, 15_000, 9000, 0.3));
    private static final Evidence BEARINGS = BearingEvidence.of(
            new LocalPlane(45, 8),
            List.of(
                    new SiteBearing(new Site("Torino", 45.07, 7.69), 75, 3),
                    new SiteBearing(new Site("Milano", 45.46, 9.19), 255, 3)),
            0.05,
            0);

    private static List<Double> expectations(EvidenceGrid grid, double levels, double bearings) {
        double[] sums = new double[3];
        grid.forEachCell(new double[] {levels, bearings}, (mass, logs) -> {
            sums[0] += mass;
            sums[1] += mass * logs[0];
            sums[2] += mass * logs[1];
        });
        return List.of(sums[0], sums[1], sums[2]);
    }

    private static List<Double> anew(double levels, double bearings) {
        double[] sums = new double[3];
        Posterior.of(
                        AREA,
                        List.of(new WeightedEvidence(LEVELS, levels), new WeightedEvidence(BEARINGS, bearings)),
                        1,
                        20_000)
                .forEachCell((east, north, mass) -> {
                    sums[0] += mass;
                    sums[1] += mass * LEVELS.logDensity(east, north, 0);
                    sums[2] += mass * BEARINGS.logDensity(east, north, 0);
                });
        return List.of(sums[0], sums[1], sums[2]);
    }

    @Test
    void rememberedEvidenceGivesTheSameExpectations() {
        EvidenceGrid grid = new EvidenceGrid(AREA, List.of(LEVELS, BEARINGS), 1, 20_000);
        for (double[] exponents : new double[][] {{1, 1}, {0.3, 1.7}, {1, 0}, {0, 2}, {1, 1}}) {
            List<Double> found = expectations(grid, exponents[0], exponents[1]);
            List<Double> expected = anew(exponents[0], exponents[1]);
            for (int i = 0; i < 3; i++) {
                assertThat(found.get(i)).isCloseTo(expected.get(i), within(1e-9 * Math.abs(expected.get(i))));
            }
        }
    }

    @Test
    void aCellIsAskedForOnceWhateverTheExponents() {
        Set<List<Double>> asked = new HashSet<>();
        List<List<Double>> twice = new ArrayList<>();
        Evidence levels = (east, north, blur) -> {
            List<Double> place = List.of(east, north, blur);
            if (!asked.add(place)) {
                twice.add(place);
            }
            return LEVELS.logDensity(east, north, blur);
        };
        EvidenceGrid grid = new EvidenceGrid(AREA, List.of(levels), 1, 20_000);
        grid.forEachCell(new double[] {1}, (mass, logs) -> {});
        int once = asked.size();
        grid.forEachCell(new double[] {1}, (mass, logs) -> {});
        assertThat(asked).hasSize(once);
        grid.forEachCell(new double[] {0.5}, (mass, logs) -> {});
        assertThat(asked.size()).isGreaterThan(once);
        assertThat(twice).isEmpty();
    }

    @Test
    void anAreaWithoutAPossiblePlaceIsRefused() {
        EvidenceGrid grid = new EvidenceGrid(AREA, List.of((east, north, blur) -> Double.NEGATIVE_INFINITY), 1, 2000);
        assertThatThrownBy(() -> grid.forEachCell(new double[] {1}, (mass, logs) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no place possible");
        assertThatThrownBy(() -> new EvidenceGrid(AREA, List.of(LEVELS), 0, 2000))
                .hasMessageContaining("0.0 m");
    }
}
