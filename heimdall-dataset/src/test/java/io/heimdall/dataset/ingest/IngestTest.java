package io.heimdall.dataset.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.features.recording.NpyWriter;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.files.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestTest {
    @TempDir
    Path directory;

    private Workspace workspace;

    @BeforeEach
    void open() throws IOException {
        workspace = Workspace.create(directory.resolve("w"));
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    private IngestResult ingest(Path table) throws IOException {
        return Ingest.into(workspace).run(table, RowProgress.NONE);
    }

    private Session session(String id) {
        return workspace.catalog().session(id).orElseThrow();
    }

    @Test
    void putsInWhatTheTableSays() throws IOException {
        Path table = new Table(directory)
                .row("one", "Torino")
                .row("two", "Torino")
                .row("one", "Genova")
                .write();
        assertThat(ingest(table)).isEqualTo(new IngestResult(3, 0, 2, 0, 0, List.of(), List.of()));
        Session one = session("one");
        assertThat(one.sourceName()).isEqualTo("source of one");
        assertThat(one.source()).contains(new GeoPoint(45.1, 7.5));
        assertThat(one.approved()).isTrue();
        assertThat(one.frequencyHz()).isEqualTo(144_300_000);
        assertThat(one.start()).contains(Instant.parse("2024-11-24T10:15:30.25Z"));
        Measurement torino = one.measurements().get(0);
        assertThat(torino.station().name()).isEqualTo("Torino");
        assertThat(torino.recorded().orElseThrow().key())
                .isEqualTo(ObjectKey.parse("s3://heimdall-raw-iq/sessions/one/websdr_1.npy"));
        assertThat(torino.recorded().orElseThrow().format()).isEqualTo(Optional.of("npy"));
        assertThat(torino.recorded().orElseThrow().sampleRateHz()).isEqualTo(OptionalDouble.of(12000));
        assertThat(torino.recorded().orElseThrow().calibrationDb()).isEqualTo(-3.5);
        // Mean of I^2 + Q^2 is 2 * 0.1^2, in decibels -17, plus the calibration.
        assertThat(torino.levelDb().orElseThrow()).isCloseTo(-17 - 3.5, within(0.3));
        assertThat(workspace.objects().fetch(torino.recorded().orElseThrow().key()))
                .hasSameBinaryContentAs(directory.resolve("iq/one-Torino.npy"));
        assertThat(one.measurements().get(1).recorded().orElseThrow().key().name())
                .isEqualTo("websdr_2.npy");
    }

    @Test
    void aSecondIngestChangesNothing() throws IOException {
        Path table = new Table(directory)
                .row("one", "Torino")
                .row("one", "Genova")
                .row("two", "Genova")
                .write();
        ingest(table);
        List<Session> before = workspace.catalog().allSessions().toList();
        List<ObjectKey> objects = workspace.objects().list(ObjectKey.RECORDINGS, "");
        assertThat(ingest(table)).isEqualTo(new IngestResult(3, 0, 0, 0, 2, List.of(), List.of()));
        assertThat(workspace.catalog().allSessions()).containsExactlyElementsOf(before);
        assertThat(workspace.objects().list(ObjectKey.RECORDINGS, ""))
                .isEqualTo(objects)
                .hasSize(3);
    }

    @Test
    void columnsMayComeInAnyOrder() throws IOException {
        List<Column> reversed = new ArrayList<>(EnumSet.range(Column.SESSION_ID, Column.STREAM));
        Collections.reverse(reversed);
        Path table = new Table(directory).row("one", "Torino").write(reversed);
        Files.writeString(table, "\uFEFF" + Files.readString(table));
        assertThat(ingest(table).added()).isEqualTo(1);
    }

    @Test
    void refusesRowsWhoseRecordingCannotBeUsedAndTakesTheRest() throws IOException {
        Table table = new Table(directory).row("good", "Torino");
        List<String> reasons = new ArrayList<>();
        for (BadRecording bad : BadRecording.values()) {
            Path file = table.iq(bad.fileName());
            bad.write(file);
            table.row(
                    bad.ordinal() % 2 == 0 ? "good" : "bad",
                    bad.name(),
                    Map.of(Column.RECORDING, "iq/" + bad.fileName(), Column.SAMPLE_RATE_HZ, ""));
            reasons.add("line " + (3 + bad.ordinal()) + ": recording " + file + bad.reason());
        }
        IngestResult result = ingest(table.row("last", "Genova").write());
        assertThat(result.added()).isEqualTo(2);
        assertThat(result.refused()).hasSameSizeAs(reasons);
        for (int i = 0; i < reasons.size(); i++) {
            assertThat(result.refused().get(i).toString()).startsWith(reasons.get(i));
        }
        assertThat(workspace.catalog().allSessions()).extracting(Session::id).containsExactly("good", "last");
        assertThat(session("good").measurements()).hasSize(1);
        assertThat(workspace.objects().list(ObjectKey.RECORDINGS, "")).hasSize(2);
    }

    @Test
    void aRowThatIsRefusedLaterLosesNothing() throws IOException {
        Path table = new Table(directory)
                .row("one", "Torino")
                .row("one", "Genova")
                .row("two", "Torino")
                .write();
        ingest(table);
        List<Session> before = workspace.catalog().allSessions().toList();
        Files.delete(directory.resolve("iq/one-Genova.npy"));
        Files.delete(directory.resolve("iq/two-Torino.npy"));
        IngestResult result = ingest(table);
        assertThat(result.refused()).extracting(RefusedRow::line).containsExactly(3L, 4L);
        assertThat(result.unchanged()).isEqualTo(1);
        assertThat(workspace.catalog().allSessions()).containsExactlyElementsOf(before);
        Path worse = new Table(directory)
                .row("one", "Torino")
                .row("one", "Genova", Map.of(Column.CALIBRATION_DB, "x"))
                .write();
        assertThat(ingest(worse).refused()).hasSize(1);
        assertThat(workspace.catalog().allSessions()).containsExactlyElementsOf(before);
    }

    @Test
    void whatTheTableChangesIsUpdated() throws IOException {
        ingest(new Table(directory)
                .row("one", "Torino")
                .row("one", "Genova")
                .row("two", "Genova")
                .write());
        ObjectKey old =
                session("one").measurements().get(0).recorded().orElseThrow().key();
        Table changed = new Table(directory)
                .row("one", "Torino", Map.of(Column.CALIBRATION_DB, "1"))
                .row("two", "Genova");
        Path table = changed.write();
        NpyWriter.writeComplex(directory.resolve("iq/one-Torino.npy"), Table.noise(99, 3000));
        assertThat(ingest(table)).isEqualTo(new IngestResult(2, 0, 0, 1, 1, List.of(), List.of()));
        Measurement torino = session("one").measurements().get(0);
        assertThat(session("one").measurements()).hasSize(1);
        assertThat(torino.recorded().orElseThrow().calibrationDb()).isEqualTo(1);
        assertThat(torino.recorded().orElseThrow().key())
                .as("an object in use is never overwritten")
                .isNotEqualTo(old);
        assertThat(workspace.objects().fetch(torino.recorded().orElseThrow().key()))
                .hasSameBinaryContentAs(directory.resolve("iq/one-Torino.npy"));
        assertThat(workspace.objects().list(ObjectKey.RECORDINGS, "sessions/one/"))
                .containsExactly(torino.recorded().orElseThrow().key());
        assertThat(ingest(table).unchanged()).isEqualTo(2);
    }

    @Test
    void anObjectThatWasLostIsPutBack() throws IOException {
        Path table = new Table(directory).row("one", "Torino").write();
        ingest(table);
        workspace
                .objects()
                .delete(session("one")
                        .measurements()
                        .get(0)
                        .recorded()
                        .orElseThrow()
                        .key());
        assertThat(ingest(table).updated()).isEqualTo(1);
        assertThat(workspace
                        .objects()
                        .exists(session("one")
                                .measurements()
                                .get(0)
                                .recorded()
                                .orElseThrow()
                                .key()))
                .isTrue();
    }

    @Test
    void keepsTheSuffixOfEveryFormatAndReadsItAgain() throws IOException {
        Table table = new Table(directory);
        byte[] iq = new byte[8000];
        new Random(1).nextBytes(iq);
        Files.write(table.iq("g001_433.92M_250k.cu8"), iq);
        Files.write(table.iq("gqrx_20240131_120000_433920000_1800000_fc.raw"), new byte[8000]);
        Files.writeString(table.iq("x.sigmf-meta"), """
                {"global": {"core:datatype": "ci8", "core:version": "1.0.0", "core:sample_rate": 9000},
                 "captures": [{"core:sample_start": 0, "core:datetime": "2020-01-02T03:04:05Z"}], "annotations": []}""");
        Files.write(table.iq("x.sigmf-data"), iq);
        Map<Column, String> empty = Map.of(Column.SAMPLE_RATE_HZ, "", Column.START_TIME, "");
        for (String name : List.of("g001_433.92M_250k.cu8", "gqrx_20240131_120000_433920000_1800000_fc.raw", "x")) {
            Map<Column, String> changes = new java.util.EnumMap<>(empty);
            changes.put(Column.RECORDING, "iq/" + name);
            table.row("s", "station of " + name, changes);
        }
        Path file = table.write();
        assertThat(ingest(file).added()).isEqualTo(1);
        List<Measurement> measurements = session("s").measurements();
        assertThat(measurements)
                .extracting(m -> m.recorded().orElseThrow().key().name())
                .containsExactly("websdr_1.cu8", "websdr_2.raw", "websdr_3.sigmf-meta");
        assertThat(workspace.objects().list(ObjectKey.RECORDINGS, "sessions/s/"))
                .extracting(ObjectKey::name)
                .contains("websdr_3.sigmf-data")
                .hasSize(4);
        assertThat(measurements)
                .extracting(m -> m.recorded().orElseThrow().sampleRateHz().orElseThrow())
                .containsExactly(250_000.0, 1_800_000.0, 9_000.0);
        assertThat(session("s").start()).as("the earliest").contains(Instant.parse("2020-01-02T03:04:05Z"));
        RecordingFeatures features = new RecordingFeatures(
                workspace.objects(), FeatureParameters.network(), new FeatureCache(directory.resolve("cache")));
        measurements.forEach(m -> assertThat(features.of(m)).hasSize(128 * 32));
        assertThat(ingest(file).unchanged()).isEqualTo(1);
    }

    @Test
    void largeRecordingsAreSharedNotCopied() throws IOException {
        Table table = new Table(directory);
        NpyWriter.writeComplex(table.iq("large.npy"), new float[5 << 20]);
        ingest(table.row("s", "Torino", Map.of(Column.RECORDING, "iq/large.npy"))
                .write());
        Path object = workspace
                .objects()
                .fetch(session("s")
                        .measurements()
                        .get(0)
                        .recorded()
                        .orElseThrow()
                        .key());
        assertThat(Files.readAttributes(object, BasicFileAttributes.class).fileKey())
                .isEqualTo(Files.readAttributes(table.iq("large.npy"), BasicFileAttributes.class)
                        .fileKey());
        assertThat(session("s").measurements().get(0).levelDb().orElseThrow())
                .as("silence")
                .isEqualTo(-200 - 3.5);
    }

    @Test
    void tellsHowFarItIs() throws IOException {
        Path table = new Table(directory)
                .row("one", "Torino")
                .row("one", "Genova")
                .row("two", "Genova", Map.of(Column.APPROVED, "?"))
                .row("two", "Torino")
                .write();
        List<String> heard = new ArrayList<>();
        Ingest.into(workspace).run(table, (done, total) -> heard.add(done + "/" + total));
        assertThat(heard).containsExactly("3/4", "4/4");
    }

    @Test
    void anInterruptedIngestLeavesWholeSessions() throws IOException {
        Table table = new Table(directory);
        for (int i = 0; i < 40; i++) {
            table.row("s" + i, "Torino").row("s" + i, "Genova");
        }
        Path file = table.write();
        assertThatThrownBy(() -> Ingest.into(workspace).run(file, (done, total) -> {
                    if (done == 10) {
                        Thread.currentThread().interrupt();
                    }
                }))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(workspace.catalog().allSessions())
                .hasSize(5)
                .allMatch(session -> session.measurements().size() == 2);
        assertThat(ingest(file)).isEqualTo(new IngestResult(80, 0, 35, 0, 5, List.of(), List.of()));
    }
}
