package io.heimdall.dataset.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Station;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PositionsTest {
    private final List<SessionRow> rows = new ArrayList<>();

    private PositionsTest row(String station, double lat, double lon, GeoPoint source) {
        int line = rows.size() + 2;
        SessionRow.Transmission session =
                new SessionRow.Transmission("s" + line, true, "TX", Optional.ofNullable(source), 7_100_000);
        rows.add(new SessionRow(
                line,
                session,
                station,
                Optional.of(new GeoPoint(lat, lon)),
                Optional.empty(),
                OptionalDouble.of(-80),
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty()));
        return this;
    }

    private List<RowWarning> odd(Station... known) {
        return Positions.odd(rows, List.of(known));
    }

    private static GeoPoint swapped(GeoPoint point) {
        return new GeoPoint(point.longitude(), point.latitude());
    }

    @Test
    void aUsualNetworkIsNotOdd() {
        GeoPoint mainflingen = new GeoPoint(50.0152, 9.0112);
        row("Borkum", 53.67, 7.28, mainflingen).row("Angouleme", 45.78, 0.61, mainflingen);
        row("Reykjavik", 64.15, -21.94, mainflingen).row("Ankara", 39.93, 32.86, mainflingen);
        assertThat(odd()).isEmpty();
    }

    @Test
    void aNetworkThatSpansTheEarthIsNotOdd() {
        double[][] places = {{51, 0}, {40, -74}, {-34, 151}, {36, 140}, {-26, 28}, {64, -22}, {-12, -77}, {1, 104}};
        for (double[] place : places) {
            row("at " + place[0], place[0], place[1], new GeoPoint(-place[0] / 2, place[1] / 2));
        }
        assertThat(odd()).isEmpty();
    }

    @Test
    void acrossTheDateLineNothingIsFar() {
        row("Suva", -18.1, 178.4, new GeoPoint(-17.5, -179.8)).row("Apia", -13.8, -171.8, new GeoPoint(-16, 179.5));
        row("Nadi", -17.8, 177.4, new GeoPoint(-15, -178)).row("Vaiaku", -8.5, 179.2, new GeoPoint(-17, 179.9));
        assertThat(odd()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7.68, 45.04  | latitude and longitude look exchanged: 45.04, 7.68 would be",
                "-45.04, 7.68 | the sign of the latitude looks wrong: 45.04, 7.68 would be",
                "45.04, -62.3 | ''",
            })
    void aStationThatIsFarFromAllOthersIsTold(String place, String mistake) {
        String[] numbers = place.split(", ");
        GeoPoint source = new GeoPoint(44.9, 8.6);
        row("Genova", 44.4, 8.9, source).row("Milano", 45.5, 9.2, source).row("Cuneo", 44.39, 7.55, source);
        row("Torino", Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]), source);
        assertThat(odd()).singleElement().satisfies(warning -> {
            assertThat(warning.line()).isEqualTo(5);
            assertThat(warning.sessionId()).isEqualTo("s5");
            assertThat(warning.column()).isEqualTo("station_lat");
            assertThat(warning.value()).isEqualTo(place);
            assertThat(warning.message())
                    .startsWith("station 'Torino' stands at " + place + ", ")
                    .contains(" km from the middle of all others" + (mistake.isEmpty() ? "" : "; " + mistake));
        });
    }

    @Test
    void aLongitudeOfTheWrongSignIsTold() {
        GeoPoint source = new GeoPoint(40.5, -74.5);
        row("Newark", 40.7, -74.2, source).row("Trenton", 40.2, -74.8, source).row("Albany", 42.65, 73.75, source);
        assertThat(odd())
                .singleElement()
                .satisfies(warning -> assertThat(warning.message())
                        .contains("; the sign of the longitude looks wrong: 42.65, -73.75 would be"));
    }

    @Test
    void aSourceAmongManyIsToldInEachOfItsRows() {
        Random random = new Random(3);
        IntStream.range(0, 400).forEach(i -> {
            GeoPoint source = new GeoPoint(44 + 2 * random.nextDouble(), 7 + 3 * random.nextDouble());
            GeoPoint typed = i == 111 || i == 222 ? swapped(source) : source;
            row("Torino", 45.044, 7.672, typed).row("Genova", 44.395, 8.956, typed);
        });
        List<RowWarning> odd = odd();
        assertThat(odd).extracting(RowWarning::line).containsExactly(224L, 225L, 446L, 447L);
        assertThat(odd).allSatisfy(warning -> {
            assertThat(warning.column()).isEqualTo("source_lat");
            assertThat(warning.message()).contains("source 'TX' stands at ", "latitude and longitude look exchanged");
        });
    }

    @Test
    void whereAllStationsAreFarFromAllSourcesNeitherIsBlamed() {
        Random random = new Random(4);
        for (int i = 0; i < 30; i++) {
            row("Torino", 7.672, 45.044, new GeoPoint(44 + 2 * random.nextDouble(), 7 + 3 * random.nextDouble()));
        }
        row("Genova", 8.956, 44.395, new GeoPoint(44.5, 8.5));
        assertThat(odd())
                .hasSize(31)
                .allSatisfy(warning -> assertThat(warning.message())
                        .startsWith("the stations stand around 8.3, 44.7, the sources around 45")
                        .contains(" km apart; in one of the two, latitude and longitude look exchanged"));
    }

    @Test
    void oneStationFarFromOneSourceIsEnough() {
        row("Roma", 12.5, 41.9, new GeoPoint(50.0152, 9.0112));
        assertThat(odd())
                .singleElement()
                .satisfies(warning -> assertThat(warning.message())
                        .contains("in one of the two, latitude and longitude look exchanged"));
    }

    @Test
    void twoStationsOfUnknownSourcesAreBothTold() {
        row("Roma", 12.5, 41.9, null).row("Torino", 45.0, 7.7, null);
        assertThat(odd()).extracting(RowWarning::line).containsExactly(2L, 3L);
    }

    @Test
    void nullIslandIsNoPlace() {
        row("Torino", 45.044, 7.672, new GeoPoint(0, 0)).row("Genova", 0.0001, -0.0001, new GeoPoint(44.5, 8.5));
        assertThat(odd())
                .extracting(RowWarning::message)
                .containsExactly(
                        "source 'TX' stands at 0, 0, in the Gulf of Guinea: its position looks unknown",
                        "station 'Genova' stands at 0.0001, -0.0001, in the Gulf of Guinea: its position looks unknown");
    }

    @Test
    void stationsThatTheTableDoesNotHaveAreOthersToo() {
        GeoPoint source = null;
        row("Roma", 12.5, 41.9, source);
        Station oldPlace = new Station("Roma", new GeoPoint(41.9, 12.5));
        Station milano = new Station("Milano", new GeoPoint(45.5, 9.2));
        assertThat(odd(oldPlace)).isEmpty();
        assertThat(odd(oldPlace, milano))
                .singleElement()
                .satisfies(warning -> assertThat(warning.message())
                        .contains("latitude and longitude look exchanged: 41.9, 12.5 would be 480 km from it"));
    }
}
