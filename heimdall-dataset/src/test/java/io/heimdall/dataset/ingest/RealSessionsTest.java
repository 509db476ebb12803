package io.heimdall.dataset.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.dataset.split.Split;
import io.heimdall.dataset.split.SplitChoice;
import io.heimdall.features.recording.NpyWriter;
import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.Recordings;
import io.heimdall.features.spectrum.FeatureParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DCF77 as three KiwiSDRs heard it at the same time, where those recordings lie beside the repository. */
class RealSessionsTest {
    private static final GeoPoint TRANSMITTER = new GeoPoint(50.0152, 9.0112);
    private static final double WINDOW_SECONDS = 1.6;

    @TempDir
    Path directory;

    private static Path recordings() {
        Path root = Path.of("").toAbsolutePath();
        while (root != null && !Files.isDirectory(root.resolve(".mvn"))) {
            root = root.getParent();
        }
        assumeTrue(root != null, "no repository root above the working directory");
        Path folder = root.resolveSibling("shared/data/real/dcf77-2017");
        assumeTrue(Files.isDirectory(folder), "real recordings are not here: " + folder);
        return folder;
    }

    private static Map<String, Station> stations() throws IOException {
        Map<String, Station> stations = new LinkedHashMap<>();
        try (Stream<String> lines = Files.lines(recordings().resolve("stations.csv"))) {
            lines.skip(1)
                    .map(line -> line.split(","))
                    .forEach(cells -> stations.put(
                            cells[0],
                            new Station(
                                    cells[0],
                                    new GeoPoint(Double.parseDouble(cells[1]), Double.parseDouble(cells[2])))));
        }
        return stations;
    }

    private static Path recording(String station) {
        return recordings().resolve("20171127T104156Z_77500_" + station + "_iq.wav");
    }

    private static Map<Column, String> row(Station station) {
        Map<Column, String> values = new EnumMap<>(Column.class);
        values.put(Column.SOURCE_NAME, "DCF77");
        values.put(Column.SOURCE_LAT, String.valueOf(TRANSMITTER.latitude()));
        values.put(Column.SOURCE_LON, String.valueOf(TRANSMITTER.longitude()));
        values.put(Column.FREQUENCY_HZ, "77500");
        values.put(Column.STATION_LAT, String.valueOf(station.position().latitude()));
        values.put(Column.STATION_LON, String.valueOf(station.position().longitude()));
        values.put(Column.CALIBRATION_DB, "");
        return values;
    }

    /** Cuts each recording into windows of its own samples, and names the session by the window's number. */
    private Path windows() throws IOException {
        Table table = new Table(directory);
        for (Station station : stations().values()) {
            try (Recording recording = Recordings.open(recording(station.name()))) {
                double rate = recording.info().sampleRateHz().orElseThrow();
                Instant start = recording.info().startTime().orElseThrow();
                int samples = (int) (WINDOW_SECONDS * rate);
                float[] iq = new float[2 * samples];
                for (int w = 0; (w + 1L) * samples <= recording.info().samples(); w++) {
                    recording.read((long) w * samples, iq, 0, samples);
                    String name = "w" + w + "-" + station.name() + ".npy";
                    NpyWriter.writeComplex(table.iq(name), iq);
                    Map<Column, String> values = row(station);
                    values.put(Column.RECORDING, "iq/" + name);
                    values.put(Column.SAMPLE_RATE_HZ, String.valueOf(rate));
                    values.put(
                            Column.START_TIME,
                            start.plusNanos((long) (w * samples / rate * 1e9)).toString());
                    table.row("w" + w, station.name(), values);
                }
            }
        }
        return table.write();
    }

    @Test
    void windowsBecomeSessionsAndSamples() throws IOException {
        Path table = windows();
        try (Workspace workspace = Workspace.create(directory.resolve("w"))) {
            assertThat(Ingest.into(workspace).run(table, RowProgress.NONE))
                    .isEqualTo(new IngestResult(54, 0, 18, 0, 0, List.of(), List.of()));
            assertThat(workspace.catalog().stations())
                    .containsExactlyInAnyOrderElementsOf(stations().values());
            List<Session> sessions = workspace.catalog().sessions().toList();
            assertThat(sessions).hasSize(18);
            for (Session session : sessions) {
                assertThat(session.source()).contains(TRANSMITTER);
                assertThat(session.measurements()).hasSize(3).allSatisfy(m -> {
                    assertThat(m.levelDb().orElseThrow()).isBetween(-60.0, -10.0);
                    assertThat(m.clockSigmaS())
                            .as("of a time that the table gives")
                            .isEmpty();
                    assertThat(m.recorded().orElseThrow().sampleRateHz().orElseThrow())
                            .isCloseTo(12_001.16, within(0.1));
                });
            }
            RecordingFeatures features = new RecordingFeatures(
                    workspace.objects(),
                    FeatureParameters.network(),
                    new FeatureCache(workspace.directory().resolve("cache")));
            for (Session session : sessions) {
                for (Measurement measurement : session.measurements()) {
                    assertThat(features.of(measurement)).hasSize(128 * 32);
                }
            }
            assertThat(sessions).hasSize(18);
        }
    }

    @Test
    void aSingleSourceIsSplitBySessionWithAWarning() throws IOException {
        LocalSessions local = LocalSessions.read(windows(), RowProgress.NONE);
        SplitChoice choice = SplitChoice.of(local.sessions(), Optional.empty(), 0);
        assertThat(choice.rule().groupBy()).isEqualTo(GroupBy.SESSION);
        assertThat(choice.warning().orElseThrow()).contains("18 session(s) by source, 1 group(s)");
        assertThat(local.sessions().stream().map(choice.rule()::of).distinct())
                .containsExactlyInAnyOrder(Split.values());
    }

    @Test
    void kiwisTellTheirRateAndTimeThemselves() throws IOException {
        Table table = new Table(directory);
        for (Station station : stations().values()) {
            Map<Column, String> values = row(station);
            values.put(Column.RECORDING, recording(station.name()).toString());
            values.put(Column.SAMPLE_RATE_HZ, "");
            values.put(Column.START_TIME, "");
            table.row("all", station.name(), values);
        }
        Path file = table.write();
        try (Workspace workspace = Workspace.create(directory.resolve("w"))) {
            assertThat(Ingest.into(workspace).run(file, RowProgress.NONE).added())
                    .isEqualTo(1);
            Session session = workspace.catalog().session("all").orElseThrow();
            assertThat(session.measurements())
                    .extracting(m -> m.recorded().orElseThrow().key().name())
                    .containsExactly("websdr_1.wav", "websdr_2.wav", "websdr_3.wav");
            for (Measurement measurement : session.measurements()) {
                assertThat(measurement.recorded().orElseThrow().sampleRateHz().orElseThrow())
                        .isCloseTo(12_001.16, within(0.1));
                assertThat(Duration.between(
                                        Instant.parse("2017-11-27T10:41:56.1Z"),
                                        measurement.startTime().orElseThrow())
                                .abs())
                        .isLessThan(Duration.ofMillis(300));
                assertThat(measurement.clockSigmaS().orElseThrow()).isBetween(1e-7, 1e-4);
            }
            assertThat(Ingest.into(workspace).run(file, RowProgress.NONE).unchanged())
                    .isEqualTo(1);
        }
    }
}
