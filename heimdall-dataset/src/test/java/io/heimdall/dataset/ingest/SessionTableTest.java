package io.heimdall.dataset.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.RecordingPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table itself; no recording is looked at. */
class SessionTableTest {
    private static final String HEADER = "session_id,approved,source_name,source_lat,source_lon,frequency_hz,station,"
            + "station_lat,station_lon,recording,sample_rate_hz,start_time,calibration_db";
    private static final String GOOD =
            "s1,true,DCF77,50.0152,9.0112,77500,DF0KL,53.665337,7.282766,iq/a.wav,12001.1,2017-11-27T10:41:56Z,-3";

    @TempDir
    Path directory;

    private SessionTable table(String... lines) throws IOException {
        return SessionTable.read(file(HEADER, lines));
    }

    private Path file(String header, String... lines) throws IOException {
        return Files.writeString(directory.resolve("t.csv"), header + "\n" + String.join("\n", lines) + "\n");
    }

    /** Two rows, of which the second has another value. */
    private SessionTable with(Column column, String value) throws IOException {
        String[] values = (GOOD + ",,,,").split(",", -1);
        values[column.ordinal()] = value;
        return SessionTable.read(
                file(HEADER + ",format,capture,channel,stream", GOOD + ",,,,", String.join(",", values)));
    }

    @Test
    void readsARow() throws IOException {
        SessionTable table = table(GOOD);
        assertThat(table.refused()).isEmpty();
        SessionRow row = table.rows().get(0);
        assertThat(row.line()).isEqualTo(2);
        assertThat(row.session().frequencyHz()).isEqualTo(77_500);
        assertThat(row.recording().orElseThrow().file()).isEqualTo(directory.resolve("iq/a.wav"));
        assertThat(row.recording().orElseThrow().choice().sampleRateHz()).isEqualTo(OptionalDouble.of(12001.1));
        assertThat(row.startTime()).contains(Instant.parse("2017-11-27T10:41:56Z"));
        assertThat(row.recording().orElseThrow().calibrationDb()).isEqualTo(-3);
    }

    @Test
    void theLastThreeMayBeEmpty() throws IOException {
        SessionRow row = table(GOOD.replaceAll("12001.1,.*", ",,")).rows().get(0);
        assertThat(row.recording().orElseThrow().choice().sampleRateHz()).isEmpty();
        assertThat(row.startTime()).isEmpty();
        assertThat(row.recording().orElseThrow().calibrationDb()).isZero();
    }

    @Test
    void takesWhatProgramsWrite() throws IOException {
        Path file = directory.resolve("t.csv");
        Files.writeString(
                file,
                "\uFEFF" + HEADER + "\r\n\r\n"
                        + "s1, Yes ,\"Transmitter, \"\"big\"\" one\",50,9,7.75e4,\"Köln\",5e1,-0,a.wav,,2017-11-27 12:41:56+02:00,\r\n"
                        + "\"s2\",0,\"two\nlines\",50,9,77500.0,Köln,50.0,0,/abs/a.wav,,,\r\n"
                        + "s3,1,x,50,9,77500,Köln,50,0,../a.wav,1,,1e1");
        SessionTable table = SessionTable.read(file);
        assertThat(table.refused()).isEmpty();
        assertThat(table.rows().stream().map(SessionRow::line)).containsExactly(3L, 4L, 6L);
        assertThat(table.rows().stream().map(row -> row.session().approved())).containsExactly(true, false, true);
        assertThat(table.rows().stream().map(row -> row.session().frequencyHz()))
                .containsOnly(77_500L);
        SessionRow first = table.rows().get(0);
        assertThat(first.session().sourceName()).isEqualTo("Transmitter, \"big\" one");
        assertThat(first.station()).isEqualTo("Köln");
        assertThat(first.startTime()).contains(Instant.parse("2017-11-27T10:41:56Z"));
        assertThat(table.rows().get(1).recording().orElseThrow().file()).isEqualTo(Path.of("/abs/a.wav"));
        assertThat(table.rows().get(2).recording().orElseThrow().file())
                .isEqualTo(directory.resolveSibling("a.wav").toAbsolutePath());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SESSION_ID     | ''         | session_id is empty",
                "SESSION_ID     | a/b        | session_id 'a/b' is not a name of at most 200 bytes without slashes",
                "SESSION_ID     | ..         | session_id '..' is not a name",
                "APPROVED       | maybe      | approved 'maybe' is not true or false",
                "APPROVED       | ''         | approved is empty",
                "SOURCE_NAME    | ''         | source_name is empty",
                "SOURCE_LAT     | ''         | source_lat is empty",
                "SOURCE_LON     | ''         | source_lon is empty",
                "SOURCE_LAT     | 90.5       | source_lat '90.5' is not degrees in -90..90",
                "SOURCE_LON     | 181        | source_lon '181' is not degrees in -180..180",
                "SOURCE_LON     | NaN        | source_lon 'NaN' is not degrees",
                "FREQUENCY_HZ   | 145.5 MHz  | frequency_hz '145.5 MHz' is not a positive whole number of hertz",
                "FREQUENCY_HZ   | 0          | frequency_hz '0' is not a positive",
                "FREQUENCY_HZ   | 77500.5    | frequency_hz '77500.5' is not a positive whole",
                "FREQUENCY_HZ   | 1e999999999 | frequency_hz '1e999999999' is not a positive whole",
                "FREQUENCY_HZ   | ''         | frequency_hz is empty",
                "STATION        | ''         | station is empty",
                "STATION_LAT    | north      | station_lat 'north' is not degrees in -90..90",
                "STATION_LAT    | ''         | station_lat is empty",
                "STATION_LON    | ''         | station_lon is empty",
                "RECORDING      | ''         | recording is empty",
                "SAMPLE_RATE_HZ | 12k        | sample_rate_hz '12k' is not a positive number of hertz below 1e12, or nothing",
                "SAMPLE_RATE_HZ | 0          | sample_rate_hz '0' is not",
                "SAMPLE_RATE_HZ | 1e12       | sample_rate_hz '1e12' is not",
                "SAMPLE_RATE_HZ | 0x10       | sample_rate_hz '0x10' is not",
                "START_TIME     | yesterday  | start_time 'yesterday' is not a time such as 2026-11-24T10:15:30.5Z, or nothing",
                "FORMAT         | iq16       | format 'iq16' is not one of npy, wav, sigmf,",
                "CHANNEL        | -1         | channel '-1' is not a whole number from 0 (the first) on, or nothing",
                "CAPTURE        | 1.5        | capture '1.5' is not a whole number from 0",
                "CAPTURE        | first      | capture 'first' is not a whole number from 0",
                "CALIBRATION_DB | inf        | calibration_db 'inf' is not decibels in -1000..1000, or nothing",
                "CALIBRATION_DB | 1e999999999 | calibration_db '1e999999999' is not decibels",
            })
    void refusesAValueByColumnAndWhatItFound(Column column, String value, String reason) throws IOException {
        SessionTable table = with(column, value);
        assertThat(table.rows()).hasSize(1);
        assertThat(table.refused()).hasSize(1);
        RefusedRow refused = table.refused().get(0);
        assertThat(refused.line()).isEqualTo(3);
        assertThat(refused.sessionId()).isEqualTo(column == Column.SESSION_ID ? value : "s1");
        assertThat(refused.reason()).startsWith(reason);
        assertThat(refused).hasToString("line 3: " + refused.reason());
    }

    @Test
    void anIdIsShortEnoughForAFile() throws IOException {
        assertThat(with(Column.SESSION_ID, "ü".repeat(101)).refused()).hasSize(1);
        assertThat(with(Column.SESSION_ID, "ü".repeat(100)).refused()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "STATION_LAT  | 53.7    | station 'DF0KL' is in session 's1' already, in line 2",
                "SOURCE_NAME  | MSF     | session 's1' has source_name 'MSF' here, 'DCF77' in line 2",
                "SOURCE_LAT   | 51      | session 's1' has its source at 51.0, 9.0112 here, 50.0152, 9.0112 in line 2",
                "FREQUENCY_HZ | 60000   | session 's1' has frequency_hz 60000 here, 77500 in line 2",
                "APPROVED     | false   | session 's1' has approved false here, true in line 2",
                "RECORDING    | b.wav   | station 'DF0KL' is in session 's1' already, in line 2",
            })
    void refusesARowThatContradictsAnEarlierOne(Column column, String value, String reason) throws IOException {
        SessionTable table = with(column, value);
        assertThat(table.rows()).hasSize(1);
        assertThat(table.refused().get(0).reason()).startsWith(reason);
    }

    @Test
    void aRefusedRowDoesNotBindTheNext() throws IOException {
        SessionTable table = table(GOOD, GOOD.replace("77500", "60000"), GOOD.replace("DF0KL", "F1JEK"));
        assertThat(table.rows().stream().map(SessionRow::line)).containsExactly(2L, 4L);
    }

    @Test
    void aRowIsAsLongAsTheHeader() throws IOException {
        SessionTable table = table(GOOD, GOOD + ",more", "s2,true");
        assertThat(table.refused())
                .containsExactly(
                        new RefusedRow(3, "s1", "the row has 14 values, the header 13 columns"),
                        new RefusedRow(4, "s2", "the row has 2 values, the header 13 columns"));
    }

    @Test
    void sourcesMayBeUnknownWhereAModelIsAsked() throws IOException {
        Path file = file(
                HEADER,
                GOOD.replace("DCF77,50.0152,9.0112", ",,"),
                GOOD.replace("s1", "s2").replace("9.0112", ""));
        SessionTable table = SessionTable.read(file, Column.NEEDED_OF_UNKNOWN);
        assertThat(table.rows().get(0).session().source()).isEmpty();
        assertThat(table.refused()).containsExactly(new RefusedRow(3, "s2", "source_lon is empty"));
        assertThat(SessionTable.read(file).refused()).hasSize(2);
    }

    @Test
    void aTableOfUnknownSourcesNeedsNoColumnsOfThem() throws IOException {
        Path file = file(
                "session_id,frequency_hz,station,station_lat,station_lon,recording", "s1,77500,DF0KL,53.7,7.3,a.wav");
        SessionRow row =
                SessionTable.read(file, Column.NEEDED_OF_UNKNOWN).rows().get(0);
        assertThat(row.session().approved()).isFalse();
        assertThat(row.session().sourceName()).isEmpty();
        assertThatThrownBy(() -> SessionTable.read(file))
                .hasMessageContaining("columns 'approved', 'source_name', 'source_lat', 'source_lon' are missing");
    }

    @Test
    void saysHowARecordingIsRead() throws IOException {
        Path file = file(
                HEADER + ",stream,channel,capture,format",
                GOOD.replace("a.wav", "a.iq").replace("DF0KL", "A") + ",north,1,2,CS16",
                GOOD + ",,,,");
        List<SessionRow> rows = SessionTable.read(file).rows();
        assertThat(rows.get(0).recording().orElseThrow().choice())
                .isEqualTo(new FileChoice(
                        Optional.of("cs16"),
                        OptionalDouble.of(12001.1),
                        OptionalInt.of(1),
                        OptionalInt.of(2),
                        Optional.of("north")));
        assertThat(rows.get(1).recording().orElseThrow().choice().part()).isEqualTo(RecordingPart.FIRST);
    }

    @Test
    void advisesOnTheBackslashesOfAnotherSystem() throws IOException {
        Files.createFile(Files.createDirectory(directory.resolve("iq")).resolve("a.wav"));
        assertThat(table(GOOD, GOOD.replace("s1", "s2").replace("iq/a", "iq\\a"))
                        .refused())
                .containsExactly(new RefusedRow(
                        3, "s2", "recording 'iq\\a.wav' is not the name of a file here; write iq/a.wav"));
    }

    @Test
    void warnsOfARecordingThatTwoRowsName() throws IOException {
        SessionTable table =
                table(GOOD, GOOD.replace("s1", "s2"), GOOD.replace("s1", "s3").replace("a.wav", "b.wav"));
        assertThat(table.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.line()).isEqualTo(3);
            assertThat(warning.sessionId()).isEqualTo("s2");
            assertThat(warning.file()).isEqualTo(directory.resolve("iq/a.wav").toString());
            assertThat(warning.message()).endsWith("iq/a.wav: line 2 names it too");
        });
    }

    @Test
    void twoChannelsOfOneFileAreTwoRecordings() throws IOException {
        Path file = file(HEADER + ",channel", GOOD + ",0", GOOD.replace("DF0KL", "F1JEK") + ",1");
        assertThat(SessionTable.read(file).warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2017-11-27T10:41:56 | has no offset and is read as UTC: append Z, or an offset such as +01:00",
                "1970-01-01T00:00:00Z | is before 1990",
                "2990-01-01T00:00:00+01:00 | is in the future",
            })
    void warnsOfTimesThatLookWrong(String time, String fault) throws IOException {
        SessionTable table = table(GOOD.replace("2017-11-27T10:41:56Z", time));
        assertThat(table.rows()).hasSize(1);
        assertThat(table.warnings())
                .containsExactly(new RowWarning(2, "s1", "", "start_time", time, "start_time '" + time + "' " + fault));
    }

    @Test
    void aRowNeedsWhatItsStationReceived() throws IOException {
        Path file = file(
                HEADER + ",level_db",
                GOOD + ",-20.5",
                GOOD.replace("s1", "s2").replace("iq/a.wav", "") + ",-72",
                GOOD.replace("s1", "s3").replace("iq/a.wav", "none") + ",",
                GOOD.replace("s1", "s4").replace("iq/a.wav", "") + ",",
                GOOD.replace("s1", "s5").replace("iq/a.wav,12001.1", ",").replace("53.665337,7.282766", ",") + ",-72");
        SessionTable table = SessionTable.read(file);
        assertThat(table.rows()).hasSize(3);
        assertThat(table.rows().get(0).levelDb()).hasValue(-20.5);
        assertThat(table.rows().get(1).levelDb()).hasValue(-72);
        assertThat(table.rows().get(1).recording()).isEmpty();
        assertThat(table.rows().get(2).recording()).isEmpty();
        assertThat(table.refused())
                .containsExactly(
                        new RefusedRow(
                                5,
                                "s4",
                                "recording and level_db are empty; where the station was in service and heard nothing,"
                                        + " write none"),
                        new RefusedRow(6, "s5", "station_lat is empty"));
    }

    @Test
    void strictlyReadRowsThatAreWarnedOfAreRefused() throws IOException {
        SessionTable table = table(
                        GOOD,
                        GOOD.replace("s1", "s2").replace("2017", "1917"),
                        GOOD.replace("s1", "s3").replace("a.wav", "b.wav"),
                        GOOD.replace("s1", "?/?"))
                .withoutWarnedRows();
        assertThat(table.rows()).extracting(row -> row.session().sessionId()).containsExactly("s1", "s3");
        assertThat(table.warnings()).isEmpty();
        assertThat(table.refused()).extracting(RefusedRow::line).containsExactly(3L, 5L);
        assertThat(table.refused().get(0).reason()).contains("is before 1990; recording ", "line 2 names it too");
        SessionTable header = SessionTable.read(file(HEADER + ",notes", GOOD + ",x"));
        assertThatThrownBy(header::withoutWarnedRows)
                .isInstanceOf(DatasetException.class)
                .hasMessageEndingWith(": column 'notes' is unknown and not read");
    }
}
