package io.heimdall.pipeline.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.dataset.Bearing;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.localization.evidence.Propagation;
import io.heimdall.localization.evidence.Site;
import io.heimdall.localization.evidence.SiteBearing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class StationCorrectionsTest {
    private static final Station STATION = new Station("Torino", new GeoPoint(45.07, 7.69));
    private static final Site SITE = SessionDelays.site(STATION);
    private static final GeoPoint BEACON = new GeoPoint(45.3, 8.1);

    private static SessionEvidence heard(GeoPoint source, double error) {
        double azimuth = SITE.azimuthDegrees(source.latitude(), source.longitude());
        Bearing bearing = new Bearing((azimuth + error + 360) % 360, 2);
        Session session = new Session(
                "s",
                "",
                Optional.of(source),
                145_500_000,
                false,
                Optional.empty(),
                List.of(Measurement.bearing(STATION, bearing)));
        StationUse use =
                new StationUse(SITE, OptionalDouble.empty(), Optional.of("no recording"), Optional.of(bearing));
        return new SessionEvidence(session, List.of(use), List.of());
    }

    private static StationError error(List<SessionEvidence> known) {
        return new CorrectionFit(Propagation.STRAIGHT).of(known).bearingErrors().get("Torino");
    }

    @Test
    void sessionsOfOnePlaceTellWhatOneDoes() {
        List<SessionEvidence> known = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            // Within 500 m, as a balloon on its rope is.
            known.add(heard(new GeoPoint(BEACON.latitude() + 0.00004 * i, BEACON.longitude()), 4));
        }
        StationError beacon = error(known);
        assertThat(beacon.value()).isCloseTo(4, within(1e-6));
        assertThat(beacon.sigma()).isCloseTo(2, within(1e-6));
        assertThat(beacon.sessions()).isEqualTo(100);

        for (int i = 0; i < 3; i++) {
            known.add(heard(new GeoPoint(44.8 + 0.1 * i, 8.3), 0));
        }
        // Three places weigh more than one, however many sessions that has.
        StationError four = error(known);
        assertThat(four.value()).isBetween(0.5, 1.1);
        assertThat(four.sigma()).isBetween(1.0, 1.2);
    }

    @Test
    void placesThatAreApartAreNotShared() {
        List<SessionEvidence> known = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            known.add(heard(new GeoPoint(44.8 + 0.02 * i, 8.3), 4));
        }
        assertThat(error(known).sigma()).isCloseTo(0.5, within(1e-6));
    }

    @Test
    void aReversedAntennaIsKnown() {
        List<SessionEvidence> known = new ArrayList<>();
        double[] errors = {179, -178, 178, -179, 180, -177, 179, -178};
        double mean = 0;
        for (int i = 0; i < errors.length; i++) {
            known.add(heard(new GeoPoint(44.8 + 0.1 * i, 8.3), errors[i]));
            mean += (errors[i] + 360) % 360 / errors.length;
        }
        StationError found = error(known);
        assertThat(Math.IEEEremainder(found.value() - mean, 360)).isCloseTo(0, within(0.3));
        assertThat(found.sigma()).isBetween(2 / Math.sqrt(8), 2.4 / Math.sqrt(8));
        SiteBearing corrected = new CorrectionFit(Propagation.STRAIGHT)
                .of(known)
                .corrected(new SiteBearing(SITE, SITE.azimuthDegrees(BEACON.latitude(), BEACON.longitude()) + mean, 2));
        assertThat(corrected.residualDegrees(BEACON.latitude(), BEACON.longitude()))
                .isCloseTo(0, within(0.3));
    }
}
