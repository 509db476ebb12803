package io.heimdall.pipeline.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.dataset.Bearing;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Recorded;
import io.heimdall.dataset.RecordingPart;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.export.Location;
import io.heimdall.features.delay.NoDelay;
import io.heimdall.features.recording.NpyWriter;
import io.heimdall.files.ObjectKey;
import io.heimdall.localization.evidence.Propagation;
import io.heimdall.localization.evidence.Site;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.output.NormalDistribution;
import io.heimdall.pipeline.report.LocationMap;
import io.heimdall.pipeline.report.LocationPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionLocatorTest {
    private static final Instant START = Instant.parse("2026-03-04T05:06:07Z");
    private static final int RATE = 48_000;
    private static final List<Station> STATIONS = List.of(
            new Station("Torino", new GeoPoint(45.07, 7.69)),
            new Station("Milano", new GeoPoint(45.46, 9.19)),
            new Station("Genova", new GeoPoint(44.41, 8.93)));

    @TempDir
    Path folder;

    private static double azimuth(Station station, GeoPoint to) {
        return SessionDelays.site(station).azimuthDegrees(to.latitude(), to.longitude());
    }

    private static Session bearings(String id, GeoPoint source, boolean known, double... errors) {
        List<Measurement> measurements = new ArrayList<>();
        for (int i = 0; i < errors.length; i++) {
            double degrees = (azimuth(STATIONS.get(i), source) + errors[i] + 360) % 360;
            measurements.add(Measurement.bearing(STATIONS.get(i), new Bearing(degrees, 2)));
        }
        return session(id, known ? Optional.of(source) : Optional.empty(), measurements);
    }

    private static Session session(String id, Optional<GeoPoint> source, List<Measurement> measurements) {
        return new Session(id, "", source, 145_500_000, false, Optional.empty(), measurements);
    }

    private static double errorM(LocatedSession session, GeoPoint source) {
        var mean = session.posterior().mean();
        return source.distanceMetres(new GeoPoint(mean.latitude(), mean.longitude()));
    }

    private Locations locate(LocationOptions options, Session... sessions) {
        return new SessionLocator(key -> folder.resolve(key.name()), options)
                .locate(List.of(sessions), Map.of(), done -> {});
    }

    @Test
    void anAntennaThatIsMountedAskewIsCorrectedByKnownTransmitters() {
        GeoPoint source = new GeoPoint(45.2, 8.4);
        List<Session> sessions = new ArrayList<>();
        double[][] known = {{45.0, 8.2}, {45.3, 8.6}, {45.1, 8.0}, {44.9, 8.5}, {45.4, 8.1}, {44.8, 8.3}};
        for (int i = 0; i < known.length; i++) {
            sessions.add(bearings("k" + i, new GeoPoint(known[i][0], known[i][1]), true, 0, 9, 0));
        }
        sessions.add(bearings("s", source, false, 0, 9, 0));
        Locations found = locate(LocationOptions.defaults(), sessions.toArray(Session[]::new));

        StationError error = found.corrections().bearingErrors().get("Milano");
        assertThat(error.value()).isCloseTo(9, within(0.5));
        assertThat(error.sigma()).isBetween(0.5, 1.2);
        assertThat(error.sessions()).isEqualTo(6);
        assertThat(found.corrections().clockErrors()).isEmpty();
        LocatedSession located = found.located().get(6);
        assertThat(errorM(located, source)).isLessThan(1500);
        assertThat(located.bearings().get(1).correctionDegrees()).isCloseTo(9, within(0.5));
        assertThat(located.bearings().get(1).bearing().sigmaDegrees()).isBetween(2.0, 2.4);
        // Alone it has nothing to be corrected by.
        LocatedSession alone =
                locate(LocationOptions.defaults(), sessions.get(6)).located().get(0);
        assertThat(alone.bearings().get(1).correctionDegrees()).isZero();
        // A known session's own place is not used.
        Locations first =
                locate(LocationOptions.defaults(), sessions.get(0), sessions.get(0), sessions.get(1), sessions.get(2));
        assertThat(first.located().get(0).bearings().get(1).correctionDegrees()).isZero();
        assertThat(first.located().get(2).bearings().get(1).correctionDegrees()).isCloseTo(9, within(0.6));
    }

    @Test
    void aReflectionIsNamed() throws IOException {
        GeoPoint source = new GeoPoint(45.2, 8.4);
        List<Measurement> measurements =
                new ArrayList<>(bearings("s", source, false, 0, 0, 0).measurements());
        Station aosta = new Station("Aosta", new GeoPoint(45.74, 7.32));
        measurements.add(Measurement.bearing(aosta, new Bearing(azimuth(aosta, source) - 60, 2)));
        LocatedSession located = locate(LocationOptions.defaults(), session("s", Optional.empty(), measurements))
                .located()
                .get(0);
        assertThat(errorM(located, source)).isLessThan(3000);
        assertThat(located.warnings())
                .anySatisfy(warning -> assertThat(warning).contains("the bearing of Aosta is 60."));
    }

    /** Returns the warnings of a session in which Aosta's bearing is another than the true one. */
    private List<String> warnings(Function<Double, Bearing> ofAosta) {
        GeoPoint source = new GeoPoint(45.2, 8.4);
        Station aosta = new Station("Aosta", new GeoPoint(45.74, 7.32));
        List<Measurement> measurements =
                new ArrayList<>(bearings("s", source, false, 0, 0, 0).measurements());
        measurements.add(Measurement.bearing(aosta, ofAosta.apply(azimuth(aosta, source))));
        return locate(LocationOptions.defaults(), session("s", Optional.empty(), measurements))
                .located()
                .get(0)
                .warnings();
    }

    private static double turn(double degrees) {
        return (degrees % 360 + 360) % 360;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 30, 45, 200})
    void aBearingThatIsMirroredAboutTheFrontIsNamed(double heading) {
        // True is heading + theta; the log was read as heading - theta.
        List<String> known =
                warnings(azimuth -> new Bearing(turn(2 * heading - azimuth), 2, OptionalDouble.of(turn(azimuth))));
        assertThat(known)
                .anySatisfy(warning -> assertThat(warning)
                        .contains("the bearing of Aosta is", "the other way round", "--kraken-angles"));
        // Mirrored about north it is not, where the front is elsewhere.
        List<String> unknown = warnings(azimuth -> new Bearing(turn(2 * heading - azimuth), 2));
        assertThat(unknown.toString()).contains("the bearing of Aosta is");
        assertThat(unknown.toString().contains("write 360 degrees minus it")).isEqualTo(heading == 0);
    }

    @Test
    void anOppositeBearingIsNamed() {
        List<String> opposite = warnings(azimuth -> new Bearing(turn(azimuth + 180), 2));
        assertThat(opposite)
                .anySatisfy(warning ->
                        assertThat(warning).contains("the bearing of Aosta is", "it fits the opposite direction"));
    }

    @Test
    void aCorrectedBearingIsWithinATurnOnThePage() throws IOException {
        List<Session> sessions = new ArrayList<>();
        double[][] known = {{45.0, 8.2}, {45.3, 8.6}, {45.1, 8.0}, {44.9, 8.5}};
        for (int i = 0; i < known.length; i++) {
            sessions.add(bearings("k" + i, new GeoPoint(known[i][0], known[i][1]), true, 9, 0, 0));
        }
        // North-north-east of Torino: its bearing of some degrees is less than the correction.
        Measurement north = Measurement.bearing(STATIONS.get(0), new Bearing(6, 2));
        sessions.add(session("s", Optional.empty(), List.of(north)));
        List<LocatedSession> located = locate(LocationOptions.defaults(), sessions.toArray(Session[]::new))
                .located();
        LocatedSession last = located.get(located.size() - 1);
        assertThat(last.bearings().get(0).bearing().degrees()).isBetween(-4.0, -2.0);
        Path html = folder.resolve("corrected.html");
        LocationPage.write(html, List.of(last));
        assertThat(Files.readString(html)).containsPattern("35[67]\\.\\d \\+- \\d\\.\\d degrees");
    }

    @Test
    void aModelAndABearingAreMultiplied() {
        GeoPoint source = new GeoPoint(45.2, 8.4);
        Session session = bearings("s", source, false, 0);
        LocalPlane plane = new LocalPlane(45, 8);
        // The network knows the place to 20 km and is 15 km off, across the bearing from Torino.
        double azimuth = Math.toRadians(azimuth(STATIONS.get(0), source));
        double east = plane.east(8.4) + 15_000 * Math.cos(azimuth);
        double north = plane.north(45.2) - 15_000 * Math.sin(azimuth);
        Location location = new Location(
                plane.latitudeOf(north),
                plane.longitudeOf(east),
                20_000 / plane.metresPerDegreeNorth(),
                20_000 / plane.metresPerDegreeEast(),
                plane,
                new NormalDistribution(east, north, 20_000, 20_000, 0));
        SessionLocator locator = new SessionLocator(key -> folder.resolve(key.name()), LocationOptions.defaults());
        LocatedSession located = locator.locate(List.of(session), Map.of("s", location), done -> {})
                .located()
                .get(0);
        // Across the bearing nothing of the 15 km is left; along it the wedge widens, which moves the mean by sigma^2 /
        // distance.
        assertThat(errorM(located, source)).isLessThan(8000);
        assertThat(located.bearings().get(0).residualSigmas()).isBetween(-1.0, 1.0);
        assertThat(located.levels()).contains(location);
        assertThat(located.warnings()).isEmpty();
        LocatedSession alone = locator.locate(
                        List.of(session("s", Optional.empty(), List.of(Measurement.level(STATIONS.get(0), -80)))),
                        Map.of("s", location),
                        done -> {})
                .located()
                .get(0);
        assertThat(alone.posterior().covariance().sigmaEast()).isCloseTo(20_000, within(400.0));
        assertThat(alone.posterior().mean().latitude()).isCloseTo(location.latitude(), within(1e-3));
    }

    @Test
    void twoBearingsAloneCross() {
        GeoPoint source = new GeoPoint(45.2, 8.4);
        LocatedSession located = locate(LocationOptions.defaults(), bearings("s", source, false, 0, 0))
                .located()
                .get(0);
        double farther = Math.max(
                source.distanceMetres(STATIONS.get(0).position()),
                source.distanceMetres(STATIONS.get(1).position()));
        assertThat(errorM(located, source)).isLessThan(2 * farther * Math.toRadians(2));
    }

    @Test
    void aBearingAndADelayCross() throws IOException {
        List<Measurement> measurements = List.of(
                recorded(STATIONS.get(0), 5), recorded(STATIONS.get(1), 2).withBearing(new Bearing(280, 2)));
        LocatedSession located = locate(LocationOptions.defaults(), session("s", Optional.empty(), measurements))
                .located()
                .get(0);
        assertThat(located.delays()).hasSize(1);
        assertThat(located.bearings()).hasSize(1);
        var mean = located.posterior().mean();
        double residual = located.bearings().get(0).bearing().residualDegrees(mean.latitude(), mean.longitude());
        assertThat(residual).isBetween(-4.0, 4.0);
    }

    @Test
    void aWrongBearingLosesItsSayBesideDelaysThatTellThePlace() throws IOException {
        List<Measurement> measurements = new ArrayList<>(
                List.of(recorded(STATIONS.get(0), 5), recorded(STATIONS.get(1), 2), recorded(STATIONS.get(2), 9)));
        LocatedSession delays = locate(LocationOptions.defaults(), session("s", Optional.empty(), measurements))
                .located()
                .get(0);
        var place = delays.posterior().median();
        Station aosta = new Station("Aosta", new GeoPoint(45.74, 7.32));
        double wrong = azimuth(aosta, new GeoPoint(place.latitude(), place.longitude())) + 100;
        measurements.add(Measurement.bearing(aosta, new Bearing(wrong, 2)));
        LocatedSession all = locate(LocationOptions.defaults(), session("s", Optional.empty(), measurements))
                .located()
                .get(0);
        var median = all.posterior().median();
        assertThat(new GeoPoint(median.latitude(), median.longitude())
                        .distanceMetres(new GeoPoint(place.latitude(), place.longitude())))
                .isLessThan(500);
    }

    @Test
    void oneBearingReachesTheEdge() {
        LocatedSession located = locate(LocationOptions.defaults(), bearings("s", new GeoPoint(45.2, 8.4), true, 0))
                .located()
                .get(0);
        assertThat(located.warnings()).anySatisfy(warning -> assertThat(warning).contains("--within KM"));
        assertThat(located.searchedM()).isEqualTo(200_000);
    }

    private Measurement recorded(Station station, int late) throws IOException {
        Random signal = new Random(3);
        Random noise = new Random(station.name().hashCode());
        float[] iq = new float[2 * 20_000];
        for (int i = 0; i < iq.length + 2 * 100; i++) {
            float value = (float) (0.1 * signal.nextGaussian());
            int at = i - 2 * (100 - late);
            if (at >= 0 && at < iq.length) {
                iq[at] = (float) (value + 0.03 * noise.nextGaussian());
            }
        }
        String name = station.name() + ".npy";
        NpyWriter.writeComplex(folder.resolve(name), iq);
        Recorded recorded = new Recorded(
                new ObjectKey(ObjectKey.RECORDINGS, "sessions/s/" + name),
                Optional.of("npy"),
                RecordingPart.FIRST,
                OptionalDouble.of(RATE),
                0,
                Optional.empty());
        return Measurement.recorded(station, recorded, -20).at(START).withClockSigma(1e-6);
    }

    @Test
    void delaysOfWholeSamples() throws IOException {
        Session session = session(
                "s",
                Optional.of(new GeoPoint(45.2, 8.4)),
                List.of(
                        recorded(STATIONS.get(0), 5),
                        recorded(STATIONS.get(1), 2),
                        recorded(STATIONS.get(2), 9),
                        Measurement.level(new Station("Aosta", new GeoPoint(45.74, 7.32)), -90)));
        Locations found = locate(LocationOptions.defaults(), session);
        LocatedSession located = found.located().get(0);
        assertThat(located.pairs()).hasSize(3);
        assertThat(located.delays().get(0).difference().seconds()).isCloseTo(3.0 / RATE, within(3e-7));
        assertThat(located.delays().get(1).difference().seconds()).isCloseTo(-4.0 / RATE, within(3e-7));
        assertThat(located.delays().get(0).residualSigmas()).isBetween(-1.0, 1.0);
        assertThat(located.worstClosure().orElseThrow().seconds()).isCloseTo(0, within(1e-6));
        assertThat(located.worstClosure().orElseThrow().sigmas()).isLessThan(4);
        assertThat(located.delays())
                .allSatisfy(delay -> assertThat(delay.power()).isBetween(0.6, 0.75));
        assertThat(located.stations().get(3).noDelay()).contains("no recording");

        Path geoJson = folder.resolve("map.geojson");
        Path kml = folder.resolve("map.kml");
        Path html = folder.resolve("page.html");
        new LocationMap(found.located()).writeGeoJson(geoJson);
        new LocationMap(found.located()).writeKml(kml);
        LocationPage.write(html, found.located());
        JsonNode features = new ObjectMapper().readTree(geoJson.toFile()).get("features");
        assertThat(features).hasSizeBetween(4 + 3 + 4 - 1, 4 + 3 + 4);
        assertThat(features.get(features.size() - 1)
                        .get("properties")
                        .get("kind")
                        .asText())
                .isEqualTo("station");
        assertThat(Files.readString(kml)).contains("Genova", "transmitter");
        assertThat(Files.readString(html))
                .contains(
                        "<td>",
                        "delay Torino over Milano",
                        "\"delays\":[{\"name\":\"delay Torino over Milano\"",
                        "\"truth\":[",
                        "\"values\":\"0");
    }

    @Test
    void delaysThatAreNotThere() throws IOException {
        Measurement later = recorded(STATIONS.get(1), 0).at(START.plusSeconds(100));
        Locations found = locate(
                LocationOptions.defaults(),
                session("s", Optional.empty(), List.of(recorded(STATIONS.get(0), 0), later)));
        assertThat(found.located()).isEmpty();
        Locations.NotLocated other = found.others().get(0);
        assertThat(other.reason()).startsWith("no two recordings have a delay between them");
        assertThat(other.pairs().get(0).delay())
                .isInstanceOfSatisfying(
                        NoDelay.class, none -> assertThat(none.reason()).isEqualTo(NoDelay.Reason.NO_COMMON_TIME));
    }

    @Test
    void optionsAreChecked() {
        assertThatThrownBy(() -> options(Set.of(), 1000, 0.1)).hasMessageContaining("one kind of evidence");
        assertThatThrownBy(() -> options(Set.of(EvidenceKind.DELAYS), 0, 0.1)).hasMessageContaining("within 0.0 m");
        assertThatThrownBy(() -> options(Set.of(EvidenceKind.DELAYS), 1, 1))
                .hasMessageContaining("wrong delays of 1.0");
        assertThat(EvidenceKind.BEARINGS).hasToString("bearings");
        Site site = SessionDelays.site(STATIONS.get(0));
        assertThat(site.name()).isEqualTo("Torino");
    }

    private static LocationOptions options(Set<EvidenceKind> kinds, double within, double outliers) {
        return new LocationOptions(kinds, Propagation.STRAIGHT, OptionalDouble.of(within), 1, outliers, 0.1);
    }
}
