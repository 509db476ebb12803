package io.heimdall.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.heimdall.app.Run;
import io.heimdall.app.service.HeimdallService;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingRangeTest {

    private static SettingRange of(String field) {
        return SettingRange.ofField(field).orElseThrow();
    }

    @Test
    void bothEndsAreIn() {
        assertThat(of("epochs").admits(1)).isTrue();
        assertThat(of("epochs").admits(1_000_000L)).isTrue();
        assertThat(of("epochs").admits(0)).isFalse();
        assertThat(of("epochs").admits(1_000_001)).isFalse();
        assertThat(of("epochs").admits(2.5)).isFalse();
        assertThat(of("epochs").admits(3.0)).isTrue();
        assertThat(of("rate").admits(1e-300)).isFalse();
        assertThat(of("rate").admits(Double.NaN)).isFalse();
        assertThat(of("seed").admits(Long.MIN_VALUE)).isTrue();
        assertThat(of("seed").admits(new BigDecimal("9223372036854775808"))).isFalse();
    }

    @Test
    void onlyTheClipNormMayBeInfinite() {
        assertThat(SettingRange.all())
                .filteredOn(range -> range.admits(Double.POSITIVE_INFINITY))
                .containsExactly(of("clip_norm"));
        assertThat(of("clip_norm").admits(Double.NEGATIVE_INFINITY)).isFalse();
    }

    @Test
    void readsAsPeopleWriteNumbers() {
        assertThat(of("epochs").expected()).isEqualTo("a whole number in 1..1000000");
        assertThat(of("learning_rate").expected()).isEqualTo("a number in 1e-9..10");
        assertThat(of("clip_norm").expected()).isEqualTo("a number in 0.000001..1e9 or Infinity");
        assertThat(of("min_snr_db")).hasToString("-200..200");
        assertThat(of("rate")).hasToString("1..1e10");
    }

    /** The document of the service has every range of a field or a parameter, and no other. */
    @Test
    void theOpenApiDocumentHasTheRanges() throws IOException {
        JsonNode document;
        try (InputStream in = HeimdallService.class.getResourceAsStream("openapi.json")) {
            document = new JsonMapper().readTree(in);
        }
        Map<String, JsonNode> described = new HashMap<>();
        document.at("/components/schemas/Configuration/properties").properties().forEach(field -> {
            JsonNode schema = field.getValue();
            described.put(
                    field.getKey(), schema.has("oneOf") ? schema.path("oneOf").get(0) : schema);
        });
        document.at("/paths/~1predict/post/parameters")
                .forEach(parameter -> described.put(parameter.path("name").asText(), parameter.path("schema")));
        described.values().removeIf(schema -> !schema.path("type").toString().matches(".*(integer|number).*"));

        assertThat(described).hasSize(17);
        described.forEach((name, schema) -> {
            SettingRange range = of(name);
            assertThat(schema.path("minimum").decimalValue()).as(name).isEqualByComparingTo(range.least());
            assertThat(schema.path("maximum").decimalValue()).as(name).isEqualByComparingTo(range.most());
            assertThat(schema.path("type").toString().contains("integer"))
                    .as(name)
                    .isEqualTo(range.isWhole());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"12500f", "12500d", "0x10", "NaN", "Infinity", "1_000", " 5 ", "5 ", "", "1e9999", "1,5", "٣"})
    void whatOnlyJavaTakesForANumberIsNone(String text) {
        assertThat(StrictNumber.decimal(text)).isEmpty();
        assertThat(StrictNumber.whole(text)).isEmpty();
        assertThat(StrictNumber.wholeDecimal(text)).isEmpty();
    }

    @Test
    void numbersAreReadAsPeopleWriteThem() {
        assertThat(StrictNumber.decimal("-.5")).isEqualTo(Optional.of(-0.5));
        assertThat(StrictNumber.decimal("2e-3")).isEqualTo(Optional.of(2e-3));
        assertThat(StrictNumber.whole("-7")).isEqualTo(Optional.of(-7L));
        assertThat(StrictNumber.whole("1e3")).isEmpty();
        assertThat(StrictNumber.wholeDecimal("145.5e6")).isEqualTo(Optional.of(145_500_000L));
        assertThat(StrictNumber.wholeDecimal("0.5")).isEmpty();
        assertThat(StrictNumber.whole("99999999999999999999")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--epochs | 0 | epochs 0 is not a whole number in 1..1000000",
                "--epochs | 2147483647 | epochs 2147483647 is not a whole number in 1..1000000",
                "--epochs | 0x10 | '0x10' is not a whole number such as 12",
                "--epochs | 1_000 | '1_000' is not a whole number such as 12",
                "--epochs | 3000000000 | '3000000000' is not a whole number below 2^31",
                "--batch-size | 1 | batch size 1 is not a whole number in 2..8192",
                "--learning-rate | 1e-300 | learning rate 1e-300 is not a number in 1e-9..10",
                "--learning-rate | 1e-3f | '1e-3f' is not a number such as 12.5 or 1e-3",
                "--weight-decay | NaN | 'NaN' is not a number such as 12.5 or 1e-3",
                "--clip-norm | -Infinity | '-Infinity' is neither a number such as 1 or 0.5 nor Infinity",
                "--augment-power-db | 1e308 | augment power db 1e308 is not a number in 0..60",
                "--threads | 5000 | threads 5000 is not a whole number in 1..1024",
            })
    void aTypedNumberThatIsOutOfItsRangeIsNamed(String option, String value, String said) {
        Run run = Run.heimdall("train", "--workspace", "none", option + "=" + value);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains(said).contains("Try 'heimdall train --help'");
    }

    @Test
    void ratesOfRecordingsAreInRangeToo() {
        assertThat(Run.heimdall("features", "none.cu8", "--out", "none.npy", "--rate", "12500f")
                        .err())
                .contains("'12500f' is not a number");
        assertThat(Run.heimdall("features", "none.cu8", "--out", "none.npy", "--rate", "1e-300")
                        .err())
                .contains("rate 1e-300 is not a number in 1..1e10");
    }
}
