package io.heimdall.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.Band;
import io.heimdall.dataset.Period;
import io.heimdall.dataset.QualityLimits;
import io.heimdall.dataset.SessionFilter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FilterFieldsTest {
    private static final SessionFilter EVERY = SessionFilter.all()
            .withSessions(List.of("b", "a, \"quoted\""))
            .with(Period.between(
                    Instant.parse("2026-01-01T00:00:00.000000001Z"), Instant.parse("2026-02-01T00:00:00Z")))
            .with(Band.ofHz(144_000_000, 9_007_199_254_740_991L))
            .withStations(List.of("Torino", "Aquila di Giaveno"))
            .withTrainingDataset("spring")
            .with(new QualityLimits(OptionalDouble.of(-0.1), OptionalDouble.of(0)));

    @Test
    void whatIsWrittenIsRead() {
        assertThat(FilterFields.read(FilterFields.of(EVERY))).isEqualTo(EVERY);
        assertThat(FilterFields.parse(FilterFields.line(EVERY))).isEqualTo(EVERY);
        assertThat(FilterFields.of(SessionFilter.all()))
                .hasSize(9)
                .allSatisfy((name, value) -> assertThat(value).as(name).isNull());
        assertThat(FilterFields.read(Map.of("seed", 1))).isEqualTo(SessionFilter.all());
    }

    @Test
    void textsTellWhatIsWantedAndAreNeverLong() {
        assertThat(FilterFields.texts(SessionFilter.all())).isEmpty();
        assertThat(FilterFields.texts(EVERY))
                .containsEntry("stations", "Aquila di Giaveno, Torino")
                .containsEntry("until", "2026-02-01T00:00:00Z")
                .containsEntry("min_frequency_hz", "144000000")
                .hasSize(9);
        List<String> ids = IntStream.range(0, 2000).mapToObj(i -> "id-" + i).toList();
        SessionFilter many = SessionFilter.all().withSessions(ids);
        SessionFilter others = SessionFilter.all().withSessions(ids.subList(1, 2000));
        assertThat(FilterFields.texts(many).get("sessions")).matches("2000 of SHA-256 [0-9a-f]{64}");
        assertThat(FilterFields.texts(others)).isNotEqualTo(FilterFields.texts(many));
    }

    @Test
    void valuesThatMakeNoSenseAreNamed() {
        refused(Map.of("stations", "Torino"), "stations is \"Torino\", expected a list of words, not empty");
        refused(Map.of("sessions", List.of()), "sessions is [], expected a list of words, not empty");
        refused(Map.of("sessions", List.of("a", 1)), "sessions is [\"a\",1], expected a list of words, not empty");
        refused(Map.of("from", 2026), "from is 2026, expected a date such as 2026-11-24 or a moment such as");
        refused(Map.of("until", "May"), "until is \"May\", expected a date such as 2026-11-24 or a moment such as");
        refused(Map.of("min_frequency_hz", 0.5), "min_frequency_hz is 0.5, expected a whole number");
        refused(Map.of("max_frequency_hz", -1), "frequency -1 Hz is not 0 or more");
        refused(Map.of("min_snr_db", "loud"), "min_snr_db is \"loud\", expected a number");
        refused(Map.of("training_dataset", " "), "training_dataset is \" \", expected a word");
        assertThatThrownBy(() -> FilterFields.parse("{")).hasMessage("'{' is no object of a filter's fields");
    }

    private static void refused(Map<String, ?> fields, String why) {
        assertThatThrownBy(() -> FilterFields.read(fields))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
