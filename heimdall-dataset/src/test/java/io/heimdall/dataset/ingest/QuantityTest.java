package io.heimdall.dataset.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "433.92 MHz   | 433920000",
                "433,92MHz    | 433920000",
                "7074 khz     | 7074000",
                "2.4 Msps     | 2400000",
                "12k          | 12000",
                "1.2 GHz      | 1200000000",
                "45,07        | 45.07",
                "-3,5 dB      | -3.5",
                "\u221293.5 dBm    | -93.5",
                "145.500.000  | 145500000",
                "145'500'000  | 145500000",
                "1,450,000 Hz | 1450000",
                "1.45e8       | 145000000",
                "0            | 0",
                "45.07°       | 45.07",
            })
    void understandsUnitsAndForeignNumbers(String text, String plain) {
        assertThat(Quantity.plain(text)).contains(plain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MHz", "north", "1.2.3", "12 34", "45°04'N", "NaN", "1e9999", "0x10"})
    void otherTextsAreNone(String text) {
        assertThat(Quantity.plain(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "145.5       | ; write 145500000 if megahertz are meant, 145500 if kilohertz are meant",
                "7074.5      | ; write 7074500000 if megahertz are meant, 7074500 if kilohertz are meant",
                "145500.25   | ; write 145500250 if kilohertz are meant",
                "145.5 MHz   | ; write 145500000",
                "145.500.000 | ; write 145500000",
                "77500000.5  | ''",
                "-5.5        | ''",
                "loud        | ''",
            })
    void advisesOnFrequencies(String text, String advice) {
        assertThat(FrequencyAdvice.on(text)).isEqualTo(advice);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "45\u00b006'N          | 45.1",
                "7\u00b030'36\"E       | 7.51",
                "33\u00b0 27\u2032 36.0\u2033 S | -33.46",
                "70.64W             | -70.64",
                "45,07              | 45.07",
                "-0.5               | -0.5",
                "12 E               | 12",
            })
    void advisesOnAngles(String text, String degrees) {
        assertThat(AngleAdvice.on(text)).contains(degrees);
    }

    @ParameterizedTest
    @ValueSource(strings = {"north", "NaN", "45.1.2", "1e2", "JN45"})
    void otherTextsAreNoAngles(String text) {
        assertThat(AngleAdvice.on(text)).isEmpty();
    }
}
