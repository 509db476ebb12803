package io.heimdall.pipeline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.export.Location;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.output.NormalDistribution;
import io.heimdall.model.output.NormalMixture;
import io.heimdall.pipeline.prediction.Estimate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    private static final LocalPlane PLANE = new LocalPlane(45, 8);
    private static final List<String> ERRORS = List.of("p50", "p68", "p90", "p95", "rmse");
    private static final List<String> REGIONS = List.of("50", "68", "90", "95");

    /** Of two normal distributions, in metres of the model's plane. */
    private static Estimate estimate(Session session, double east, double north) {
        NormalMixture density = new NormalMixture(List.of(
                new NormalMixture.Component(3, new NormalDistribution(east, north, 4000, 9000, 0.3)),
                new NormalMixture.Component(1, new NormalDistribution(east + 20_000, north, 5000, 5000, 0))));
        Location location = new Location(
                PLANE.latitudeOf(density.mean().north()),
                PLANE.longitudeOf(density.mean().east()),
                0.1,
                0.1,
                PLANE,
                density);
        return new Estimate(session.id(), session.id(), session.source(), List.of(), location);
    }

    private static Evaluation evaluation(List<Session> sessions, GroupBy groupBy, boolean withPosterior) {
        SessionGroups groups = new SessionGroups(sessions, groupBy);
        List<Estimate> estimates = IntStream.range(0, sessions.size())
                .mapToObj(i -> estimate(
                        sessions.get(i),
                        PLANE.east(sessions.get(i).source().orElseThrow().longitude()) + 300 * i,
                        PLANE.north(sessions.get(i).source().orElseThrow().latitude()) - 700))
                .toList();
        MethodResult rival = new MethodResult(
                "rival",
                "Rival",
                IntStream.range(0, sessions.size())
                        .mapToObj(i -> new Answer(
                                9000 + 100 * i,
                                withPosterior
                                        ? Optional.of(new Belief(-21, 0.6, List.of(1e6, 2e6, 3e6, 4e6)))
                                        : Optional.empty()))
                        .toList(),
                sessions.stream().map(s -> groups.of(s.id())).toList());
        return new Evaluation(estimates, 1.3, groups, List.of(rival));
    }

    private static JsonNode json(Evaluation evaluation) {
        return new ObjectMapper().valueToTree(EvaluationSummary.of(evaluation));
    }

    @Test
    void densityIsPerSquareMetreOnTheGroundAtTheTruth() {
        Session session = LevelSessions.of("s", new GeoPoint(45.4, 8.5), 60);
        double east = PLANE.east(8.5) - 1000;
        double north = PLANE.north(45.4) + 5000;

        Evaluation evaluation = new Evaluation(
                List.of(estimate(session, east, north)),
                1,
                new SessionGroups(List.of(session), GroupBy.SOURCE),
                List.of());

        // Per square metre of the model's plane, and how many of these a square metre at the truth is.
        double a = 1000.0 / 4000;
        double b = -5000.0 / 9000;
        double near =
                Math.exp(-(a * a - 0.6 * a * b + b * b) / (2 * 0.91)) / (2 * Math.PI * 4000 * 9000 * Math.sqrt(0.91));
        double far = Math.exp(-(19_000.0 * 19_000 + 5000.0 * 5000) / (2 * 5000.0 * 5000)) / (2 * Math.PI * 5000 * 5000);
        LocalPlane truth = new LocalPlane(45.4, 8.5);
        double squeeze = PLANE.metresPerDegreeEast()
                * PLANE.metresPerDegreeNorth()
                / (truth.metresPerDegreeEast() * truth.metresPerDegreeNorth());
        assertThat(squeeze).isGreaterThan(1.005);
        double expected = -Math.log((0.75 * near + 0.25 * far) * squeeze);
        assertThat((double) EvaluationSummary.of(evaluation).get("nll_density")).isCloseTo(expected, within(1e-9));
        assertThat(evaluation.metrics().nllDensity()).isCloseTo(expected, within(1e-9));
    }

    @Test
    void eachNumberHasItsIntervalBesideIt() {
        JsonNode json = json(evaluation(LevelSessions.random(40, 1), GroupBy.SOURCE, true));

        assertThat(json.get("sessions").asInt()).isEqualTo(40);
        assertThat(json.get("groups").asInt()).isEqualTo(40);
        JsonNode rival = json.get("baselines").get("rival");
        for (String error : ERRORS) {
            assertHolds(
                    json.get("error_m").get("interval_90").get(error),
                    json.get("error_m").get(error));
            assertHolds(rival.get("interval_90").get(error), rival.get(error));
        }
        assertHolds(json.get("interval_90").get("nll_density"), json.get("nll_density"));
        assertHolds(rival.get("interval_90").get("nll_density"), rival.get("nll_density"));
        assertThat(rival.get("nll_density").asDouble()).isEqualTo(21);
        for (String region : REGIONS) {
            assertHolds(
                    json.get("interval_90").get("coverage").get(region),
                    json.get("coverage").get(region));
            assertThat(json.get("area_km2").get(region).asDouble()).isPositive();
        }
        assertThat(rival.get("coverage").toString()).isEqualTo("{\"50\":0.0,\"68\":1.0,\"90\":1.0,\"95\":1.0}");
        assertThat(rival.get("area_km2").toString()).isEqualTo("{\"50\":1.0,\"68\":2.0,\"90\":3.0,\"95\":4.0}");
        assertThat(json.get("better_than").get("rival").asDouble()).isBetween(0.0, 1.0);
    }

    private static void assertHolds(JsonNode interval, JsonNode number) {
        assertThat(interval).hasSize(2);
        assertThat(number.asDouble())
                .isBetween(interval.get(0).asDouble() - 1e-9, interval.get(1).asDouble() + 1e-9);
    }

    @Test
    void aRivalWithoutAPosteriorHasErrorsAlone() {
        JsonNode rival = json(evaluation(LevelSessions.random(10, 2), GroupBy.SESSION, false))
                .get("baselines")
                .get("rival");

        assertThat(rival.fieldNames()).toIterable().containsExactly("p50", "p68", "p90", "p95", "rmse", "interval_90");
        assertThat(rival.get("interval_90").fieldNames()).toIterable().containsExactlyElementsOf(ERRORS);
    }

    @Test
    void whatIsOfOneGroupHasNoInterval() {
        Session one = LevelSessions.of("one", new GeoPoint(45.1, 8.1), 60);
        JsonNode json = json(evaluation(List.of(one), GroupBy.SOURCE, true));

        assertThat(json.get("groups").asInt()).isEqualTo(1);
        assertThat(json.get("error_m").get("interval_90").isNull()).isTrue();
        assertThat(json.get("interval_90").isNull()).isTrue();
        assertThat(json.get("better_than").get("rival").isNull()).isTrue();
    }

    @Test
    void aDensityOfNothingAtTheTruthIsNullInJson() {
        List<Session> sessions = LevelSessions.random(3, 4);
        SessionGroups groups = new SessionGroups(sessions, GroupBy.SESSION);
        MethodResult sure = new MethodResult(
                "sure",
                "Sure",
                sessions.stream()
                        .map(s -> new Answer(
                                1, Optional.of(new Belief(Double.NEGATIVE_INFINITY, 1, List.of(1.0, 1.0, 1.0, 1.0)))))
                        .toList(),
                sessions.stream().map(s -> groups.of(s.id())).toList());
        List<Estimate> estimates = sessions.stream().map(s -> estimate(s, 0, 0)).toList();

        JsonNode json = json(new Evaluation(estimates, 1, groups, List.of(sure)))
                .get("baselines")
                .get("sure");

        assertThat(json.get("nll_density").isNull()).isTrue();
        assertThat(json.toString()).doesNotContain("Infinity").doesNotContain("NaN");
    }
}
