package io.heimdall.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalPlaneTest {

    // Lengths of a degree of latitude and of longitude, metres, as published for WGS-84 to the metre.
    @ParameterizedTest
    @CsvSource({"0, 110574, 111320", "15, 110649, 107550", "30, 110852, 96486", "45, 111132, 78847", "60, 111412, 55800"
    })
    void degreesHaveThePublishedLengths(double latitude, double north, double east) {
        var plane = new LocalPlane(latitude, 7);
        assertThat(plane.metresPerDegreeLatitude()).isEqualTo(north, within(0.6));
        assertThat(plane.metresPerDegreeLongitude()).isEqualTo(east, within(0.6));
    }

    @Test
    void positionsGoThereAndBack() {
        var plane = new LocalPlane(45.1, 7.6);
        for (double d : new double[] {-1.5, -0.3, 0, 0.7, 2}) {
            var offset = plane.fromDegrees(45.1 + d, 7.6 - 0.5 * d);
            var degrees = plane.toDegrees(offset.east(), offset.north());
            assertThat(degrees.latitude()).isEqualTo(45.1 + d, within(1e-12));
            assertThat(degrees.longitude()).isEqualTo(7.6 - 0.5 * d, within(1e-12));
        }
        assertThat(plane.fromDegrees(45.1, 8.6).east()).isEqualTo(plane.metresPerDegreeLongitude(), within(1e-6));
        assertThat(plane.fromDegrees(44.1, 7.6).north()).isEqualTo(-plane.metresPerDegreeLatitude(), within(1e-6));
    }

    @Test
    void theCentroidIsTheOriginAlsoAcrossTheDateLine() {
        var plane = LocalPlane.centredOn(new double[] {-18, -16}, new double[] {179, -178});
        assertThat(plane.latitude()).isEqualTo(-17, within(1e-12));
        assertThat(plane.longitude()).isEqualTo(-179.5, within(1e-12));
        assertThat(plane.fromDegrees(-17, 179.5).east()).isEqualTo(-plane.metresPerDegreeLongitude(), within(1e-6));
        assertThat(plane.toDegrees(-2 * plane.metresPerDegreeLongitude(), 0).longitude())
                .isEqualTo(178.5, within(1e-9));
    }

    @Test
    void originsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new LocalPlane(86, 0)).hasMessageContaining("latitude 86.0");
        assertThatThrownBy(() -> new LocalPlane(Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LocalPlane(0, 181)).hasMessageContaining("longitude 181.0");
        assertThatThrownBy(() -> LocalPlane.centredOn(new double[0], new double[0]))
                .hasMessageContaining("0 latitudes");
    }
}
