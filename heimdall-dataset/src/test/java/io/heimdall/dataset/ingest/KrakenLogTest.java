package io.heimdall.dataset.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.dataset.Bearing;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.ingest.KrakenLog.Angles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KrakenLogTest {
    private static final String ROW = "1767225600000,%s,40,-52.1,145500000,UCA,412,%s,%s,%s,%s,%s,%s,R,0,0,0";

    @TempDir
    Path folder;

    private static String row(
            String peak, String station, String latitude, String longitude, String gps, String compass, String main) {
        return ROW.formatted(peak, station, latitude, longitude, gps, compass, main);
    }

    private LocalSessions read(Angles angles, String... lines) throws IOException {
        return KrakenLog.read(List.of(Files.write(folder.resolve("k.csv"), List.of(lines))), angles, 5);
    }

    private static Bearing bearing(LocalSessions read, int station) {
        return read.sessions().get(0).measurements().get(station).bearing().orElseThrow();
    }

    @Test
    void directionsAreAddedToTheHeading() throws IOException {
        LocalSessions read = read(
                Angles.COMPASS,
                row("350", "north", "45.0", "8.0", "30", "200", "GPS"),
                row("354", "north", "45.0", "8.0", "30", "200", "GPS"),
                "",
                row("10", "south", "44.0", "8.5", "30", "200", "Compass"));
        assertThat(read.refused()).isEmpty();
        Session session = read.sessions().get(0);
        assertThat(session.id()).isEqualTo("kraken-145500000");
        assertThat(session.start())
                .hasValueSatisfying(start -> assertThat(start).isEqualTo("2026-01-01T00:00:00Z"));
        assertThat(session.measurements()).hasSize(2);
        assertThat(bearing(read, 0).degrees()).isCloseTo(22, within(1e-9));
        assertThat(bearing(read, 0).sigmaDegrees()).isEqualTo(5);
        assertThat(bearing(read, 1).degrees()).isCloseTo(210, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"0, 30", "45, 75", "30, 60", "350, 20"})
    void oldLogsCountCounterclockwiseFromTheFront(String heading, double expected) throws IOException {
        // The transmitter is 30 degrees to the right of the front: theta_0 is 330, and 360 - theta_0 is 30.
        String old = row("330", "a", "45", "8", heading, "0", "GPS");
        String today = row("30", "a", "45", "8", heading, "0", "GPS");
        double mirrored = (Double.parseDouble(heading) + 330) % 360;
        for (Bearing bearing :
                List.of(bearing(read(Angles.COUNTERCLOCKWISE, old), 0), bearing(read(Angles.COMPASS, today), 0))) {
            assertThat(bearing.degrees()).isCloseTo(expected, within(1e-9));
            assertThat(bearing.mirroredDegrees().orElseThrow()).isCloseTo(mirrored, within(1e-9));
        }
    }

    @Test
    void theFrontIsTheFrontInAllLogs() throws IOException {
        for (Angles angles : Angles.values()) {
            Bearing bearing = bearing(read(angles, row("0", "a", "45", "8", "100", "0", "GPS")), 0);
            assertThat(bearing.degrees()).isCloseTo(100, within(1e-9));
        }
        assertThat(Angles.COUNTERCLOCKWISE).hasToString("counterclockwise");
    }

    @Test
    void aReceiverThatMovesIsSeveral() throws IOException {
        LocalSessions read = read(
                Angles.COMPASS,
                row("0", "car", "45.0", "8.0", "0", "0", "GPS"),
                row("60", "car", "45.0001", "8.0", "0", "0", "GPS"),
                row("90", "car", "45.1", "8.0", "0", "0", "GPS"));
        List<Measurement> measured = read.sessions().get(0).measurements();
        assertThat(measured).extracting(one -> one.station().name()).containsExactly("car", "car #2");
        // Two directions 60 degrees apart are not known to 5.
        assertThat(bearing(read, 0).degrees()).isCloseTo(30, within(1e-9));
        assertThat(bearing(read, 0).sigmaDegrees()).isBetween(28.0, 35.0);
        assertThat(read.mostRefused()).isFalse();
        assertThatThrownBy(() -> read.recordings().fetch(null)).isInstanceOf(Exception.class);
    }

    @Test
    void eachFrequencyIsASession() throws IOException {
        String other = row("0", "a", "45.0", "8.0", "0", "0", "GPS").replace("145500000", "433920000");
        assertThat(read(Angles.COMPASS, other, row("0", "a", "45.0", "8.0", "0", "0", "GPS"))
                        .sessions())
                .extracting(Session::frequencyHz)
                .containsExactly(145_500_000L, 433_920_000L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        1767225600000,x,40,-52,145500000,UCA,4,a,45,8,0      | column 2 (direction) 'x' is not degrees in -360..360
        1767225600,0,40,-52,145500000,UCA,4,a,45,8,0         | the time is not in milliseconds
        99999999999999,0,40,-52,145500000,UCA,4,a,45,8,0     | which is in the future
        1767225600000,0,40,-52,145500000,UCA,4,a,0,0,0       | did not know where it was
        1767225600000,0,40,-52,145500000,UCA,4,a,95,8,0      | column 9 (latitude) '95' is not degrees in -90..90
        1767225600000,0,40,-52,145500000,UCA,4,,45,8,0       | station is empty
        1767225600000,0,40,-52,0,UCA,4,a,45,8,0              | column 5 (frequency) '0' is not hertz above 0
        1767225600000,0,40,-52,145500000,UCA,4,a,45,8,       | column 11 (heading) '' is not degrees
        1767225600000,0,40                                   | has 3 columns
        """)
    void whatIsWrongIsNamed(String line, String reason) throws IOException {
        LocalSessions read = read(Angles.COMPASS, line, row("0", "a", "45.0", "8.0", "0", "0", "GPS"));
        assertThat(read.sessions()).hasSize(1);
        assertThat(read.refused()).hasSize(1);
        assertThat(read.refused().get(0).line()).isEqualTo(1);
        assertThat(read.refused().get(0).reason()).contains("k.csv: ", reason);
    }

    @Test
    void theSigmaIsChecked() {
        assertThatThrownBy(() -> KrakenLog.read(List.of(), Angles.COMPASS, 0))
                .hasMessageContaining("sigma 0.0 degrees");
    }
}
