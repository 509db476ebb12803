package io.heimdall.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void aKeyReadsWhatItWrites() {
        ObjectKey key = new ObjectKey("heimdall-raw-iq", "sessions/a b/Torino.npy");
        assertThat(ObjectKey.parse(key.toString())).isEqualTo(key);
        assertThat(key.name()).isEqualTo("Torino.npy");
        assertThat(key.sibling("x")).isEqualTo(new ObjectKey("heimdall-raw-iq", "sessions/a b/x"));
        assertThat(new ObjectKey("b", "top").sibling("x").key()).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a//b", "../a", "a/./b", "a\\b", "a\u0000b"})
    void keysThatAreNoSafePathAreRefused(String key) {
        assertThatThrownBy(() -> new ObjectKey("b", key)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a/b", ".incoming", "A B"})
    void bucketsThatAreNoSafeNameAreRefused(String bucket) {
        assertThatThrownBy(() -> new ObjectKey(bucket, "k")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s3:/", "s3://b", "http://b/k", "s3:///k", "s3://b/"})
    void locationsThatAreNoneAreRefused(String location) {
        assertThatThrownBy(() -> ObjectKey.parse(location)).isInstanceOf(IllegalArgumentException.class);
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
        assertThatThrownBy(() -> measurement(good, OptionalDouble.of(0), 0)).hasMessageContaining("sample rate 0.0 Hz");
        assertThatThrownBy(() -> measurement(good, OptionalDouble.empty(), Double.NaN))
                .hasMessageContaining("calibration NaN dB");
        assertThatThrownBy(() -> new Station(" ", new GeoPoint(0, 0))).hasMessageContaining("needs a name");
        assertThatThrownBy(() -> new RecordingPart(-1, 0, Optional.empty())).hasMessageContaining("channel -1");
    }

    private static Measurement measurement(Measurement like, OptionalDouble rate, double calibrationDb) {
        return new Measurement(
                like.station(), like.recording(), like.format(), rate, calibrationDb, like.startTime(), like.levelDb());
    }
}
