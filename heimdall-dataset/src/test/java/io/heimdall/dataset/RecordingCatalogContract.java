package io.heimdall.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link RecordingCatalog} does, whatever is below. */
public abstract class RecordingCatalogContract {

    private RecordingCatalog catalog;

    /** An open catalogue without sessions. */
    protected abstract RecordingCatalog openEmpty() throws Exception;

    @BeforeEach
    void open() throws Exception {
        catalog = openEmpty();
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    @Test
    void anEmptyOneHasNothing() {
        assertThat(catalog.stations()).isEmpty();
        assertThat(catalog.sessions()).isEmpty();
        assertThat(catalog.session("x")).isEmpty();
    }

    @Test
    void givesBackASessionAsItWas() {
        Session session = Sessions.session("a 'quoted' id, ü");
        catalog.add(session);
        assertThat(catalog.session(session.id())).contains(session);
        assertThat(catalog.sessions()).containsExactly(session);
        assertThat(catalog.stations()).extracting(Station::name).containsExactly("Aquila di Giaveno", "Torino");
    }

    @Test
    void givesBackASessionOfWhichLittleIsKnown() {
        Session session = new Session(
                "bare",
                "",
                Optional.empty(),
                1,
                false,
                Optional.empty(),
                List.of(Sessions.measurement("bare", "Genova")));
        catalog.add(session);
        assertThat(catalog.session("bare")).contains(session);
    }

    @Test
    void onlyApprovedSessionsOfKnownPositionAreTrainingData() {
        catalog.add(Sessions.session("approved"));
        catalog.add(Sessions.session("not approved", "s", new GeoPoint(1, 2), false));
        catalog.add(Sessions.session("nowhere", "t", null, true));
        assertThat(catalog.sessions()).extracting(Session::id).containsExactly("approved");
        assertThat(catalog.allSessions())
                .extracting(Session::id)
                .containsExactly("approved", "not approved", "nowhere");
    }

    @Test
    void addingTheSameIdAgainReplacesTheSession() {
        Session old = Sessions.session("same");
        catalog.add(old);
        Session renewed = Sessions.session("same", "another source", new GeoPoint(-33, 151), false)
                .heardBy(List.of(old.measurements().get(1)));
        catalog.add(renewed);
        assertThat(catalog.session("same")).contains(renewed);
        assertThat(catalog.allSessions()).hasSize(1);
    }

    @Test
    void aSourceMayMoveBetweenSessions() {
        Session here = Sessions.session("here", "mobile", new GeoPoint(45, 7), true);
        Session there = Sessions.session("there", "mobile", new GeoPoint(46, 8), true);
        catalog.addAll(List.of(here, there));
        assertThat(catalog.sessions()).containsExactly(here, there);
    }

    @Test
    void streamsMoreSessionsThanFitOnAPageInOrderOfTheirIds() {
        List<Session> sessions =
                IntStream.range(0, 600).mapToObj(i -> Sessions.session("s" + i)).toList();
        catalog.addAll(sessions);
        assertThat(catalog.sessions())
                .containsExactlyElementsOf(sessions.stream()
                        .sorted(Comparator.comparing(Session::id))
                        .toList());
        assertThat(catalog.sessions().limit(3)).hasSize(3);
    }

    @Test
    void aBatchIsAddedWhollyOrNotAtAll() {
        Session good = Sessions.session("good");
        Session sharesItsRecording = Sessions.session("thief").heardBy(good.measurements());
        assertThatThrownBy(() -> catalog.addAll(List.of(good, sharesItsRecording)))
                .isInstanceOf(DatasetException.class);
        assertThat(catalog.allSessions()).isEmpty();
        assertThat(catalog.stations()).isEmpty();
    }

    @Test
    void aStationsNewPositionCounts() {
        catalog.add(Sessions.session("one"));
        Measurement measurement = Sessions.measurement("two", "Torino");
        Station moved = new Station("Torino", new GeoPoint(45.05, 7.68));
        Session two = Sessions.session("two").heardBy(List.of(measurement.from(moved.position())));
        catalog.add(two);
        assertThat(catalog.stations()).contains(moved).hasSize(2);
        assertThat(catalog.sessions()).as("each session where it was").containsExactly(Sessions.session("one"), two);
    }

    @Test
    void closingTwiceIsFine() {
        catalog.close();
        catalog.close();
        assertThatThrownBy(() -> catalog.stations()).isInstanceOf(DatasetException.class);
    }

    @Test
    void severalThreadsMayAddAtOnce() {
        IntStream.range(0, 40).parallel().forEach(i -> catalog.add(Sessions.session("s" + i)));
        assertThat(catalog.sessions()).hasSize(40);
    }

    @Test
    void filtersByIdDateBandAndStation() {
        Session early = Sessions.session("early");
        Session late = new Session(
                "late",
                "other",
                early.source(),
                433_000_000L,
                true,
                Optional.of(Sessions.START.plusSeconds(60)),
                List.of(Sessions.measurement("late", "Torino")));
        Session timeless = new Session(
                "timeless",
                "other",
                early.source(),
                433_000_001L,
                true,
                Optional.empty(),
                List.of(Sessions.measurement("timeless", "Genova")));
        Session unapproved = Sessions.session("unapproved", "s", new GeoPoint(1, 2), false);
        catalog.addAll(List.of(early, late, timeless, unapproved));
        SessionFilter all = SessionFilter.all();
        assertThat(catalog.sessions(all)).containsExactly(early, late, timeless);
        assertThat(catalog.sessions(all.withSessions(List.of("late", "unapproved", "none"))))
                .containsExactly(late);
        assertThat(catalog.sessions(all.with(Period.between(Sessions.START, Sessions.START.plusSeconds(60)))))
                .containsExactly(early);
        assertThat(catalog.sessions(
                        all.with(Period.between(Sessions.START.plusSeconds(60), Sessions.START.plusSeconds(61)))))
                .containsExactly(late);
        assertThat(catalog.sessions(all.with(Band.ofHz(430_000_000L, 433_000_000L))))
                .containsExactly(late);
        assertThat(catalog.sessions(all.withStations(List.of("Torino", "nobody"))))
                .containsExactly(early.heardBy(List.of(early.measurements().get(0))), late);
        assertThat(catalog.sessions(all.withStations(List.of("Torino")).with(Band.ofHz(433_000_001L, 433_000_001L))))
                .isEmpty();
    }

    @Test
    void filtersByOneEndOfPeriodAndBand() {
        Session early = Sessions.session("early");
        Session late = new Session(
                "late",
                early.sourceName(),
                early.source(),
                early.frequencyHz() + 1,
                true,
                Optional.of(Sessions.START.plusNanos(1)),
                List.of(Sessions.measurement("late", "Torino")));
        catalog.addAll(List.of(early, late));
        SessionFilter all = SessionFilter.all();
        Optional<Instant> then = late.start();
        assertThat(catalog.sessions(all.with(new Period(then, Optional.empty()))))
                .containsExactly(late);
        assertThat(catalog.sessions(all.with(new Period(Optional.empty(), then))))
                .containsExactly(early);
        OptionalLong hz = OptionalLong.of(late.frequencyHz());
        assertThat(catalog.sessions(all.with(new Band(hz, OptionalLong.empty()))))
                .containsExactly(late);
        assertThat(catalog.sessions(all.with(new Band(OptionalLong.empty(), OptionalLong.of(early.frequencyHz())))))
                .containsExactly(early);
    }

    @Test
    void whatAFilterNamesIsThereOrRefusedBesideWhatIs() {
        catalog.add(Sessions.session("good"));
        catalog.add(Sessions.session("not approved", "s", new GeoPoint(1, 2), false));
        catalog.add(Sessions.session("nowhere", "t", null, true));
        SessionFilter all = SessionFilter.all();
        catalog.check(all);
        catalog.check(all.withSessions(List.of("good")).withStations(List.of("Torino")));

        refused(
                all.withStations(List.of("Torino", "Turin")),
                "there is no station 'Turin'; the catalogue has Aquila di");
        refused(all.withSessions(List.of("good", "bad")), "there is no session 'bad'; the catalogue has good");
        refused(all.withSessions(List.of("x", "y", "good")), "there is no session 'x' (and 1 more of 3)");
        refused(all.withSessions(List.of("not approved")), "'not approved' is no training data: it is not approved");
        refused(all.withSessions(List.of("nowhere")), "the position of its source is not known");
        refused(all.withTrainingDataset("spring"), "there is no training dataset 'spring'; the catalogue has none");
        assertThatThrownBy(() -> catalog.sessions(all.withTrainingDataset("spring")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no training dataset 'spring'");
    }

    private void refused(SessionFilter filter, String why) {
        assertThatThrownBy(() -> catalog.check(filter))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void ofManyNamesThereAreTheFirstAreSaid() {
        catalog.addAll(
                IntStream.range(10, 50).mapToObj(i -> Sessions.session("s" + i)).toList());
        refused(SessionFilter.all().withSessions(List.of("t")), "s18, s19 and 30 more");
    }

    @Test
    void givesBackTheQualityAsItWasAndForgetsItWithTheRecording() {
        Session full = Sessions.measured(
                Sessions.session("full"), Sessions.quality(12.345678901234567, 0.25), Sessions.quality(Double.NaN, 0));
        Session half = Sessions.measured(Sessions.session("half"), null, Sessions.quality(-3, 1));
        catalog.addAll(List.of(full, half));
        assertThat(catalog.sessions()).containsExactly(full, half);
        assertThat(catalog.session("half")).contains(half);
        Session renewed = Sessions.measured(Sessions.session("full"), null, Sessions.quality(1, 0.5));
        catalog.add(renewed);
        assertThat(catalog.session("full")).contains(renewed);
    }

    @Test
    void givesBackThePartOfAFileAndForgetsItWithTheRecording() {
        Session whole = Sessions.session("whole");
        Session parts = Sessions.session("parts");
        parts = parts.heardBy(List.of(
                Sessions.part(parts.measurements().get(0), new RecordingPart(3, 0, Optional.of("Köln, \"2\""))),
                Sessions.part(parts.measurements().get(1), new RecordingPart(0, 17, Optional.empty()))));
        catalog.addAll(List.of(whole, parts));
        assertThat(catalog.sessions()).containsExactly(parts, whole);
        assertThat(catalog.session("parts")).contains(parts);
        Session renewed = Sessions.session("parts");
        catalog.add(renewed);
        assertThat(catalog.session("parts")).contains(renewed);
    }

    /** A session of a recording, a level alone, a bearing, and a station that heard nothing. */
    private static Session mixed(String id) {
        Session recorded = Sessions.session(id);
        Measurement recording = recorded.measurements().get(0).withClockSigma(1e-7);
        GeoPoint here = new GeoPoint(44.123456789012345, -8.000000000000001);
        return recorded.heardBy(List.of(
                Measurement.level(new Station("Genova", here), -91.123456789012345)
                        .at(Sessions.START.plusNanos(7))
                        .withClockSigma(0.25),
                recording,
                Measurement.silence(new Station("Milano", here)),
                Measurement.bearing(new Station("Novara", here), new Bearing(359.75, 2.5)),
                Measurement.level(new Station("Pavia", here), 3).withBearing(new Bearing(0, 180))));
    }

    @Test
    void givesBackLevelsBearingsClocksAndSilenceAsTheyWere() {
        Session mixed = mixed("mixed");
        Session levels = mixed("levels")
                .heardBy(List.of(
                        mixed.measurements().get(4), mixed.measurements().get(0)));
        catalog.addAll(List.of(mixed, levels));
        assertThat(catalog.sessions()).containsExactly(levels, mixed);
        assertThat(catalog.session("levels")).contains(levels);
        catalog.add(mixed);
        assertThat(catalog.session("mixed")).contains(mixed);
        Session recorded = Sessions.session("levels");
        catalog.add(recorded);
        assertThat(catalog.session("levels")).contains(recorded);
    }

    @Test
    void whatNobodyHeardIsNoTrainingData() {
        Session mixed = mixed("heard");
        Session silent = mixed("silent").heardBy(List.of(mixed.measurements().get(2)));
        catalog.addAll(List.of(mixed, silent));
        assertThat(catalog.sessions()).containsExactly(mixed);
        assertThat(catalog.allSessions()).containsExactly(mixed, silent);
        assertThat(catalog.sessions(SessionFilter.all().withStations(List.of("Milano"))))
                .isEmpty();
        List<Measurement> two =
                List.of(mixed.measurements().get(2), mixed.measurements().get(3));
        assertThat(catalog.sessions(SessionFilter.all().withStations(List.of("Milano", "Novara"))))
                .containsExactly(mixed.heardBy(two));
        assertThat(catalog.sessions(SessionFilter.all().with(QualityLimits.ofSnrDb(-100))))
                .as("nothing was measured of a level")
                .isEmpty();
    }

    @Test
    void aStationMayBeElsewhereInEachSession() {
        List<Session> sessions = IntStream.range(0, 20)
                .mapToObj(i -> Sessions.session("s" + (10 + i))
                        .heardBy(List.of(Measurement.level(
                                new Station("bus", new GeoPoint(45 + i / 100.0, 7.5)), -70 - i))))
                .toList();
        catalog.addAll(sessions);
        assertThat(catalog.sessions()).containsExactlyElementsOf(sessions);
        assertThat(catalog.stations()).hasSize(1);
    }

    @Test
    void filtersByQualityAndTakesWhatWasNotMeasuredForNotGoodEnough() {
        Session good =
                Sessions.measured(Sessions.session("good"), Sessions.quality(10, 0.001), Sessions.quality(9.99, 0.001));
        Session clipped = Sessions.measured(Sessions.session("clipped"), Sessions.quality(30, 0.002), null);
        Session silent = Sessions.measured(Sessions.session("silent"), Sessions.quality(Double.NaN, 0), null);
        catalog.addAll(List.of(good, clipped, silent));
        SessionFilter all = SessionFilter.all();
        assertThat(catalog.sessions(all.with(QualityLimits.ofSnrDb(10))))
                .containsExactly(
                        clipped.heardBy(clipped.measurements().subList(0, 1)),
                        good.heardBy(good.measurements().subList(0, 1)));
        assertThat(catalog.sessions(all.with(QualityLimits.ofClippedShare(0.001))))
                .containsExactly(good, silent.heardBy(silent.measurements().subList(0, 1)));
        assertThat(catalog.sessions(all.with(new QualityLimits(OptionalDouble.of(10), OptionalDouble.of(0.001)))))
                .containsExactly(good.heardBy(good.measurements().subList(0, 1)));
        assertThat(catalog.sessions(all.with(QualityLimits.ofSnrDb(31)))).isEmpty();
    }

    @Test
    void limitsOfQualityLeaveSilenceAndTakeLevelsAway() {
        Session loud = Sessions.measured(Sessions.session("loud"), Sessions.quality(20, 0), Sessions.quality(5, 0));
        Measurement silence = Measurement.silence(new Station("Novara", new GeoPoint(45.44, 8.62)));
        Measurement level = Measurement.level(new Station("Milano", new GeoPoint(45.46, 9.19)), -80);
        Measurement recording = loud.measurements().get(0);
        catalog.addAll(
                List.of(loud.heardBy(List.of(recording, loud.measurements().get(1), silence, level))));
        Session left = loud.heardBy(List.of(recording, silence));
        SessionFilter all = SessionFilter.all();

        assertThat(catalog.sessions(all.with(QualityLimits.ofSnrDb(10)))).containsExactly(left);
        assertThat(catalog.sessions(all.with(new QualityLimits(OptionalDouble.of(10), OptionalDouble.of(0.001)))))
                .containsExactly(left);
        assertThat(catalog.sessions(all.with(QualityLimits.ofSnrDb(30)))).isEmpty();
    }

    @Test
    void aStreamThatIsNotReadToItsEndHoldsNothing() {
        catalog.addAll(
                IntStream.range(0, 300).mapToObj(i -> Sessions.session("s" + i)).toList());
        for (int i = 0; i < 40; i++) {
            assertThat(catalog.sessions().limit(2)).hasSize(2);
        }
    }
}
