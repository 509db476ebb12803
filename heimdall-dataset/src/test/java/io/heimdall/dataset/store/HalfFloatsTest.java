package io.heimdall.dataset.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HalfFloatsTest {

    private static float rounded(float value) {
        return HalfFloats.value(HalfFloats.bits(value));
    }

    @Test
    void everyHalfFloatComesBack() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = HalfFloats.value((short) bits);
            if (value == value) {
                assertThat(HalfFloats.bits(value)).isEqualTo((short) bits);
            } else {
                assertThat(rounded(value)).isNaN();
            }
        }
    }

    @Test
    void whatLiesBetweenGoesToTheNearest() {
        for (int bits = 0; bits < 0x7BFF; bits++) {
            float low = HalfFloats.value((short) bits);
            float high = HalfFloats.value((short) (bits + 1));
            float middle = (low + high) / 2; // exact
            assertThat(rounded(Math.nextDown(middle))).isEqualTo(low);
            assertThat(rounded(Math.nextUp(middle))).isEqualTo(high);
            assertThat(rounded(middle)).isEqualTo(bits % 2 == 0 ? low : high);
            assertThat(rounded(-middle)).isEqualTo(bits % 2 == 0 ? -low : -high);
        }
    }

    @Test
    void tooLargeIsInfinite() {
        assertThat(rounded(Math.nextDown(65_520f))).isEqualTo(65_504f);
        assertThat(rounded(65_520)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(rounded(Float.NEGATIVE_INFINITY)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(rounded(Float.MAX_VALUE)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(rounded(Float.MIN_VALUE)).isZero();
    }
}
