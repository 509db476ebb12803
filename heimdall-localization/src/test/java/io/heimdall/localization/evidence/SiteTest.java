package io.heimdall.localization.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteTest {

    /** Geodesics of DCF77 to three receivers. */
    @ParameterizedTest
    @CsvSource({"53.665337, 7.282766, 423167", "45.779290, 0.614638, 784074", "47.1721, 8.42683, 319109"})
    void distancesAreThoseOfTheEllipsoid(double latitude, double longitude, double metres) {
        assertThat(new Site("x", latitude, longitude).distanceM(50.0155, 9.0108))
                .isCloseTo(metres, within(3.0));
    }

    /** Flinders Peak to Buninyong, the example of the Australian geodetic datum: 54 972.271 m, 306 degrees 52' 05.37". */
    @Test
    void azimuthsAreThoseOfTheEllipsoid() {
        Site flindersPeak = new Site("Flinders Peak", -37.95103341667, 144.42486788889);
        assertThat(flindersPeak.distanceM(-37.65282113889, 143.92649552778)).isCloseTo(54_972.271, within(0.1));
        assertThat(flindersPeak.azimuthDegrees(-37.65282113889, 143.92649552778))
                .isCloseTo(306.868158, within(1e-3));
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "0, 1, 90", "-1, 0, 180", "0, -1, 270"})
    void directionsAreClockwiseFromNorth(double latitude, double longitude, double degrees) {
        assertThat(new Site("x", 0, 0).azimuthDegrees(latitude, longitude)).isCloseTo(degrees, within(1e-9));
    }

    @Test
    void theAntimeridianIsNoBorder() {
        Site west = new Site("x", -17, 179.5);
        assertThat(west.distanceM(-17, -179.5)).isCloseTo(106_500, within(100.0));
        assertThat(west.azimuthDegrees(-17, -179.5)).isCloseTo(90, within(0.2));
        assertThat(west.distanceM(-17, 179.5)).isZero();
    }

    @Test
    void placesAreChecked() {
        assertThatThrownBy(() -> new Site("Torino", 91, 0)).hasMessageContaining("station 'Torino' at 91.0, 0.0");
    }

    @Test
    void signalsTakeTheirTime() {
        assertThat(Propagation.STRAIGHT.seconds(299_792.458)).isCloseTo(1e-3, within(1e-15));
        assertThat(Propagation.groundWave(1.001).seconds(299_792.458)).isCloseTo(1.001e-3, within(1e-15));
        // One hop at 100 km over 1000 km: a right-angled triangle, and the earth's bulge of 20 km under its middle.
        double straight = 2 * Math.hypot(500, 100 + 20) / 299_792.458;
        assertThat(new Propagation(1, 100, 1).seconds(1e6)).isCloseTo(straight, within(5e-6));
        assertThat(new Propagation(1, 100, 2).seconds(1e6)).isGreaterThan(straight);
        assertThatThrownBy(() -> Propagation.groundWave(3)).hasMessageContaining("3.0 is not in 0.5..2");
        assertThatThrownBy(() -> new Propagation(1, -1, 1)).hasMessageContaining("-1.0 km");
        assertThatThrownBy(() -> new Propagation(1, 90, 0)).hasMessageContaining("0 hops");
    }
}
