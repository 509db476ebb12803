package io.heimdall.pipeline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.dataset.Bearing;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Level;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.QualityLimits;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.dataset.Station;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.dataset.split.SplitRule;
import io.heimdall.model.metrics.ErrorQuantiles;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.data.SplitSessions;
import io.heimdall.simulation.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LevelMethodsTest {
    private static final List<Session> TRAINING = LevelSessions.random(300, 1);
    private static final List<Session> TEST = LevelSessions.random(60, 2);
    private static final SplitSessions SPLIT =
            new SplitSessions(SplitRule.of(GroupBy.SOURCE, 1), TRAINING, List.of(), TEST);

    @Test
    void pathLossFindsTheLawThatMadeTheLevels() {
        PathLoss loss = PathLoss.fit(TRAINING);

        assertThat(loss.exponent()).isCloseTo(LevelSessions.EXPONENT, within(0.02));
        LevelSessions.GAINS_DB.forEach((station, gain) ->
                assertThat(loss.gains().get(station)).as(station).isCloseTo(gain, within(0.2)));
    }

    @Test
    void multilaterationFindsThePlaceWhereNothingIsRandom() {
        RssMultilateration method = RssMultilateration.fit(TRAINING);

        ErrorQuantiles errors = ErrorQuantiles.of(method.distances(TEST));

        assertThat(errors.p50()).isLessThan(600);
        assertThat(errors.p95()).isLessThan(3_000);
    }

    @Test
    void multilaterationAnswersForASingleStation() {
        Session all = TEST.get(0);
        Session one = all.heardBy(all.measurements().subList(0, 1));

        GeoPoint place = RssMultilateration.fit(TRAINING).locate(one);

        assertThat(place.latitude()).isBetween(44.0, 46.0);
    }

    @Test
    void fingerprintsTakeTheNeighbourAndNeverTheSessionItself() {
        List<Session> training = List.of(
                LevelSessions.of("west", new GeoPoint(45.0, 7.4), 60),
                LevelSessions.of("east", new GeoPoint(45.3, 8.8), 60));
        NearestFingerprints method = NearestFingerprints.fit(training, GroupBy.SOURCE);

        GeoPoint nearWest = method.locate(LevelSessions.of("new", new GeoPoint(45.01, 7.41), 75));
        GeoPoint itself = method.locate(training.get(0));

        assertThat(nearWest.longitude()).isCloseTo(7.4, within(0.01));
        assertThat(itself.longitude()).isCloseTo(8.8, within(0.01));
    }

    @Test
    void fingerprintsAreBetterThanTheCentroidAndThatThanNothing() {
        double centroid = median(WeightedCentroid.byAmplitude());
        double fingerprints = median(NearestFingerprints.fit(TRAINING, GroupBy.SOURCE));
        double plainMean = median(new WeightedCentroid(0));

        assertThat(fingerprints).isLessThan(centroid);
        assertThat(centroid).isLessThan(plainMean);
    }

    @Test
    void centroidOfAllTheSameWeightIsTheStationsMean() {
        Session session = TEST.get(0);

        GeoPoint place = new WeightedCentroid(0).locate(session);

        double mean = session.measurements().stream()
                .mapToDouble(m -> m.station().position().longitude())
                .average()
                .orElseThrow();
        assertThat(place.longitude()).isCloseTo(mean, within(1e-9));
    }

    @Test
    void distanceIsMeasuredOnTheGroundAtTheTruth() {
        double north = Answer.distance(new GeoPoint(45, 8), new GeoPoint(45.01, 8));
        double east = Answer.distance(new GeoPoint(45, 179.99), new GeoPoint(45, -179.99));

        assertThat(north).isCloseTo(1111.3, within(0.5)); // WGS 84: 111 132 m a degree at 45 N
        assertThat(east).isCloseTo(0.02 * 78_847, within(1.0));
    }

    @Test
    void evaluatorHasTheBoundInASimulatedWorldOnly() {
        assertThat(Evaluator.trainedOn(SPLIT, Optional.empty(), SessionFilter.all(), PipelineListener.NONE)
                        .methods())
                .extracting(LevelMethod::id)
                .containsExactly("weighted_centroid", "rss_multilateration", "knn", "fitted_law", "radio_map");
        assertThat(Evaluator.trainedOn(SPLIT, Optional.of(World.rss()), SessionFilter.all(), PipelineListener.NONE)
                        .methods())
                .extracting(LevelMethod::id)
                .contains("bayes");
    }

    @Tag("slow")
    @Test
    void boundKnowsWhichStationsWereLeftOut() {
        SessionFilter two = SessionFilter.all().withStations(List.of("Torino", "Genova"));
        List<Session> some =
                List.of(levels("x", Map.of("Torino", -60.0, "Genova", -80.0)), levels("y", Map.of("Genova", -70.0)));
        double[] knowing = bound(two).distances(some);

        assertThat(knowing)
                .containsExactly(new BayesPosterior(World.rss().withStations(two.stations())).distances(some))
                .isNotEqualTo(new BayesPosterior(World.rss()).distances(some));
        SessionFilter loud = SessionFilter.all().with(QualityLimits.ofSnrDb(10));
        assertThat(Evaluator.trainedOn(SPLIT, Optional.of(World.rss()), loud, PipelineListener.NONE)
                        .methods())
                .as("of what was left out by its quality the posterior knows nothing")
                .extracting(LevelMethod::id)
                .doesNotContain("bayes");
    }

    @Test
    void silenceAndBearingsChangeNoPlace() {
        Session session = TEST.get(0);
        List<Measurement> more = new ArrayList<>(session.measurements());
        more.add(0, Measurement.silence(new Station("Silent", new GeoPoint(40, 1))));
        more.add(Measurement.bearing(new Station("Bearing", new GeoPoint(50, 20)), new Bearing(90, 3)));
        Session with = session.heardBy(more);
        for (LevelMethod method : List.of(
                WeightedCentroid.byAmplitude(),
                RssMultilateration.fit(TRAINING),
                NearestFingerprints.fit(TRAINING, GroupBy.SOURCE))) {
            assertThat(method.locate(with)).as(method.id()).isEqualTo(method.locate(session));
        }
    }

    @Test
    void theLawIsFittedToWhereAStationStoodInEachSession() {
        List<Session> still = LevelSessions.random(60, 11);
        List<Session> moved = new ArrayList<>();
        for (Session session : still) {
            // A car with a gain of -3 dB, 10 km from the source in each session.
            GeoPoint source = session.source().orElseThrow();
            GeoPoint here = new GeoPoint(source.latitude() + 0.09, source.longitude());
            Level one = session.levels().get(0);
            double powerDb = one.decibels()
                    - LevelSessions.GAINS_DB.get(one.station().name())
                    + lossDb(source, one.station().position());
            List<Measurement> heard = new ArrayList<>(session.measurements());
            heard.add(Measurement.level(new Station("car", here), powerDb - 3 - lossDb(source, here)));
            moved.add(session.heardBy(heard));
        }
        PathLoss law = PathLoss.fit(moved);
        assertThat(law.exponent()).isCloseTo(LevelSessions.EXPONENT, within(0.02));
        double relative = law.gains().get("car") - law.gains().get("A");
        assertThat(relative).isCloseTo(-3 - LevelSessions.GAINS_DB.get("A"), within(0.2));
    }

    private static double lossDb(GeoPoint source, GeoPoint station) {
        return 10 * LevelSessions.EXPONENT * Math.log10(source.distanceMetres(station));
    }

    private static Session levels(String id, Map<String, Double> levelsDb) {
        return new Session(
                id,
                id,
                Optional.of(new GeoPoint(45, 8)),
                145_000_000,
                true,
                Optional.empty(),
                levelsDb.entrySet().stream()
                        .map(heard ->
                                Measurement.level(new Station(heard.getKey(), new GeoPoint(45, 8)), heard.getValue()))
                        .toList());
    }

    private static LevelMethod bound(SessionFilter judged) {
        return Evaluator.trainedOn(SPLIT, Optional.of(World.rss()), judged, PipelineListener.NONE).methods().stream()
                .filter(method -> method.id().equals("bayes"))
                .findFirst()
                .orElseThrow();
    }

    private static double median(LevelMethod method) {
        return ErrorQuantiles.of(method.distances(TEST)).p50();
    }
}
