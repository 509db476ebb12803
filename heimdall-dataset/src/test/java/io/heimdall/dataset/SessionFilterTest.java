package io.heimdall.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SessionFilterTest {

    @Test
    void endsThatAreOutOfOrderAreNamed() {
        SessionFilter all = SessionFilter.all();
        assertThatThrownBy(() -> all.with(Period.between(Sessions.START, Sessions.START)))
                .hasMessageContaining("is not before until 2026-11-24");
        assertThatThrownBy(() -> all.with(Band.ofHz(2, 1)))
                .hasMessage("the band from min frequency 2 Hz to max frequency 1 Hz ends before it begins");
        assertThatThrownBy(() -> all.with(Band.ofHz(-5, 1))).hasMessage("frequency -5 Hz is not 0 or more");
        assertThatThrownBy(() -> all.with(QualityLimits.ofSnrDb(Double.NaN))).hasMessage("SNR NaN dB is not finite");
        assertThatThrownBy(() -> all.with(QualityLimits.ofClippedShare(1.5)))
                .hasMessage("clipped share 1.5 is not in 0..1");
    }

    @Test
    void keepsTheStationsThatAreWanted() {
        Session session = Sessions.session("s");
        assertThat(SessionFilter.all().of(session)).contains(session);
        assertThat(SessionFilter.all().withStations(List.of("Torino")).of(session))
                .contains(session.heardBy(List.of(session.measurements().get(0))));
        assertThat(SessionFilter.all().withStations(List.of("Genova")).of(session))
                .isEmpty();
    }

    @Test
    void saysItsConditions() {
        assertThat(SessionFilter.all()).hasToString("all");
        SessionFilter filter = SessionFilter.all()
                .withSessions(List.of("b", "a"))
                .with(Period.between(Sessions.START, Sessions.START.plusSeconds(60)))
                .with(Band.ofHz(144_000_000, 146_000_000))
                .withStations(List.of("Torino", "Genova"))
                .withTrainingDataset("spring")
                .with(new QualityLimits(OptionalDouble.of(10), OptionalDouble.of(0.01)));
        assertThat(filter)
                .hasToString("sessions a, b; from 2026-11-24T10:15:30.123456789Z until 2026-11-24T10:16:30.123456789Z;"
                        + " 144000000..146000000 Hz; stations Genova, Torino; training dataset spring;"
                        + " SNR 10.0 dB or more, clipped share 0.01 or less");
        assertThat(new Band(OptionalLong.of(1), OptionalLong.empty())).hasToString("1 Hz or more");
        assertThat(new Band(OptionalLong.empty(), OptionalLong.of(2))).hasToString("2 Hz or less");
    }

    @Test
    void momentsAreDaysOfUtcOrInstants() {
        assertThat(Period.moment("2026-11-24")).isEqualTo("2026-11-24T00:00:00Z");
        assertThat(Period.moment(" 2026-11-24T10:00:00.5Z")).isEqualTo("2026-11-24T10:00:00.5Z");
        assertThat(Period.moment("2026-11-24T10:00+02:00")).isEqualTo("2026-11-24T08:00:00Z");
        assertThat(Period.moment("1193-11-25t11:59:24z")).isEqualTo("1193-11-25T11:59:24Z");
        assertThat(Period.moment("1193-11-25T11:59:24-20:14"))
                .as("RFC 3339 allows offsets of up to 23:59 hours")
                .isEqualTo("1193-11-26T08:13:24Z");
        assertThat(Period.moment("0001-01-01T00:00:00+23:59")).isEqualTo("0000-12-31T00:01:00Z");
        for (String wrong : List.of(
                "",
                "24.11.2026",
                "2026-02-30",
                "2026-11-24T10:00",
                "yesterday",
                "2026-11-24T10:00+24:00",
                "T",
                "2026-11-24T+01:00")) {
            assertThatThrownBy(() -> Period.moment(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("'" + wrong + "' is neither a date such as 2026-11-24 nor a moment");
        }
    }
}
