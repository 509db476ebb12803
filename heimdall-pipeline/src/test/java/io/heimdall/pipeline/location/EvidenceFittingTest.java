package io.heimdall.pipeline.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.dataset.Bearing;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.export.Location;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.output.NormalDistribution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sessions of a normal density and of bearings, of which some say that they are surer than they are. */
class EvidenceFittingTest {
    private static final LocalPlane PLANE = new LocalPlane(45, 8);
    private static final double BEARING_SIGMA = 3;
    private static final double LEVEL_SIGMA_M = 15_000;
    private static final List<Station> STATIONS = List.of(
            new Station("Torino", new GeoPoint(45.07, 7.69)),
            new Station("Milano", new GeoPoint(45.46, 9.19)),
            new Station("Genova", new GeoPoint(44.41, 8.93)));

    private final Map<String, Location> levels = new HashMap<>();

    /**
     * Returns sessions of places of their own.
     *
     * @param lie how many times larger the errors of the levels are than their density says
     * @param askewDegrees that the antenna of Milano is turned by
     */
    private List<SessionEvidence> sessions(String name, int count, double lie, double askewDegrees) {
        Random random = new Random(name.hashCode());
        List<SessionEvidence> sessions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double east = 40_000 * random.nextGaussian();
            double north = 40_000 * random.nextGaussian();
            GeoPoint source = new GeoPoint(PLANE.latitudeOf(north), PLANE.longitudeOf(east));
            List<Measurement> measurements = new ArrayList<>();
            for (Station station : STATIONS) {
                double error =
                        BEARING_SIGMA * random.nextGaussian() + (station.name().equals("Milano") ? askewDegrees : 0);
                double degrees =
                        SessionDelays.site(station).azimuthDegrees(source.latitude(), source.longitude()) + error;
                measurements.add(Measurement.bearing(station, new Bearing((degrees + 720) % 360, BEARING_SIGMA)));
            }
            Session session =
                    new Session(name + i, "", Optional.of(source), 145_500_000, false, Optional.empty(), measurements);
            double e = east + lie * LEVEL_SIGMA_M * random.nextGaussian();
            double n = north + lie * LEVEL_SIGMA_M * random.nextGaussian();
            levels.put(
                    session.id(),
                    new Location(
                            PLANE.latitudeOf(n),
                            PLANE.longitudeOf(e),
                            LEVEL_SIGMA_M / PLANE.metresPerDegreeNorth(),
                            LEVEL_SIGMA_M / PLANE.metresPerDegreeEast(),
                            PLANE,
                            new NormalDistribution(e, n, LEVEL_SIGMA_M, LEVEL_SIGMA_M, 0)));
            sessions.add(new SessionDelays(
                            key -> {
                                throw new AssertionError("there are no recordings");
                            },
                            LocationOptions.defaults())
                    .of(session));
        }
        return sessions;
    }

    @Test
    void evidenceThatSaysTooMuchLosesItsSay() {
        List<SessionEvidence> training = sessions("t", 30, 1, 7);
        List<SessionEvidence> validation = sessions("v", 60, 3, 7);
        FittedEvidence fitted = new EvidenceFitting(levels).fit(training, validation);
        // Errors three times as large have a ninth of the precision.
        assertThat(fitted.exponents().levels()).isBetween(0.03, 0.3);
        assertThat(fitted.exponents().bearings()).isBetween(0.7, 1.35);
        assertThat(fitted.exponents().delays()).isEqualTo(1);
        StationError milano = fitted.corrections().bearingErrors().get("Milano");
        assertThat(milano.value()).isCloseTo(7, within(2.0));
        assertThat(milano.sigma()).isBetween(0.3, 1.0);
        assertThat(fitted.folds()).isEmpty();
        assertThat(fitted.facts())
                .containsKeys("exponents", "bearings of Milano")
                .hasSize(4);

        // The product is better with them than without.
        FusedLocator plain = new FusedLocator(LocationOptions.defaults(), FittedEvidence.NONE);
        FusedLocator better = new FusedLocator(LocationOptions.defaults(), fitted);
        double gained = 0;
        for (SessionEvidence session : sessions("u", 15, 3, 7)) {
            gained += logDensity(better, session) - logDensity(plain, session);
        }
        assertThat(gained / 15).isGreaterThan(0.5);
    }

    private double logDensity(FusedLocator locator, SessionEvidence session) {
        GeoPoint source = session.session().source().orElseThrow();
        LocatedSession located =
                locator.locate(session, Optional.of(levels.get(session.session().id())));
        LocalPlane plane = located.posterior().plane();
        return located.posterior()
                .posterior()
                .logDensity(plane.east(source.longitude()), plane.north(source.latitude()));
    }

    @Test
    void honestEvidenceIsTakenAsItIs() {
        FittedEvidence fitted = new EvidenceFitting(levels).fit(List.of(), sessions("h", 80, 1, 0));
        assertThat(fitted.exponents().levels()).isBetween(0.65, 1.4);
        assertThat(fitted.exponents().bearings()).isBetween(0.75, 1.3);
        assertThat(fitted.corrections()).isEqualTo(StationCorrections.NONE);
    }

    @Test
    void fewSessionsTellNoExponent() {
        FittedEvidence fitted = new EvidenceFitting(levels).fit(List.of(), sessions("f", ExponentFit.ENOUGH - 1, 3, 0));
        assertThat(fitted.exponents()).isEqualTo(EvidenceExponents.ONES);
    }

    @Test
    void aFoldKnowsNothingOfItsOwnSessions() {
        List<SessionEvidence> sessions = new ArrayList<>(sessions("a", 12, 1, 20));
        sessions.addAll(sessions("b", 12, 1, -20));
        FittedEvidence fitted = new EvidenceFitting(levels)
                .fit(sessions, session -> session.id().startsWith("a") ? 0 : 1, 2);
        assertThat(fitted.folds()).hasSize(2);
        assertThat(milano(fitted.outside(0))).isCloseTo(-20, within(3.0));
        assertThat(milano(fitted.outside(1))).isCloseTo(20, within(3.0));
        assertThat(EvidenceMetadata.parse(EvidenceMetadata.text(fitted))).isEqualTo(fitted);
    }

    private static double milano(FittedEvidence fitted) {
        return fitted.corrections().bearingErrors().get("Milano").value();
    }

    @Test
    void metadataIsReadAsItWasWritten() {
        FittedEvidence fitted = new FittedEvidence(
                new EvidenceExponents(0.1 + 0.2, 2, 0),
                new StationCorrections(
                        Map.of("A", new StationError(-1e-6 / 3, 1e-8, 5)),
                        List.of(new StationCorrections.ClockPair("A", "B", 2e-6 / 3, 3e-8)),
                        Map.of()));
        Map<String, String> metadata = Map.of(EvidenceMetadata.KEY, EvidenceMetadata.text(fitted));
        assertThat(EvidenceMetadata.in(metadata)).contains(fitted);
        assertThat(EvidenceMetadata.in(Map.of())).isEmpty();
        assertThat(EvidenceMetadata.json(fitted)).containsKeys("exponents", "clocks", "clock_pairs", "bearings");
        assertThatThrownBy(() -> EvidenceMetadata.parse("{")).hasMessageContaining("'evidence' is no JSON");
        assertThatThrownBy(() -> EvidenceMetadata.parse("{\"exponents\":{\"levels\":\"much\"}}"))
                .hasMessageContaining("'levels' \"much\", expected a number");
        assertThatThrownBy(() -> new EvidenceExponents(1, -1, 1)).hasMessageContaining("-1.0");
    }
}
