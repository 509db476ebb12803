package io.heimdall.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.localization.region.GroundPoint;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EarthTest {
    private static final EarthBox BOX = new EarthBox(0, 0, 100, 100);

    @Test
    void aRingIsCutAlongTheEdges() {
        // A square that reaches out over the eastern edge.
        int[] ring = {50, 20, 150, 20, 150, 80, 50, 80, 50, 20};
        List<int[]> cut = BOX.ring(ring).toList();

        assertThat(cut).hasSize(1);
        assertThat(points(cut.get(0)))
                .contains("50,20", "100,20", "100,80", "50,80")
                .allSatisfy(p -> assertThat(Integer.parseInt(p.split(",")[0])).isBetween(50, 100));
        assertThat(BOX.ring(new int[] {150, 20, 180, 20, 180, 40})).isEmpty();
    }

    @Test
    void aRingAroundTheBoxFillsIt() {
        List<int[]> cut =
                BOX.ring(new int[] {-50, -50, 150, -50, 150, 150, -50, 150}).toList();

        assertThat(points(cut.get(0))).contains("0,0", "100,0", "100,100", "0,100");
    }

    @Test
    void aLineFallsIntoThePiecesThatAreInside() {
        int[] line = {-20, 50, 10, 50, 40, 50, 120, 50, 180, 50, 120, 60, 90, 60};
        List<int[]> pieces = BOX.pieces(line).toList();

        assertThat(pieces).hasSize(2);
        assertThat(points(pieces.get(0))).containsExactly("-20,50", "10,50", "40,50", "120,50");
        assertThat(points(pieces.get(1))).containsExactly("120,60", "90,60");
    }

    @Test
    void northernItalyHasItsCoastBordersAndTowns() throws IOException {
        Earth earth = Earth.around(List.of(new GroundPoint(45.04, 7.67), new GroundPoint(44.4, 8.95)))
                .orElseThrow();

        assertThat(earth.land()).isNotEmpty();
        assertThat(earth.borders()).isNotEmpty();
        assertThat(earth.towns().stream().map(town -> town.get(0)).limit(4)).contains("Milan", "Turin", "Genoa");
        assertThat(earth.west()).isLessThan(7.2);
        assertThat(earth.east()).isGreaterThan(9.4);
        assertThat(Earth.around(List.of())).isEmpty();
    }

    @Test
    void theWholeEarthIsNotMuchMoreThanAPieceOfIt() throws IOException {
        Earth earth = Earth.around(List.of(new GroundPoint(-60, -170), new GroundPoint(70, 170)))
                .orElseThrow();

        long points = earth.land().stream().mapToLong(ring -> ring.length / 2).sum();
        assertThat(points).isBetween(5_000L, 120_000L);
        assertThat(earth.towns()).hasSize(600);
    }

    private static List<String> points(int[] steps) {
        int[] all = steps.clone();
        for (int k = 2; k < all.length; k++) {
            all[k] += all[k - 2];
        }
        String[] points = new String[all.length / 2];
        Arrays.setAll(points, k -> all[2 * k] + "," + all[2 * k + 1]);
        return List.of(points);
    }
}
