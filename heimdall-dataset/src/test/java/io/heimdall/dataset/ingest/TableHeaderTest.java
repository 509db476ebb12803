package io.heimdall.dataset.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.DatasetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableHeaderTest {
    private static final Path FILE = Path.of("t.csv");

    private static List<String> needed() {
        return Column.NEEDED.stream().map(Column::title).collect(Collectors.toCollection(ArrayList::new));
    }

    private static TableHeader header(List<String> titles) {
        return TableHeader.of(FILE, new TableFile.Row(1, titles), Column.NEEDED);
    }

    @Test
    void caseBlanksAndHyphensDoNotCount() {
        List<String> titles = needed();
        titles.set(0, "Session ID");
        titles.set(3, " SOURCE-LAT ");
        TableHeader header = header(titles);
        assertThat(header.places())
                .hasSize(10)
                .containsEntry(Column.SESSION_ID, 0)
                .containsEntry(Column.SOURCE_LAT, 3);
        assertThat(header.warnings()).isEmpty();
    }

    @Test
    void columnsWithoutATitleAndUnknownOnesAreNotReadTheLatterWithAWarning() {
        List<String> titles = needed();
        titles.addAll(1, List.of("Remarks (by hand)", ""));
        titles.addAll(List.of("", ""));
        TableHeader header = header(titles);
        assertThat(header.width()).isEqualTo(14);
        assertThat(header.warnings())
                .containsExactly(new RowWarning(
                        1, "", "", "Remarks (by hand)", "", "column 'Remarks (by hand)' is unknown and not read"));
        assertThat(header.values(List.of("s1", "x", "", "true")))
                .containsEntry(Column.SESSION_ID, "s1")
                .containsEntry(Column.APPROVED, "true")
                .containsEntry(Column.RECORDING, "")
                .doesNotContainKey(Column.CHANNEL);
    }

    @ParameterizedTest
    @CsvSource({
        "calibraton_db, calibration_db",
        "calibration, calibration_db",
        "Sample Rate, sample_rate_hz",
        "start_time_utc, start_time",
        "chanel, channel",
    })
    void anOptionalColumnThatSeemsMisspeltIsNotLeftOut(String title, String meant) {
        List<String> titles = needed();
        titles.add(title);
        assertThatThrownBy(() -> header(titles))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith("t.csv: column '" + title + "' is unknown (is " + meant + " meant?)");
    }

    @Test
    void namesAllFaultsAtOnce() {
        List<String> titles = needed();
        titles.set(titles.indexOf("source_lat"), "latitude of the source");
        titles.set(titles.indexOf("station_lat"), "station");
        titles.add("formt");
        assertThatThrownBy(() -> header(titles))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(
                        "t.csv: columns 'source_lat', 'station_lat' are missing; column 'station' is there"
                                + " twice; column 'formt' is unknown (is format meant?)");
    }

    @Test
    void aFirstRowOfValuesIsNoHeader() {
        assertThatThrownBy(() -> header(List.of("s1", "true", "DCF77", "50.0")))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith("t.csv: line 1 is no header; expected the columns session_id, approved, ");
    }

    @Test
    void aColumnThatIsMissingUnderItsNameIsToldOnce() {
        List<String> titles = needed();
        titles.set(titles.indexOf("source_lat"), "lat");
        assertThatThrownBy(() -> header(titles)).hasMessage("t.csv: column 'lat' is unknown (is source_lat meant?)");
    }

    @Test
    void columnsAreNamedAsTheDesignNamesThem() {
        assertThat(Column.titles(List.of(Column.values())))
                .isEqualTo(
                        "session_id, approved, source_name, source_lat, source_lon, frequency_hz, station, station_lat, "
                                + "station_lon, recording, sample_rate_hz, start_time, calibration_db, format, capture, "
                                + "channel, stream, level_db, clock_sigma_s, bearing_deg, bearing_sigma_deg");
    }
}
