package io.heimdall.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RecordsTest {

    @Test
    void distancesFollowTheGreatCircle() {
        GeoPoint pole = new GeoPoint(90, 0);
        assertThat(pole.distanceMetres(new GeoPoint(0, 50))).isCloseTo(10_007_557, within(1.0));
        assertThat(new GeoPoint(0, 179.5).distanceMetres(new GeoPoint(0, -179.5)))
                .isCloseTo(111_195, within(1.0));
        assertThat(pole.distanceMetres(new GeoPoint(90, 120))).isCloseTo(0, within(1e-3));
    }

    @Test
    void pointsOffTheEarthAreRefused() {
        assertThatThrownBy(() -> new GeoPoint(90.1, 0)).hasMessage("latitude 90.1 is not in -90..90");
        assertThatThrownBy(() -> new GeoPoint(0, Double.NaN)).hasMessage("longitude NaN is not in -180..180");
    }

    @Test
    void aSessionChecksItself() {
        Session good = Sessions.session("s");
        assertThatThrownBy(
                        () -> new Session("../s", "", Optional.empty(), 1, true, Optional.empty(), good.measurements()))
                .hasMessageContaining("session id '../s'");
        assertThatThrownBy(() -> good.heardBy(List.of())).hasMessage("session s has no measurement");
        Measurement one = good.measurements().get(0);
        assertThatThrownBy(() -> good.heardBy(List.of(one, one))).hasMessageContaining("'Torino' twice");
        assertThatThrownBy(() -> new Session("s", "", Optional.empty(), 0, true, Optional.empty(), good.measurements()))
                .hasMessageContaining("frequency 0 Hz");
    }

    @Test
    void aMeasurementChecksItself() {
        Measurement good = Sessions.measurement("s", "Torino");
        Recorded recorded = good.recorded().orElseThrow();
        assertThatThrownBy(() -> recorded.as("npy", 0)).hasMessageContaining("sample rate 0.0 Hz");
        assertThatThrownBy(() -> recorded.calibrated(Double.NaN)).hasMessageContaining("calibration NaN dB");
        assertThatThrownBy(() -> Measurement.silence(good.station()).withRecorded(recorded))
                .hasMessage("the recording " + recorded.key() + " has no level");
        assertThatThrownBy(() -> Measurement.level(good.station(), Double.NEGATIVE_INFINITY))
                .hasMessage("level -Infinity dB of station 'Torino' is not finite");
        assertThatThrownBy(() -> good.withClockSigma(0))
                .hasMessage("clock sigma 0.0 s of station 'Torino' is not positive");
        assertThatThrownBy(() -> good.withClockSigma(Double.NaN)).hasMessageContaining("clock sigma NaN s");
        assertThatThrownBy(() -> new Bearing(-1, 5)).hasMessage("bearing -1.0 degrees is not in 0..360");
        assertThatThrownBy(() -> new Bearing(90, 5, OptionalDouble.of(361)))
                .hasMessage("mirrored bearing 361.0 degrees is not in 0..360");
        assertThatThrownBy(() -> new Bearing(90, 0)).hasMessageContaining("sigma 0.0 degrees of a bearing");
        assertThatThrownBy(() -> new Bearing(Double.NaN, 5)).hasMessageContaining("bearing NaN degrees");
        assertThatThrownBy(() -> new Station(" ", new GeoPoint(0, 0))).hasMessageContaining("needs a name");
        assertThatThrownBy(() -> new RecordingPart(-1, 0, Optional.empty())).hasMessageContaining("channel -1");
    }

    @Test
    void aSessionKnowsWhatItsStationsReceived() {
        Session recorded = Sessions.session("s");
        Station genova = new Station("Genova", new GeoPoint(44.4, 8.9));
        Measurement level = Measurement.level(genova, -91.5);
        Measurement silence = Measurement.silence(new Station("Milano", new GeoPoint(45.5, 9.2)));
        Measurement bearing = Measurement.bearing(genova, new Bearing(271.5, 4));
        Session mixed = recorded.heardBy(List.of(recorded.measurements().get(0), silence, level));
        assertThat(mixed.levels())
                .containsExactly(
                        new Level(recorded.measurements().get(0).station(), -60.125), new Level(genova, -91.5));
        assertThat(mixed.recordings()).hasSize(1);
        assertThat(recorded.heardBy(List.of(silence, level)).isRecorded()).isFalse();
        assertThat(recorded.heardBy(List.of(silence, level)).isHeard()).isTrue();
        assertThat(recorded.heardBy(List.of(silence, bearing)).isHeard()).isTrue();
        assertThat(recorded.heardBy(List.of(silence)).isHeard()).isFalse();
        assertThat(bearing.levelDb()).isEmpty();
    }
}
