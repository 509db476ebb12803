package io.heimdall.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalPlaneTest {

    /** Lengths of a degree on WGS-84 as NGA's tables give them. */
    @ParameterizedTest
    @CsvSource({"0, 110574.3, 111319.5", "45, 111131.8, 78846.8", "60, 111412.3, 55800.3", "-45, 111131.8, 78846.8"})
    void degreesHaveTheirLengths(double latitude, double north, double east) {
        var plane = new LocalPlane(latitude, 8);
        assertThat(plane.metresPerDegreeNorth()).isCloseTo(north, within(0.5));
        assertThat(plane.metresPerDegreeEast()).isCloseTo(east, within(0.5));
    }

    @Test
    void comesBackToTheSameDegrees() {
        var plane = new LocalPlane(44.9, 8.2);
        assertThat(plane.latitudeOf(plane.north(45.478))).isCloseTo(45.478, within(1e-12));
        assertThat(plane.longitudeOf(plane.east(7.29))).isCloseTo(7.29, within(1e-12));
        assertThat(plane.east(8.2)).isZero();
    }

    @Test
    void goesTheShorterWayRound() {
        assertThat(new LocalPlane(0, 179.5).east(-179.5)).isCloseTo(111_319.5, within(0.5));
    }

    @Test
    void refusesThePoles() {
        assertThatThrownBy(() -> new LocalPlane(90, 0)).hasMessageContaining("90.0");
    }
}
