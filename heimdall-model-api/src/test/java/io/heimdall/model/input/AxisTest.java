package io.heimdall.model.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class AxisTest {
    @Test
    void aFixedAxisHasALengthAndAFreeOneAName() {
        assertThat(Axis.of(128)).hasToString("128").returns(false, Axis::isFree).isEqualTo(new Axis("", 128));
        assertThat(Axis.free("stations")).hasToString("stations").returns(true, Axis::isFree);
    }

    @Test
    void whatIsNeitherIsRefused() {
        for (int length : new int[] {0, -2, Integer.MIN_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Axis.of(length))
                    .withMessage("axis '' of length " + length
                            + ": expected a length of at least 1, or a name and length -1");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Axis.free(" "))
                .withMessage("axis ' ' of length -1: expected a length of at least 1, or a name and length -1");
    }
}
