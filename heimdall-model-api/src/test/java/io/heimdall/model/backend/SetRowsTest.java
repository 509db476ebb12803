package io.heimdall.model.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SetRowsTest {
    @Test
    void elementsOfAllRowsAreCountedTogetherAndTheOthersGetZeros() {
        SetRows rows = SetRows.of(new float[] {0, 1, 1, 1, 0, 0});
        assertThat(rows.computed()).containsExactly(1, 2, 3);
        assertThat(rows.places()).containsExactly(3, 0, 1, 2, 3, 3);
    }

    @Test
    void ofAnEmptyMaskOneElementIsComputedAndGoesNowhere() {
        SetRows rows = SetRows.of(new float[3]);
        assertThat(rows.computed()).containsExactly(0);
        assertThat(rows.places()).containsExactly(1, 1, 1);
    }

    /** Whatever the mask: results put in their places are the elements themselves, and zeros elsewhere. */
    @Test
    void placesUndoTheChoice() {
        Random random = new Random(1);
        for (int trial = 0; trial < 200; trial++) {
            float[] mask = new float[1 + random.nextInt(20)];
            for (int i = 0; i < mask.length; i++) {
                mask[i] = random.nextInt(2);
            }
            SetRows rows = SetRows.of(mask);
            for (int i = 0; i < mask.length; i++) {
                int place = (int) rows.places()[i];
                boolean zero = place == rows.computed().length;
                assertThat(zero).isEqualTo(mask[i] == 0);
                assertThat(zero || rows.computed()[place] == i).isTrue();
            }
        }
    }
}
