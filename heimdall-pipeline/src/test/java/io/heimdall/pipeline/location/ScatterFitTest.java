package io.heimdall.pipeline.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.dataset.Bearing;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.features.delay.DelayEstimate;
import io.heimdall.localization.evidence.Propagation;
import io.heimdall.localization.evidence.Site;
import io.heimdall.localization.evidence.TimeDifference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sessions of known sources, with clocks of 100 ns. */
class ScatterFitTest {
    private static final double CLOCK = 1e-7;
    private static final List<Site> SITES = List.of(
            new Site("Torino", 45.07, 7.69),
            new Site("Milano", 45.46, 9.19),
            new Site("Genova", 44.41, 8.93),
            new Site("Cuneo", 44.39, 7.55),
            new Site("Novara", 45.45, 8.62));

    /** Returns the error of a station's clock in a session, seconds. */
    private interface Errors {
        double of(int session, int station, Random random);
    }

    private static double honest(Random random) {
        return CLOCK * random.nextGaussian();
    }

    private static List<SessionEvidence> sessions(int count, Errors errors) {
        return sessions(count, errors, (session, station) -> CLOCK);
    }

    /** Returns the sigma that a station's clock states in a session, seconds. */
    private interface Sigmas {
        double of(int session, int station);
    }

    private static List<SessionEvidence> sessions(int count, Errors errors, Sigmas sigmas) {
        Random random = new Random(7);
        List<SessionEvidence> sessions = new ArrayList<>();
        for (int s = 0; s < count; s++) {
            GeoPoint source = new GeoPoint(44.5 + random.nextDouble(), 7.8 + random.nextDouble());
            double[] arrival = new double[SITES.size()];
            double[] sigma = new double[SITES.size()];
            for (int i = 0; i < arrival.length; i++) {
                arrival[i] = Propagation.STRAIGHT.seconds(SITES.get(i).distanceM(source.latitude(), source.longitude()))
                        + errors.of(s, i, random);
                sigma[i] = sigmas.of(s, i);
            }
            sessions.add(session("s" + s, source, arrival, sigma));
        }
        return sessions;
    }

    private static SessionEvidence session(String id, GeoPoint source, double[] arrival, double[] sigma) {
        List<PairDelay> pairs = new ArrayList<>();
        for (int i = 0; i < arrival.length; i++) {
            for (int k = i + 1; k < arrival.length; k++) {
                pairs.add(new PairDelay(
                        SITES.get(i), SITES.get(k), estimate(arrival[i] - arrival[k], Math.hypot(sigma[i], sigma[k]))));
            }
        }
        Station listener = new Station("Torino", new GeoPoint(45.07, 7.69));
        Session session = new Session(
                id,
                "",
                Optional.of(source),
                145_500_000,
                false,
                Optional.empty(),
                List.of(Measurement.bearing(listener, new Bearing(0, 10))));
        List<StationUse> uses = SITES.stream()
                .map(site -> new StationUse(site, OptionalDouble.of(CLOCK), Optional.empty(), Optional.empty()))
                .toList();
        return new SessionEvidence(session, uses, pairs);
    }

    private static DelayEstimate estimate(double delay, double sigma) {
        double noise = 1e-9;
        return new DelayEstimate(delay, noise, 0, sigma, 0, 0, 1, 1e4, 0, Instant.EPOCH, 1, null);
    }

    private static StationCorrections corrections(List<SessionEvidence> sessions) {
        return KnownSessions.among(sessions, Propagation.STRAIGHT).all();
    }

    @Test
    void aStationOfEchoesIsToldFromTheOthers() {
        StationCorrections found = corrections(sessions(
                60, (session, station, random) -> honest(random) + (station == 0 ? 1e-6 * random.nextGaussian() : 0)));
        Map<String, StationError> scatters = found.clockScatters();
        StationError torino = scatters.get("Torino");
        assertThat(torino.value()).isCloseTo(1e-6, within(0.35e-6));
        assertThat(torino.sigma()).isLessThan(0.4e-6);
        assertThat(torino.sessions()).isEqualTo(60);
        assertThat(found.clearScatters()).containsOnlyKeys("Torino");
        assertThat(scatters.get("Milano").value()).isLessThan(0.3 * CLOCK);
        // Its delays have the scatter in their sigma, the others keep theirs.
        TimeDifference wide = found.corrected(new TimeDifference(SITES.get(1), SITES.get(0), 0, 1e-7));
        assertThat(wide.sigmaSeconds()).isCloseTo(Math.hypot(1e-7, torino.value()), within(0.05e-6));
        TimeDifference narrow = found.corrected(new TimeDifference(SITES.get(1), SITES.get(2), 0, 1e-7));
        assertThat(narrow.sigmaSeconds()).isCloseTo(1e-7, within(0.1e-7));
    }

    /** Most pairs then have a clock that says that it is bad, and hide every scatter. */
    @Test
    void badClocksThatSaySoDoNotHideEchoes() {
        double bad = 5e-3;
        Sigmas sigmas = (session, station) -> (session + 2 * station) % 5 < 2 ? bad : CLOCK;
        StationCorrections found = corrections(sessions(
                100,
                (session, station, random) -> sigmas.of(session, station) * random.nextGaussian()
                        + (station == 0 ? 1e-6 * random.nextGaussian() : 0),
                sigmas));
        assertThat(found.clockScatters().get("Torino").value()).isCloseTo(1e-6, within(0.4e-6));
        assertThat(found.clearScatters()).containsOnlyKeys("Torino");
    }

    /** The mean of such a station is less sure, too. */
    @Test
    void scatterWidensTheConstantError() {
        StationCorrections found = corrections(sessions(
                60, (session, station, random) -> honest(random) + (station == 0 ? 1e-6 * random.nextGaussian() : 0)));
        assertThat(found.clockErrors().get("Torino").sigma()).isBetween(0.06e-6, 0.3e-6);
        assertThat(found.clockErrors().get("Milano").sigma()).isLessThan(0.06e-6);
    }

    /** The root of the mean square of its errors would be 158 us. */
    @Test
    void oneWrongClockIsHardlyScatter() {
        StationCorrections found = corrections(
                sessions(40, (session, station, random) -> honest(random) + (session == 5 && station == 2 ? 1e-3 : 0)));
        assertThat(found.clockScatters().get("Genova").value()).isLessThan(2 * CLOCK);
        assertThat(found.clockScatters().get("Cuneo").value()).isLessThan(0.5 * CLOCK);
    }

    @Test
    void fewSessionsTellLittle() {
        assertThat(corrections(sessions(2, (session, station, random) -> honest(random)))
                        .clockScatters())
                .isEmpty();
        StationCorrections three = corrections(sessions(3, (session, station, random) -> honest(random)));
        assertThat(three.clockScatters()).hasSize(5);
        assertThat(three.clearScatters()).isEmpty();
        assertThat(three.clockScatters().values())
                .allSatisfy(scatter -> assertThat(scatter.value()).isLessThan(CLOCK));
    }

    /** The session whose delays are asked for has no say in its own correction. */
    @Test
    void aSessionsOwnPlaceIsLeftOut() {
        List<SessionEvidence> sessions =
                sessions(8, (session, station, random) -> honest(random) + (session == 0 && station == 1 ? 4e-7 : 0));
        KnownSessions known = KnownSessions.among(sessions, Propagation.STRAIGHT);
        StationError own = known.correctionsFor(sessions.get(0)).clockScatters().get("Milano");
        assertThat(own.sessions()).isEqualTo(7);
        assertThat(own.value())
                .isLessThan(known.all().clockScatters().get("Milano").value());
    }

    @Test
    void theMetadataKeepsTheScatters() {
        FittedEvidence fitted = new FittedEvidence(
                EvidenceExponents.ONES,
                new StationCorrections(
                        Map.of(), List.of(), Map.of(), Map.of("Torino", new StationError(1e-6 / 3, 1e-7, 9))));
        String text = EvidenceMetadata.text(fitted);
        assertThat(text).contains("\"clock_scatters\":[{\"station\":\"Torino\",\"scatter_s\":");
        assertThat(EvidenceMetadata.parse(text)).isEqualTo(fitted);
        assertThat(fitted.facts())
                .containsEntry("scatter at Torino", "0.33 us +- 0.10 us more than the sigmas say, by 9 sessions");
    }
}
