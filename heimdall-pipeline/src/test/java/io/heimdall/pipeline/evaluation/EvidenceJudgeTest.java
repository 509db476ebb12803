package io.heimdall.pipeline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.dataset.Bearing;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.dataset.split.FoldRule;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.export.Location;
import io.heimdall.export.ModelDescription;
import io.heimdall.localization.evidence.Site;
import io.heimdall.localization.region.GroundRegion;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Networks;
import io.heimdall.model.output.AffineMap;
import io.heimdall.model.output.NormalDistribution;
import io.heimdall.model.output.PlaneScale;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.data.Ensemble;
import io.heimdall.pipeline.input.SetProducer;
import io.heimdall.pipeline.location.EvidenceExponents;
import io.heimdall.pipeline.location.EvidenceMetadata;
import io.heimdall.pipeline.location.FittedEvidence;
import io.heimdall.pipeline.location.SessionEvidences;
import io.heimdall.pipeline.location.StationCorrections;
import io.heimdall.pipeline.location.StationError;
import io.heimdall.pipeline.prediction.Estimate;
import io.heimdall.pipeline.prediction.OutOfFold;
import io.heimdall.pipeline.report.HtmlReport;
import io.heimdall.pipeline.report.Report;
import io.heimdall.pipeline.report.Reports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceJudgeTest {
    private static final LocalPlane PLANE = new LocalPlane(45, 8);
    private static final double LEVEL_SIGMA_M = 20_000;
    private static final double ASKEW = 30;
    private static final List<Station> STATIONS =
            List.of(new Station("a", new GeoPoint(45, 7.5)), new Station("b", new GeoPoint(45.4, 8)));

    @TempDir
    Path folder;

    private final Random random = new Random(5);

    /** Returns a session of a place of its own; the antenna of the first station is mounted askew. */
    private Session session(String id, boolean bearings) {
        GeoPoint source = new GeoPoint(44.9 + 0.2 * random.nextDouble(), 7.9 + 0.2 * random.nextDouble());
        List<Measurement> measurements = new ArrayList<>();
        for (Station station : STATIONS) {
            Measurement level = Measurement.level(station, -80);
            Site site = new Site(
                    station.name(),
                    station.position().latitude(),
                    station.position().longitude());
            double degrees = site.azimuthDegrees(source.latitude(), source.longitude())
                    + random.nextGaussian()
                    + (station.name().equals("a") ? ASKEW : 0);
            measurements.add(bearings ? level.withBearing(new Bearing((degrees + 720) % 360, 1)) : level);
        }
        return new Session(id, id, Optional.of(source), 145_500_000, true, Optional.empty(), measurements);
    }

    private Estimate estimate(Session session) {
        GeoPoint source = session.source().orElseThrow();
        double east = PLANE.east(source.longitude()) + LEVEL_SIGMA_M * random.nextGaussian();
        double north = PLANE.north(source.latitude()) + LEVEL_SIGMA_M * random.nextGaussian();
        Location location = new Location(
                PLANE.latitudeOf(north),
                PLANE.longitudeOf(east),
                LEVEL_SIGMA_M / PLANE.metresPerDegreeNorth(),
                LEVEL_SIGMA_M / PLANE.metresPerDegreeEast(),
                PLANE,
                new NormalDistribution(east, north, LEVEL_SIGMA_M, LEVEL_SIGMA_M, 0));
        return new Estimate(session.id(), session.id(), session.source(), List.of(), location);
    }

    private static FittedEvidence corrected(double degrees) {
        return new FittedEvidence(
                EvidenceExponents.ONES,
                new StationCorrections(Map.of(), List.of(), Map.of("a", new StationError(degrees, 0.1, 9))));
    }

    private static ModelDescription description(Map<String, String> extra) {
        InputSpec input = new SetProducer().example();
        NetworkSpec network = Networks.named("set").network(input);
        return new ModelDescription(
                input.reading(network.inputs()),
                network.output(),
                new PlaneScale(PLANE, AffineMap.scaling(50_000)),
                1,
                "0".repeat(32),
                extra);
    }

    private static OutOfFold single(FittedEvidence fitted) {
        return new OutOfFold(
                description(Map.of(EvidenceMetadata.KEY, EvidenceMetadata.text(fitted))), Optional.empty());
    }

    private static Evaluation judged(OutOfFold model, List<Session> sessions, List<Estimate> estimates) {
        SessionEvidences measured = new SessionEvidences(key -> {
            throw new AssertionError("there are no recordings");
        });
        EvidenceJudge judge = new EvidenceJudge(model, measured, GroupBy.SOURCE, PipelineListener.NONE);
        return new Evaluation(
                estimates,
                sessions,
                Collections.nCopies(estimates.size(), 1.0),
                new SessionGroups(sessions, GroupBy.SOURCE),
                List.of(),
                Collections.nCopies(estimates.size(), OptionalDouble.empty()),
                network -> judge.judge(sessions, estimates, network));
    }

    @Test
    void eachKindIsJudgedOnTheSessionsThatHaveItAndAllOnAll() {
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            sessions.add(session("s" + i, i % 4 != 0));
        }
        List<Estimate> estimates = sessions.stream().map(this::estimate).toList();
        Evaluation evaluation = judged(single(corrected(ASKEW)), sessions, estimates);

        JsonNode json = new ObjectMapper().valueToTree(EvaluationSummary.of(evaluation));
        JsonNode by = json.get("by_evidence");
        assertThat(by.fieldNames()).toIterable().containsExactly("levels", "bearings", "all");
        assertThat(by.get("levels").get("error_m").get("p50").asDouble())
                .isEqualTo(json.get("error_m").get("p50").asDouble());
        assertThat(by.get("levels").get("coverage")).isEqualTo(json.get("coverage"));
        assertThat(by.get("bearings").get("sessions").asInt()).isEqualTo(9);
        assertThat(by.get("bearings").get("groups").asInt()).isEqualTo(9);
        assertThat(by.get("bearings").get("error_m").get("p90").asDouble()).isLessThan(5000);
        assertThat(by.get("bearings").get("error_m").get("interval_90").has("p50"))
                .isTrue();
        assertThat(by.get("bearings").get("interval_90").has("coverage")).isTrue();
        assertThat(by.get("all").get("sessions").asInt()).isEqualTo(12);
        // A session without a bearing is located by its levels.
        MethodResult all = evaluation.byEvidence().results().get(2).result();
        assertThat(all.answers().get(0))
                .isEqualTo(evaluation.network().answers().get(0));
        assertThat(all.answers().get(1).distance()).isLessThan(5000);
        assertThat(by.get("all").get("nll_density").asDouble())
                .isLessThan(by.get("levels").get("nll_density").asDouble() - 1);

        FusedSession drawn = evaluation.byEvidence().products().get("s1");
        assertThat(drawn.bearings()).hasSize(2);
        assertThat(drawn.regions()).extracting(GroundRegion::level).containsExactly(0.95, 0.9, 0.68, 0.5);
        assertThat(drawn.regions().get(0).polygons()).allSatisfy(polygon -> {
            assertThat(polygon.outer()).hasSizeBetween(4, 62);
            assertThat(polygon.outer().get(0))
                    .isEqualTo(polygon.outer().get(polygon.outer().size() - 1));
        });
        assertThat(evaluation.byEvidence().products()).hasSize(9);
        // Without the correction the antenna's error is in the way.
        MethodResult askew = judged(single(FittedEvidence.NONE), sessions, estimates)
                .byEvidence()
                .results()
                .get(1)
                .result();
        assertThat(askew.error().p50()).isGreaterThan(8000);
    }

    @Test
    void theReportHasBandsAndWedgesOfASession() throws IOException {
        Session session = session("s", true);
        Evaluation evaluation = judged(single(corrected(ASKEW)), List.of(session), List.of(estimate(session)));
        Report report = Reports.of("test", evaluation, List.of(), Map.of(), List.of(), STATIONS);
        assertThat(report.methods()).extracting(Report.Method::name).contains("All evidence", "Bearings alone");
        HtmlReport.write(folder.resolve("report.html"), report);
        assertThat(Files.readString(folder.resolve("report.html")))
                .contains("\"products\":[{\"session\":0,", "\"name\":\"bearing a\"", "function strips(");
    }

    @Test
    void theDensityIsPerSquareMetreAtTheTruth() {
        Session session = session("s", true);
        Estimate estimate = estimate(session);
        // Bearings that have no say leave the density of the levels.
        FittedEvidence levels = new FittedEvidence(new EvidenceExponents(1, 1, 0), StationCorrections.NONE);
        Evaluation evaluation = judged(single(levels), List.of(session), List.of(estimate));
        MethodResult all = evaluation.byEvidence().results().get(2).result();
        assertThat(all.nllDensity()).isCloseTo(evaluation.network().nllDensity(), within(0.1)); // of cells
        assertThat(all.answers().get(0).distance())
                .isCloseTo(evaluation.network().answers().get(0).distance(), within(100.0));
    }

    @Test
    void levelsAloneAreNotJudgedTwice() {
        Session session = session("s", false);
        Evaluation evaluation = judged(single(FittedEvidence.NONE), List.of(session), List.of(estimate(session)));
        assertThat(evaluation.byEvidence()).isEqualTo(ByEvidence.NONE);
        assertThat(EvaluationSummary.of(evaluation)).doesNotContainKey("by_evidence");
    }

    @Test
    void aSessionOfAnEnsembleIsCorrectedByTheOtherFolds() {
        FoldRule rule = FoldRule.parse("by=source seed=1 folds=2");
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; sessions.size() < 4; i++) {
            Session one = session("s" + i, true);
            if (rule.of(one) == 1) {
                sessions.add(one);
            }
        }
        FittedEvidence all = new FittedEvidence(
                EvidenceExponents.ONES, StationCorrections.NONE, List.of(corrected(-ASKEW), corrected(ASKEW)));
        OutOfFold model = new OutOfFold(
                description(Map.of(EvidenceMetadata.KEY, EvidenceMetadata.text(all))),
                Optional.of(Ensemble.plain(rule)));
        Evaluation evaluation =
                judged(model, sessions, sessions.stream().map(this::estimate).toList());
        assertThat(evaluation.byEvidence().results().get(1).result().error().p50())
                .isLessThan(5000);
    }
}
