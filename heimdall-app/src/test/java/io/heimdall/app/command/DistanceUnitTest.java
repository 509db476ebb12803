package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DistanceUnitTest {

    @Test
    void belowAKilometreDistancesAreInMetres() {
        DistanceUnit metres = DistanceUnit.of(999.9);
        assertThat(metres.symbol()).isEqualTo("m");
        assertThat(metres.text(147.5, 1)).isEqualTo("148");
        assertThat(metres.text(-34.2, 2)).isEqualTo("-34");
        assertThat(DistanceUnit.of(-12)).isEqualTo(metres);
    }

    @Test
    void fromAKilometreOnTheyAreInKilometres() {
        DistanceUnit kilometres = DistanceUnit.of(1000);
        assertThat(kilometres.symbol()).isEqualTo("km");
        assertThat(kilometres.text(27_660, 1)).isEqualTo("27.7");
        assertThat(kilometres.text(450, 2)).isEqualTo("0.45");
        assertThat(DistanceUnit.of(Double.NaN)).isEqualTo(kilometres);
    }
}
