package io.heimdall.dataset.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.ObjectKey;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
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
        assertThat(ingest(table)).isEqualTo(new IngestResult(2, 0, 0, List.of()));
        Session one = session("one");
        assertThat(one.sourceName()).isEqualTo("source of one");
        assertThat(one.source()).contains(new GeoPoint(45.1, 7.5));
        assertThat(one.approved()).isTrue();
        assertThat(one.frequencyHz()).isEqualTo(144_300_000);
        assertThat(one.start()).contains(Instant.parse("2026-11-24T10:15:30.25Z"));
        Measurement torino = one.measurements().get(0);
        assertThat(torino.station().name()).isEqualTo("Torino");
        assertThat(torino.recording()).isEqualTo(ObjectKey.parse("s3://heimdall-raw-iq/sessions/one/websdr_1.npy"));
        assertThat(torino.format()).isEqualTo(Optional.of("npy"));
        assertThat(torino.sampleRateHz()).isEqualTo(OptionalDouble.of(12000));
        assertThat(torino.calibrationDb()).isEqualTo(-3.5);
        // Mean of I^2 + Q^2 is 2 * 0.1^2, in decibels -17, plus the calibration.
        assertThat(torino.levelDb()).isCloseTo(-17 - 3.5, within(0.3));
        assertThat(workspace.objects().fetch(torino.recording()))
                .hasSameBinaryContentAs(directory.resolve("iq/one-Torino.npy"));
        assertThat(one.measurements().get(1).recording().name()).isEqualTo("websdr_2.npy");
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
        assertThat(ingest(table)).isEqualTo(new IngestResult(0, 0, 2, List.of()));
        assertThat(workspace.catalog().allSessions()).containsExactlyElementsOf(before);
        assertThat(workspace.objects().list(ObjectKey.RECORDINGS, ""))
                .isEqualTo(objects)
                .hasSize(3);
    }

    @Test
    void columnsMayComeInAnyOrder() throws IOException {
        List<Column> reversed = new ArrayList<>(List.of(Column.values()));
        Collections.reverse(reversed);
        Path table = new Table(directory).row("one", "Torino").write(reversed);
        Files.writeString(table, "\uFEFF" + Files.readString(table));
        assertThat(ingest(table).added()).isEqualTo(1);
    }
}
