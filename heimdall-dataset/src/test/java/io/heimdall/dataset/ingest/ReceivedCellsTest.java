package io.heimdall.dataset.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.heimdall.dataset.Bearing;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivedCellsTest {
    private static final Path FOLDER = Path.of("/tables");

    private Cells cells;

    private ReceivedCells read(Map<Column, String> values) {
        Map<Column, String> row = new EnumMap<>(Column.class);
        row.put(Column.SESSION_ID, "s");
        row.putAll(values);
        cells = new Cells(7, row, new Cells.Syntax(false, List.of("npy", "wav")));
        return new ReceivedCells(cells, FOLDER);
    }

    private static void readAll(ReceivedCells received) {
        received.recording();
        received.levelDb();
        received.clockSigmaS();
        received.bearing();
    }

    private void refused(Map<Column, String> values, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> readAll(read(values)))
                .withMessage(reason);
    }

    private void warned(Map<Column, String> values, String message) {
        readAll(read(values));
        assertThat(cells.warnings()).extracting(RowWarning::message).containsExactly(message);
    }

    @Test
    void aLevelNeedsNoRecording() {
        ReceivedCells level = read(Map.of(Column.RECORDING, "", Column.LEVEL_DB, "-71.25"));
        assertThat(level.recording()).isEmpty();
        assertThat(level.levelDb()).hasValue(-71.25);
        assertThat(level.clockSigmaS()).isEmpty();
        assertThat(level.bearing()).isEmpty();
    }

    @Test
    void aBearingNeedsNeither() {
        ReceivedCells bearing = read(Map.of(Column.BEARING_DEG, "0", Column.BEARING_SIGMA_DEG, "12.5"));
        assertThat(bearing.bearing()).contains(new Bearing(0, 12.5));
        assertThat(bearing.levelDb()).isEmpty();
    }

    @Test
    void aRecordingMayHaveAll() {
        ReceivedCells all = read(Map.of(
                Column.RECORDING, "iq/a.wav",
                Column.LEVEL_DB, "-3e1",
                Column.CALIBRATION_DB, "4",
                Column.CLOCK_SIGMA_S, "2e-7",
                Column.BEARING_DEG, "360",
                Column.BEARING_SIGMA_DEG, "180"));
        assertThat(all.recording().orElseThrow().file()).isEqualTo(Path.of("/tables/iq/a.wav"));
        assertThat(all.recording().orElseThrow().calibrationDb()).isEqualTo(4);
        assertThat(all.levelDb()).hasValue(-30);
        assertThat(all.clockSigmaS()).hasValue(2e-7);
        assertThat(all.bearing()).contains(new Bearing(360, 180));
        assertThat(cells.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "-"})
    void aWordSaysThatTheStationHeardNothing(String word) {
        for (Column column : List.of(Column.RECORDING, Column.LEVEL_DB)) {
            ReceivedCells nothing = read(Map.of(column, word));
            assertThat(nothing.recording()).isEmpty();
            assertThat(nothing.levelDb()).isEmpty();
            assertThat(nothing.bearing()).isEmpty();
        }
        assertThat(read(Map.of(Column.RECORDING, word, Column.LEVEL_DB, "-80")).levelDb())
                .as("a level counts before the word")
                .hasValue(-80);
    }

    @Test
    void anEmptyRowIsNotTakenForSilence() {
        refused(
                Map.of(Column.RECORDING, ""),
                "recording is empty; where the station was in service and heard nothing, write none");
        refused(
                Map.of(Column.LEVEL_DB, "", Column.CLOCK_SIGMA_S, "1e-6"),
                "level_db is empty; where the station was in service and heard nothing, write none");
        refused(
                Map.of(Column.RECORDING, "", Column.LEVEL_DB, "", Column.BEARING_DEG, ""),
                "recording and level_db and bearing_deg are empty; where the station was in service and heard nothing,"
                        + " write none");
    }

    @Test
    void silenceHasNoBearing() {
        refused(
                Map.of(Column.LEVEL_DB, "none", Column.BEARING_DEG, "90", Column.BEARING_SIGMA_DEG, "5"),
                "level_db 'none' says that the station heard nothing, and bearing_deg is '90'; leave level_db empty for a"
                        + " bearing alone");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LEVEL_DB      | -301     | decibels in -300..300, or none where the station heard nothing",
                "LEVEL_DB      | 1e3      | decibels in -300..300, or none where the station heard nothing",
                "LEVEL_DB      | -85.5 dB | decibels in -300..300, or none where the station heard nothing; write -85.5",
                "LEVEL_DB      | -93,5dBm | decibels in -300..300, or none where the station heard nothing; write -93.5",
                "LEVEL_DB      | Infinity | decibels in -300..300, or none where the station heard nothing",
                "LEVEL_DB      | \u221280      | decibels in -300..300, or none where the station heard nothing; write -80",
                "LEVEL_DB      | NaN      | decibels in -300..300, or none where the station heard nothing",
                "LEVEL_DB      | S9       | decibels in -300..300, or none where the station heard nothing",
                "CLOCK_SIGMA_S | 0        | seconds in 1e-12..86400, or nothing where the clock is not known",
                "CLOCK_SIGMA_S | -1e-6    | seconds in 1e-12..86400, or nothing where the clock is not known",
                "CLOCK_SIGMA_S | 86401    | seconds in 1e-12..86400, or nothing where the clock is not known",
                "CLOCK_SIGMA_S | 100 ns   | seconds in 1e-12..86400, or nothing where the clock is not known; write 1E-7",
                "CLOCK_SIGMA_S | 2.5us    | seconds in 1e-12..86400, or nothing where the clock is not known; write 0.0000025",
                "CLOCK_SIGMA_S | GPS      | seconds in 1e-12..86400, or nothing where the clock is not known",
                "BEARING_DEG   | -90      | degrees in 0..360, clockwise from true north, or nothing; write 270",
                "BEARING_DEG   | -0.5     | degrees in 0..360, clockwise from true north, or nothing; write 359.5",
                "BEARING_DEG   | 361      | degrees in 0..360, clockwise from true north, or nothing",
                "BEARING_DEG   | 45 deg   | degrees in 0..360, clockwise from true north, or nothing; write 45",
                "BEARING_DEG   | NNE      | degrees in 0..360, clockwise from true north, or nothing",
                "BEARING_SIGMA_DEG | 0    | degrees above 0, at most 180",
                "BEARING_SIGMA_DEG | 181  | degrees above 0, at most 180",
                "BEARING_SIGMA_DEG | 5%   | degrees above 0, at most 180",
            })
    void aBadCellIsRefusedWithItsValueAndWhatIsExpected(Column column, String value, String expected) {
        Map<Column, String> row = new EnumMap<>(Map.of(
                Column.RECORDING, "a.wav",
                Column.LEVEL_DB, "-70",
                Column.BEARING_DEG, "10",
                Column.BEARING_SIGMA_DEG, "5"));
        row.put(column, value);
        refused(row, column.title() + " '" + value + "' is not " + expected);
    }

    @Test
    void aBearingNeedsItsSigma() {
        refused(
                Map.of(Column.LEVEL_DB, "-70", Column.BEARING_DEG, "10"),
                "bearing_deg '10' needs bearing_sigma_deg: its standard deviation in degrees, for instance 5");
        warned(
                Map.of(Column.LEVEL_DB, "-70", Column.BEARING_SIGMA_DEG, "5"),
                "bearing_sigma_deg '5' is not used: there is no bearing_deg beside it");
    }

    @Test
    void whatIsNotUsedIsWarnedOf() {
        warned(
                Map.of(Column.LEVEL_DB, "-70", Column.CALIBRATION_DB, "3"),
                "calibration_db '3' is not used: it is for recordings, and level_db is used without a calibration");
        warned(
                Map.of(Column.RECORDING, "a.wav", Column.LEVEL_DB, "none"),
                "level_db 'none' says that the station heard nothing; there is a recording, which counts");
        warned(
                Map.of(Column.LEVEL_DB, "-70", Column.CLOCK_SIGMA_S, "100"),
                "clock_sigma_s '100' is more than a second: expected seconds; a nanosecond is 1e-9 seconds");
    }
}
