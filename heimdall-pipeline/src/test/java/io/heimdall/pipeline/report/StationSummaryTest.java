package io.heimdall.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StationSummaryTest {
    private static final List<Station> STATIONS = List.of(
            new Station("a", new GeoPoint(45, 7)),
            new Station("b", new GeoPoint(45, 8)),
            new Station("c", new GeoPoint(44.5, 7.5)));
    private static final double[] GAINS = {4, -1, -3};

    /** Levels by a law with an exponent of 3, and gains; the gain of a moves by 6 dB over the sessions. */
    private static List<Session> sessions(int number, double moved) {
        Random random = new Random(5);
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            GeoPoint source = new GeoPoint(44.4 + random.nextDouble(), 7 + random.nextDouble());
            double power = 20 * random.nextGaussian();
            Instant time = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(3600L * i);
            List<Measurement> measurements = new ArrayList<>();
            for (int k = 0; k < 3; k++) {
                double gain = GAINS[k] + (k == 0 ? moved * ((double) i / (number - 1) - 0.5) : 0);
                double metres = source.distanceMetres(STATIONS.get(k).position());
                Measurement level = Measurement.level(STATIONS.get(k), power + gain - 30 * Math.log10(metres));
                measurements.add(level.at(time));
            }
            sessions.add(session("s" + i, source, measurements));
        }
        return sessions;
    }

    private static Session session(String id, GeoPoint source, List<Measurement> measurements) {
        return new Session(id, "", Optional.of(source), 145_000_000, true, Optional.empty(), measurements);
    }

    @Test
    void gainsAreThoseOfTheLawLessTheirMean() {
        List<StationSummary> stations = StationSummary.of(sessions(60, 0));

        assertThat(stations).extracting(StationSummary::name).containsExactly("a", "b", "c");
        for (int k = 0; k < 3; k++) {
            assertThat(stations.get(k).gainDb()).isCloseTo(GAINS[k], within(0.01));
            assertThat(stations.get(k).driftDb()).isCloseTo(0, within(0.01));
        }
    }

    @Test
    void aGainThatMovesIsADrift() {
        List<StationSummary> stations = StationSummary.of(sessions(300, 6));

        // From the middle of the first third to that of the last, less what the means of the sessions take of it.
        assertThat(stations.get(0).driftDb()).isBetween(2.0, 4.5);
        assertThat(stations.get(1).driftDb()).isNegative();
    }

    @Test
    void fewSessionsTellNoGain() {
        assertThat(StationSummary.of(sessions(5, 0)))
                .allSatisfy(station -> assertThat(station.gainDb()).isNaN());
        assertThat(StationSummary.of(List.of())).isEmpty();
    }

    @Test
    void histogramsCountByFiveDecibels() {
        GeoPoint source = new GeoPoint(45, 7.5);
        List<StationSummary> stations = StationSummary.of(List.of(
                session("1", source, List.of(Measurement.level(STATIONS.get(0), -61))),
                session("2", source, List.of(Measurement.level(STATIONS.get(0), -64.9))),
                session("3", source, List.of(Measurement.level(STATIONS.get(0), -60))),
                session("4", source, List.of(Measurement.silence(STATIONS.get(0))))));

        StationSummary station = stations.get(0);
        assertThat(station.heard()).isEqualTo(3);
        assertThat(station.inService()).isEqualTo(4);
        assertThat(station.levels()).containsOnly(Map.entry(-65, 2), Map.entry(-60, 1));
        assertThat(station.ratios()).isEmpty();
        assertThat(station.medianLevelDb()).isEqualTo(-61);
    }
}
