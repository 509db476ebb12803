package io.heimdall.model.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.model.output.LevelMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LevelCalibrationTest {

    /** Sessions of 2 to 6 stations: the fewer, the farther out the truth. */
    private static LevelCalibration fitted(int sessions, long seed) {
        Random random = new Random(seed);
        List<Double> levels = new ArrayList<>();
        List<Integer> stations = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            int heard = 2 + random.nextInt(5);
            stations.add(heard);
            levels.add(Math.pow(random.nextDouble(), heard / 6.0));
        }
        return LevelCalibration.fit(levels, stations);
    }

    @Test
    void everyNumberOfStationsWithEnoughSessionsHasItsMap() {
        LevelCalibration calibration = fitted(5000, 1);
        assertThat(calibration.byHeard()).hasSize(5);
        for (int heard = 2; heard <= 6; heard++) {
            // the level u^(heard/6) is below r with probability r^(6/heard)
            double wanted = Math.pow(0.5, heard / 6.0);
            assertThat(calibration.of(OptionalInt.of(heard)).raw(0.5)).isCloseTo(wanted, within(0.05));
        }
        assertThat(calibration.of(OptionalInt.of(0))).isEqualTo(calibration.of(OptionalInt.of(2)));
        assertThat(calibration.of(OptionalInt.of(99))).isEqualTo(calibration.of(OptionalInt.of(6)));
        assertThat(calibration.of(OptionalInt.empty())).isEqualTo(calibration.all());
    }

    @Test
    void numbersWithFewSessionsShareAMap() {
        LevelCalibration calibration = fitted(500, 2); // about 100 each
        assertThat(calibration.byHeard()).hasSize(2).containsKey(0);
        assertThat(fitted(300, 3).byHeard()).as("not enough for two").isEmpty();
        assertThat(fitted(99, 4)).isEqualTo(LevelCalibration.NONE);
    }

    @Test
    void withoutANumberOfStationsThereIsOneMap() {
        LevelCalibration one = LevelCalibration.fit(Collections.nCopies(500, 0.3), Collections.nCopies(500, 0));
        assertThat(one.byHeard()).isEmpty();
        assertThat(one.of(OptionalInt.of(4))).isEqualTo(one.all());
    }

    @Test
    void readsWhatItWrites() {
        for (LevelCalibration calibration : List.of(fitted(5000, 5), fitted(150, 6), LevelCalibration.NONE)) {
            assertThat(LevelCalibration.in(Map.of(LevelCalibration.KEY, calibration.text())))
                    .isEqualTo(calibration);
        }
        assertThat(LevelCalibration.in(Map.of())).isEqualTo(LevelCalibration.NONE);
        String without = "2: " + LevelMap.IDENTITY.text();
        assertThatThrownBy(() -> LevelCalibration.parse(without)).hasMessageContaining("for all sessions");
        assertThatThrownBy(() -> LevelCalibration.parse("nothing")).hasMessageContaining("'nothing'");
    }
}
