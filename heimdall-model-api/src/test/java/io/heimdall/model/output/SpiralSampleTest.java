package io.heimdall.model.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpiralSampleTest {
    private static final NormalShape NORMAL = new NormalShape(1200, -300, 50, 80, -0.6);

    /** The larger size needs a larger table than the first; samples of one size are the same before and after. */
    @ParameterizedTest
    @CsvSource({"1, 0", "256, 3", "3300, 15", "9000, 7", "256, 0"})
    void pointsAreThoseOfTheDefinition(int size, int number) {
        SpiralSample sample = SpiralSample.of(NORMAL, size, number);

        assertThat(sample.east()).hasSize(size);
        for (int i = 0; i < size; i++) {
            double radius = Math.sqrt(-2 * Math.log(1 - (i + 0.5) / size));
            double angle = 2 * Math.PI * ((Math.sqrt(5) - 1) / 2 * i + 0.754_877_666 * number);
            PlanePoint point = NORMAL.at(radius * Math.cos(angle), radius * Math.sin(angle));
            assertThat(sample.east()[i]).isCloseTo(point.east(), within(1e-7));
            assertThat(sample.north()[i]).isCloseTo(point.north(), within(1e-7));
        }
    }

    @ParameterizedTest
    @CsvSource({"40, 5", "4000, 2"})
    void pointsAreWrittenWhereTheyBelong(int size, int number) {
        double[] east = new double[size + 5];
        double[] north = new double[size + 5];

        SpiralSample.write(NORMAL, size, number, east, north, 3);

        SpiralSample alone = SpiralSample.of(NORMAL, size, number);
        assertThat(Arrays.copyOfRange(east, 3, size + 3)).isEqualTo(alone.east());
        assertThat(Arrays.copyOfRange(north, 3, size + 3)).isEqualTo(alone.north());
        assertThat(east[2] + east[size + 3] + north[2] + north[size + 3]).isZero();
    }
}
