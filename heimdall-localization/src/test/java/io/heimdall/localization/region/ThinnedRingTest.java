package io.heimdall.localization.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ThinnedRingTest {

    /** Returns a disc as a stair, counterclockwise. */
    private static List<GroundPoint> stairs(int radius) {
        List<GroundPoint> ring = new ArrayList<>();
        for (int sign = 1; sign >= -1; sign -= 2) { // the upper half, then the lower one
            for (int x = radius; x > -radius; x--) {
                int y = (int) Math.sqrt(radius * radius - x * x);
                int next = (int) Math.sqrt(radius * radius - (x - 1) * (x - 1));
                ring.add(new GroundPoint(sign * y / 100.0, sign * x / 100.0));
                ring.add(new GroundPoint(sign * next / 100.0, sign * x / 100.0));
            }
        }
        ring.add(ring.get(0));
        return ring;
    }

    private static double area(List<GroundPoint> ring) {
        double twice = 0;
        for (int i = 0; i + 1 < ring.size(); i++) {
            twice += ring.get(i).longitude() * ring.get(i + 1).latitude()
                    - ring.get(i + 1).longitude() * ring.get(i).latitude();
        }
        return twice / 2;
    }

    @Test
    void aStairKeepsItsAreaAndItsDirection() {
        List<GroundPoint> ring = stairs(100);
        List<GroundPoint> thinned = ThinnedRing.of(ring, 60);

        assertThat(ring).hasSizeGreaterThan(400);
        assertThat(thinned).hasSize(60).isSubsetOf(ring);
        assertThat(thinned.get(59)).isEqualTo(thinned.get(0));
        assertThat(area(ring)).isPositive();
        assertThat(area(thinned)).isCloseTo(area(ring), Percentage.withPercentage(1));
    }

    @Test
    void aSquareOfManyPointsBecomesItsCorners() {
        List<GroundPoint> ring = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int along = i % 10;
            ring.add(new GroundPoint(
                    new int[] {0, along, 10, 10 - along}[i / 10], new int[] {along, 10, 10 - along, 0}[i / 10]));
        }
        ring.add(ring.get(0));

        assertThat(ThinnedRing.of(ring, 5))
                .hasSize(5)
                .contains(
                        new GroundPoint(0, 0), new GroundPoint(0, 10), new GroundPoint(10, 10), new GroundPoint(10, 0));
    }

    @Test
    void aRingOfFewPointsStaysAsItIs() {
        List<GroundPoint> ring = stairs(3);
        assertThat(ThinnedRing.of(ring, ring.size())).isEqualTo(ring);
    }
}
