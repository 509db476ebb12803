package io.heimdall.pipeline.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.dataset.split.GroupBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Levels that follow the log-distance law, with 4 dB of shadowing, and stations whose gains change. */
class GainDriftsTest {
    /** In the order of names, so that each run draws the same levels. */
    private static final Map<String, GeoPoint> STATIONS = new TreeMap<>(Map.of(
            "A", new GeoPoint(45.0, 7.3),
            "B", new GeoPoint(45.4, 8.9),
            "C", new GeoPoint(44.4, 8.8),
            "D", new GeoPoint(45.2, 7.9),
            "E", new GeoPoint(44.6, 7.5)));

    private static List<Session> sessions(int number, long seed, Map<String, Double> driftsDb) {
        Random random = new Random(seed);
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            GeoPoint source = new GeoPoint(44.4 + random.nextDouble(), 7.3 + 1.6 * random.nextDouble());
            double power = 60 + 12 * random.nextDouble();
            List<Measurement> measurements = new ArrayList<>();
            STATIONS.forEach((name, place) -> measurements.add(Measurement.level(
                    new Station(name, place),
                    power
                            + driftsDb.getOrDefault(name, 0.0)
                            - 32 * Math.log10(source.distanceMetres(place))
                            + 4 * random.nextGaussian())));
            sessions.add(new Session(
                    seed + "-" + i,
                    "source " + i / 2,
                    Optional.of(source),
                    145_000_000,
                    true,
                    Optional.empty(),
                    measurements));
        }
        return sessions;
    }

    @Test
    void aDriftedGainIsNamedWithItsEstimate() {
        List<GainDrift> drifts =
                GainDrifts.of(sessions(200, 1, Map.of()), sessions(60, 2, Map.of("B", -8.0, "D", 4.5)), GroupBy.SOURCE);

        assertThat(drifts).extracting(GainDrift::station).containsExactly("A", "B", "C", "D", "E");
        assertThat(drifts.get(1).driftDb())
                .isCloseTo(-8, within(4 * drifts.get(1).errorDb()));
        assertThat(drifts.get(3).driftDb())
                .isCloseTo(4.5, within(4 * drifts.get(3).errorDb()));
        assertThat(drifts).allSatisfy(drift -> {
            assertThat(drift.errorDb()).isBetween(0.3, 1.2);
            assertThat(drift.sessions()).isBetween(40, 60);
        });
        assertThat(drifts)
                .extracting(GainDrift::warning)
                .containsExactly(Warning.OK, Warning.ALARM, Warning.OK, Warning.WARNING, Warning.OK);
    }

    @Test
    void theErrorIsThatOfRepeatedEstimates() {
        List<Session> training = sessions(400, 1, Map.of());
        double squares = 0;
        double claimed = 0;
        int repeats = 60;
        for (int seed = 10; seed < 10 + repeats; seed++) {
            List<GainDrift> drifts = GainDrifts.of(training, sessions(40, seed, Map.of()), GroupBy.SOURCE);
            double difference = drifts.get(0).driftDb() - drifts.get(1).driftDb();
            squares += difference * difference / repeats;
            claimed += (Math.pow(drifts.get(0).errorDb(), 2)
                            + Math.pow(drifts.get(1).errorDb(), 2))
                    / repeats;
        }
        assertThat(Math.sqrt(squares)).isBetween(0.7 * Math.sqrt(claimed), 1.5 * Math.sqrt(claimed));
    }

    @Test
    void whatCannotBeToldIsNoWarning() {
        assertThat(GainDrifts.of(List.of(), sessions(5, 1, Map.of()), GroupBy.SOURCE))
                .isEmpty();
        assertThat(GainDrifts.of(sessions(50, 1, Map.of()), List.of(), GroupBy.SOURCE))
                .isEmpty();
        assertThat(new GainDrift("A", 4, 20, 0.1).warning()).isEqualTo(Warning.OK);
        assertThat(new GainDrift("A", 9, 20, Double.POSITIVE_INFINITY).warning())
                .isEqualTo(Warning.OK);
    }

    @Test
    void coverageWarnsWhereSoFewPlacesAreUnlikely() {
        assertThat(MonitorReport.atMost(2, 2, 0.9)).isCloseTo(1, within(1e-12));
        assertThat(MonitorReport.atMost(1, 2, 0.9)).isCloseTo(0.19, within(1e-12));
        assertThat(MonitorReport.atMost(0, 0, 0.9)).isEqualTo(1);
        assertThat(report(27, 30, 0).coverageWarning()).isEqualTo(Warning.OK);
        assertThat(report(23, 30, 0).coverageWarning()).isEqualTo(Warning.WARNING);
        assertThat(report(18, 30, 0).coverageWarning()).isEqualTo(Warning.ALARM);
        assertThat(report(30, 30, 3).warning()).isEqualTo(Warning.WARNING);
        assertThat(report(30, 30, 9).warning()).isEqualTo(Warning.ALARM);
        assertThat(report(30, 30, 1).warning()).isEqualTo(Warning.OK);
        assertThat(report(30, 30, 9).json()).containsEntry("warning", "alarm").containsEntry("outside", 9);
    }

    private static MonitorReport report(int covered, int confirmed, int outside) {
        return new MonitorReport(
                "v1",
                confirmed,
                List.of(new GainDrift("A", 9, 1, 0.5)),
                Map.of(),
                confirmed,
                outside,
                confirmed,
                covered,
                OptionalDouble.of(100));
    }
}
