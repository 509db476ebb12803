package io.heimdall.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.Bearing;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Recorded;
import io.heimdall.dataset.RecordingPart;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.features.quality.RecordingQuality;
import io.heimdall.files.ObjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RowsTest {
    private static final Station GENOVA = new Station("Genova \u2603 \"1\"", new GeoPoint(44.4 + Math.ulp(44.4), 8.9));

    private static Measurement recorded() {
        RecordingQuality quality = new RecordingQuality(
                12,
                -3.25,
                0,
                1e-9,
                -70.1,
                OptionalDouble.empty(),
                OptionalDouble.of(Math.PI),
                OptionalDouble.of(-0.0),
                0);
        Recorded recorded = new Recorded(
                ObjectKey.parse("s3://bucket/a/b c.sigmf-meta"),
                Optional.of("sigmf"),
                new RecordingPart(1, 2, Optional.of("left")),
                OptionalDouble.of(1.8e6),
                -2.5,
                Optional.of(quality));
        return Measurement.recorded(GENOVA, recorded, -41.0 / 3)
                .at(Instant.parse("2026-01-02T03:04:05.123456789Z"))
                .withClockSigma(1e-7);
    }

    @Test
    void aSessionArrivesAsItWas() {
        Station torino = new Station("Torino", new GeoPoint(45, 7.7));
        Session session = new Session(
                "s-1",
                "source",
                Optional.of(new GeoPoint(44, 8)),
                144_000_000,
                true,
                Optional.of(Instant.parse("2026-01-01T00:00:00Z")),
                List.of(
                        recorded(),
                        Measurement.bearing(torino, new Bearing(12.5, 3)),
                        Measurement.silence(new Station("Alba", new GeoPoint(44.7, 8)))));
        Session poor = new Session(
                "s-2", "", Optional.empty(), 1, false, Optional.empty(), List.of(Measurement.level(torino, -80)));

        assertThat(Rows.parse(Rows.text(session), Session.class)).isEqualTo(session);
        assertThat(Rows.parse(Rows.text(poor), Session.class)).isEqualTo(poor);
    }

    @Test
    void aRecordingTravelsWithoutItsQuality() {
        Session session =
                new Session("s", "", Optional.empty(), 1, true, Optional.empty(), List.of(recorded(), level()));

        List<RecordingRow> rows = RecordingRow.of(session).toList();

        assertThat(rows).hasSize(1);
        Recorded whole = recorded().recorded().orElseThrow();
        assertThat(rows.get(0).parsed()).isEqualTo(recorded().withRecorded(whole.withQuality(Optional.empty())));
    }

    @Test
    void theRecordingsOfASessionTravelWithoutTheirQuality() {
        Measurement silent = Measurement.silence(new Station("Alba", new GeoPoint(44.7, 8)));
        Session session =
                new Session("s", "", Optional.empty(), 1, true, Optional.empty(), List.of(recorded(), level(), silent));

        Session arrived = Rows.parse(StatisticsWork.row(session), Session.class);

        Recorded whole = recorded().recorded().orElseThrow();
        assertThat(arrived)
                .isEqualTo(session.heardBy(
                        List.of(recorded().withRecorded(whole.withQuality(Optional.empty())), level(), silent)));
    }

    private static Measurement level() {
        return Measurement.level(new Station("Torino", new GeoPoint(45, 7.7)), -80);
    }

    @Test
    void whatIsNoRowIsRefused() {
        assertThatThrownBy(() -> Rows.parse("{", Station.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no Station");
    }
}
