package io.heimdall.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Station;
import io.heimdall.export.Location;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.output.GaussianDistribution;
import io.heimdall.model.output.NormalDistribution;
import io.heimdall.model.output.NormalMixture;
import io.heimdall.pipeline.prediction.Estimate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportDetailsTest {
    @TempDir
    Path folder;

    private static JudgedSession session(double latitude, double longitude, int heard, double snrDb, double... errors) {
        List<Double> list = new ArrayList<>();
        for (double error : errors) {
            list.add(error);
        }
        return new JudgedSession(
                "s", latitude, longitude, latitude, longitude, Collections.nCopies(heard, "A"), snrDb, list, Map.of());
    }

    @Test
    void errorsOfAPartAreMedianRmsAndHowOftenEachMethodIsNearest() {
        ErrorSlice slice = ErrorSlice.of(
                "all",
                List.of(
                        session(45, 7, 1, 0, 3000, 1000),
                        session(45, 7, 1, 0, 4000, 5000),
                        session(45, 7, 1, 0, 5, 9)));

        assertThat(slice.sessions()).isEqualTo(3);
        assertThat(slice.p50Metres()).containsExactly(3000.0, 1000.0);
        assertThat(slice.rmsMetres().get(0)).isCloseTo(Math.sqrt((9e6 + 16e6 + 25) / 3), within(1e-6));
        assertThat(slice.nearest()).containsExactly(2, 1);
    }

    @Test
    void partsAreByStationsAndByTenDecibels() {
        List<JudgedSession> sessions = List.of(
                session(45, 7, 3, 12, 1),
                session(45, 7, 1, 19.9, 2),
                session(45, 7, 3, -4, 3),
                session(45, 7, 2, Double.NaN, 4),
                session(45, 7, 2, 99, 4));

        assertThat(ErrorSlice.byStations(sessions).stream().map(s -> s.name() + ": " + s.sessions()))
                .containsExactly("1: 1", "2: 2", "3: 2");
        assertThat(ErrorSlice.bySnr(sessions).stream().map(s -> s.name() + ": " + s.sessions()))
                .containsExactly("-10…0: 1", "10…20: 2", "60…70: 1");
    }

    @Test
    void cellsAreSquareOnTheGroundAndHoldEverySession() {
        Random random = new Random(3);
        List<JudgedSession> sessions = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            sessions.add(session(45 + random.nextDouble(), 7 + random.nextDouble(), 1, 0, i));
        }

        List<ErrorCell> cells = ErrorCell.of(sessions);

        assertThat(cells.stream().mapToInt(c -> c.errors().sessions()).sum()).isEqualTo(200);
        assertThat(cells)
                .hasSizeBetween(40, 100)
                .allSatisfy(c -> assertThat((c.north() - c.south()) / (c.east() - c.west()))
                        .isCloseTo(Math.cos(Math.toRadians(45.5)), within(0.01)));
        assertThat(ErrorCell.of(List.of())).isEmpty();
        assertThat(ErrorCell.of(List.of(session(45, 7, 1, 0, 5)))).hasSize(1);
    }

    private static Estimate estimate(GaussianDistribution density) {
        LocalPlane plane = new LocalPlane(45, 8);
        return new Estimate(
                "s",
                "s",
                Optional.of(new GeoPoint(45.1, 8)),
                List.of(new Station("Torino", new GeoPoint(45.044, 7.672))),
                new Location(45, 8, 0.1, 0.1, plane, density));
    }

    @Test
    void regionsGoFromTheLargestToTheSmallestAndCloseTheirRings() {
        GaussianDistribution two = new NormalMixture(List.of(
                new NormalMixture.Component(0.5, new NormalDistribution(-90e3, 0, 8e3, 8e3, 0)),
                new NormalMixture.Component(0.5, new NormalDistribution(90e3, 0, 8e3, 8e3, 0))));

        SessionRegions regions = SessionRegions.of(7, estimate(two));

        assertThat(regions.session()).isEqualTo(7);
        assertThat(regions.regions().stream().map(SessionRegions.Region::level)).containsExactly(0.95, 0.9, 0.68, 0.5);
        assertThat(regions.regions())
                .allSatisfy(region -> assertThat(region.rings()).hasSize(2).allSatisfy(ring -> {
                    assertThat(ring).hasSizeBetween(20, 130);
                    assertThat(ring.subList(ring.size() - 2, ring.size())).isEqualTo(ring.subList(0, 2));
                }));
    }

    @Test
    void pageHasThemAndNamesOfSessionsStayText() throws IOException {
        Report example = HtmlReportTest.example("Demo");
        JudgedSession judged = new JudgedSession(
                "</script><b>", 45.1, 8, 45, 8, List.of("Torino"), Double.NaN, List.of(11_000.0, 12_000.0), Map.of());
        ReportDetails details = new ReportDetails(
                List.of("Network", "Weighted centroid"),
                List.of(judged),
                ErrorSlice.byStations(List.of(judged)),
                ErrorSlice.bySnr(List.of(judged)),
                ErrorCell.of(List.of(judged)),
                List.of(new ReportDetails.Coverage("Network", Collections.nCopies(19, 0.5))),
                List.of(SessionRegions.of(0, estimate(new NormalDistribution(0, 0, 20e3, 30e3, 0.5)))),
                List.of(),
                List.of());
        Path file = folder.resolve("report.html");

        HtmlReport.write(
                file,
                new Report(
                        example.title(),
                        example.warnings(),
                        Map.of(),
                        example.epochs(),
                        example.methods(),
                        example.reliability(),
                        example.map(),
                        example.stations(),
                        details));

        String html = Files.readString(file);
        assertThat(html)
                .contains(
                        "id=\"sessionlist\"",
                        "\"components\":[[",
                        "\"rings\":[[",
                        "\"snrDb\":null",
                        "function sessionMap()")
                .contains("{\"id\":\"\\u003c/script>\\u003cb>\"")
                .doesNotContain("</script><b>", "@details@");
    }
}
