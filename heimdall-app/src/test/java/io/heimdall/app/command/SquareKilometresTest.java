package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SquareKilometresTest {

    @ParameterizedTest
    @CsvSource({"0.0234, 0.023", "0.29, 0.29", "1.5, 1.50", "81.24, 81.2", "812.4, 812", "25960, 25960"})
    void aNumberHasTheDigitsThatMakeSense(double km2, String shown) {
        assertThat(SquareKilometres.text(km2)).isEqualTo(shown + " km2");
    }
}
