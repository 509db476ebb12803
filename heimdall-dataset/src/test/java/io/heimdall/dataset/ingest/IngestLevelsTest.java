package io.heimdall.dataset.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.dataset.Bearing;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Level;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.dataset.Workspace;
import io.heimdall.files.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Levels, bearings and silence without recordings; stations that move. */
class IngestLevelsTest {
    @TempDir
    Path directory;

    private Workspace workspace;
    private Table table;

    @BeforeEach
    void open() throws IOException {
        workspace = Workspace.create(directory.resolve("w"));
        table = new Table(directory);
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    /** Ingests the rows, and begins a new table. */
    private IngestResult ingest() throws IOException {
        IngestResult result = Ingest.into(workspace).run(table.write(), RowProgress.NONE);
        table = new Table(directory);
        return result;
    }

    /** A row without a recording. */
    private void row(String session, String station, Map<Column, String> more) throws IOException {
        Map<Column, String> values = new EnumMap<>(Column.class);
        values.put(Column.RECORDING, "");
        values.put(Column.SAMPLE_RATE_HZ, "");
        values.put(Column.CALIBRATION_DB, "");
        values.putAll(more);
        table.row(session, station, values);
    }

    private void level(String session, String station, String decibels) throws IOException {
        row(session, station, Map.of(Column.LEVEL_DB, decibels));
    }

    private static Map<Column, String> at(String decibels, String latitude, String longitude) {
        return Map.of(Column.LEVEL_DB, decibels, Column.STATION_LAT, latitude, Column.STATION_LON, longitude);
    }

    private Session session(String id) {
        return workspace.catalog().session(id).orElseThrow();
    }

    private long objects() throws IOException {
        return workspace.objects().list(ObjectKey.RECORDINGS, "").size();
    }

    @Test
    void levelsBearingsAndSilenceGoInWithoutObjects() throws IOException {
        level("s", "Torino", "-71.5");
        row("s", "Genova", Map.of(Column.LEVEL_DB, "-90", Column.CLOCK_SIGMA_S, "1e-7"));
        row("s", "Milano", Map.of(Column.BEARING_DEG, "271.5", Column.BEARING_SIGMA_DEG, "4", Column.START_TIME, ""));
        level("s", "Novara", "none");
        IngestResult result = ingest();

        assertThat(result).isEqualTo(new IngestResult(4, 0, 1, 0, 0, List.of(), List.of()));
        Session session = session("s");
        assertThat(session.levels()).extracting(Level::decibels).containsExactly(-71.5, -90.0);
        assertThat(session.recordings()).isEmpty();
        List<Measurement> measured = session.measurements();
        assertThat(measured.get(0).startTime()).contains(Instant.parse("2024-11-24T10:15:30.25Z"));
        assertThat(measured.get(0).clockSigmaS()).isEmpty();
        assertThat(measured.get(1).clockSigmaS()).hasValue(1e-7);
        assertThat(measured.get(2).bearing()).contains(new Bearing(271.5, 4));
        assertThat(measured.get(2).startTime()).isEmpty();
        assertThat(measured).extracting(Measurement::isSilence).containsExactly(false, false, false, true);
        assertThat(workspace.catalog().sessions()).containsExactly(session);
        assertThat(objects()).isZero();
    }

    @Test
    void aTableOfLevelsNeedsNoColumnOfRecordings() throws IOException {
        Path file = Files.writeString(directory.resolve("levels.csv"), """
                session_id,approved,source_name,source_lat,source_lon,frequency_hz,station,station_lat,station_lon,level_db
                s,true,TX,45.1,7.5,433920000,Torino,45.0,7.6,-80
                s,true,TX,45.1,7.5,433920000,Genova,44.4,8.9,-95.25
                """);
        assertThat(Ingest.into(workspace).run(file, RowProgress.NONE).added()).isOne();
        assertThat(session("s").levels()).extracting(Level::decibels).containsExactly(-80.0, -95.25);
    }

    @Test
    void aSecondIngestChangesOnlyWhatChanged() throws IOException {
        level("one", "Torino", "-70");
        level("two", "Torino", "-80");
        ingest();
        level("one", "Torino", "-70");
        level("two", "Torino", "-80.5");
        IngestResult second = ingest();
        assertThat(second.unchanged()).isOne();
        assertThat(second.updated()).isOne();
        assertThat(session("two").measurements().get(0).levelDb()).hasValue(-80.5);
    }

    @Test
    void aLevelInTheRecordingsPlaceRemovesTheObject() throws IOException {
        table.row("s", "Torino").row("s", "Genova");
        ingest();
        assertThat(objects()).isEqualTo(2);
        level("s", "Torino", "-70");
        table.row("s", "Genova");
        assertThat(ingest().updated()).isOne();
        assertThat(objects()).isOne();
        assertThat(session("s").recordings()).hasSize(1);
        table.row("s", "Torino").row("s", "Genova");
        assertThat(ingest().updated()).isOne();
        assertThat(objects()).isEqualTo(2);
        assertThat(session("s").recordings()).hasSize(2);
    }

    @Test
    void aRecordingsOwnLevelCountsAndAnotherIsWarnedOf() throws IOException {
        // Noise of variance 0.01 per axis has -17 dB; the calibration takes 3.5.
        table.row("s", "Torino", Map.of(Column.LEVEL_DB, "-20.4"));
        table.row("s", "Genova", Map.of(Column.LEVEL_DB, "-95"));
        IngestResult result = ingest();
        assertThat(session("s").measurements().get(1).levelDb().orElseThrow()).isCloseTo(-20.5, within(0.4));
        assertThat(result.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.line()).isEqualTo(3);
            assertThat(warning.column()).isEqualTo("level_db");
            assertThat(warning.message())
                    .startsWith("level_db -95.0 is not used: recording ")
                    .contains("which counts; a calibration_db of -7");
        });
    }

    @Test
    void aSessionThatNobodyHeardIsKeptAndNotLearnedFrom() throws IOException {
        level("silent", "Torino", "none");
        level("silent", "Genova", "none");
        level("heard", "Torino", "-70");
        IngestResult result = ingest();
        assertThat(result.added()).isEqualTo(2);
        assertThat(result.warnings())
                .extracting(RowWarning::toString)
                .containsExactly("line 2: no station heard session 'silent': training leaves it out");
        assertThat(workspace.catalog().sessions()).extracting(Session::id).containsExactly("heard");
        assertThat(workspace.catalog().allSessions()).hasSize(2);
    }

    @Test
    void aModelIsAskedOfLevelsAndNotOfSilence() throws IOException {
        level("heard", "Torino", "-70");
        level("heard", "Genova", "none");
        level("silent", "Torino", "none");
        LocalSessions local = LocalSessions.read(table.write(), RowProgress.NONE);
        assertThat(local.sessions())
                .singleElement()
                .satisfies(session -> assertThat(session.measurements()).hasSize(2));
        assertThat(local.refused()).containsExactly(new RefusedRow(4, "silent", "no station heard session 'silent'"));
    }

    @Test
    void aStationMayMoveFromSessionToSession() throws IOException {
        row("one", "bus", at("-70", "45.0", "7.60"));
        row("two", "bus", at("-75", "45.1", "7.65"));
        assertThat(ingest().warnings()).isEmpty();
        assertThat(session("one").measurements().get(0).station())
                .isEqualTo(new Station("bus", new GeoPoint(45.0, 7.60)));
        assertThat(session("two").measurements().get(0).station())
                .isEqualTo(new Station("bus", new GeoPoint(45.1, 7.65)));
        assertThat(workspace.catalog().stations()).containsExactly(new Station("bus", new GeoPoint(45.1, 7.65)));
    }

    @Test
    void aRowWithoutAFixIsRefusedAndTheOthersStay() throws IOException {
        row("one", "bus", at("-70", "45.0", "7.60"));
        row("two", "bus", at("-75", "0", "0"));
        level("two", "Torino", "-80");
        IngestResult result = ingest();
        assertThat(result.refused())
                .containsExactly(new RefusedRow(
                        3,
                        "two",
                        "station 'bus' stands at 0, 0 here and elsewhere in other rows: its position is unknown"));
        assertThat(result.taken()).isEqualTo(2);
        assertThat(session("two").measurements())
                .extracting(m -> m.station().name())
                .containsExactly("Torino");
    }

    @Test
    void aStationThatHardlyEverMovesIsWarnedOfWhereItDoes() throws IOException {
        for (int i = 0; i < 19; i++) {
            row("s" + i, "Torino", at("-70", "45.0", "7.6"));
        }
        row("s19", "Torino", at("-70", "45.0", "7.8"));
        assertThat(ingest().warnings())
                .extracting(RowWarning::toString)
                .containsExactly("line 21: station 'Torino' stands at 45, 7.8 here, and at 45, 7.6 in 19 other rows");
    }

    @Test
    void whereTheTableIsSilentTheRecordingTellsWhereItsReceiverStood() throws IOException {
        located("here", "\"core:geolocation\": {\"type\": \"Point\", \"coordinates\": [7.75, 45.25]},");
        located("nowhere", "");
        IngestResult result = ingest();
        assertThat(session("here").measurements().get(0).station())
                .isEqualTo(new Station("car", new GeoPoint(45.25, 7.75)));
        assertThat(result.refused())
                .singleElement()
                .satisfies(row -> assertThat(row.reason())
                        .endsWith(
                                "it does not state the position of its receiver: fill in station_lat and station_lon"));
        row("level", "car", Map.of(Column.LEVEL_DB, "-70", Column.STATION_LAT, "", Column.STATION_LON, ""));
        assertThat(ingest().refused()).containsExactly(new RefusedRow(2, "level", "station_lat is empty"));
    }

    /** A SigMF recording whose row does not say where its station stood. */
    private void located(String name, String field) throws IOException {
        Files.writeString(table.iq(name + ".sigmf-meta"), """
                {"global": {"core:datatype": "ci8", "core:version": "1.0.0", %s "core:sample_rate": 12000},
                 "captures": [{"core:sample_start": 0}], "annotations": []}""".formatted(field));
        byte[] iq = new byte[6000];
        new java.util.Random(name.hashCode()).nextBytes(iq);
        Files.write(table.iq(name + ".sigmf-data"), iq);
        row(
                name,
                "car",
                Map.of(
                        Column.RECORDING, "iq/" + name + ".sigmf-meta",
                        Column.STATION_LAT, "",
                        Column.STATION_LON, ""));
    }

    @Test
    void strictlyReadASilentSessionIsRefused() throws IOException {
        level("silent", "Torino", "none");
        level("heard", "Torino", "-70");
        IngestResult result = Ingest.into(workspace).strict().run(SessionTable.read(table.write()), RowProgress.NONE);
        assertThat(result.refused()).containsExactly(new RefusedRow(2, "silent", "no station heard session 'silent'"));
        assertThat(result.added()).isOne();
    }
}
