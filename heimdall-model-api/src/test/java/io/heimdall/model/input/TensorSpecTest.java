package io.heimdall.model.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.heimdall.model.FloatTensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TensorSpecTest {
    private static final TensorSpec SET =
            new TensorSpec("mel", TensorSpec.Type.FLOAT, List.of(Axis.free("stations"), Axis.of(4), Axis.of(3)));

    @Test
    void itsTextIsItsShape() {
        assertThat(SET).hasToString("[batch, stations, 4, 3]");
        assertThat(TensorSpec.floats("carrier")).hasToString("[batch]");
        assertThat(SET.length(1)).isEqualTo(4);
        assertThat(SET.length(0)).isEqualTo(Axis.FREE);
    }

    @Test
    void aFreeAxisHasOneLengthInAllTensorsOfABatch() {
        TensorSpec heard = new TensorSpec("heard", TensorSpec.Type.FLAG, List.of(Axis.free("stations")));
        Map<String, Integer> free = new HashMap<>();
        SET.check(FloatTensor.zeros(2, 7, 4, 3), free);
        assertThat(free).containsExactly(Map.entry("stations", 7));
        heard.check(FloatTensor.zeros(2, 7), free);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> heard.check(FloatTensor.zeros(2, 6), free))
                .withMessage("'heard' has shape [2, 6], expected [batch, stations] with {stations=7}");
    }

    @Test
    void anotherShapeIsNamedBesideTheExpectedOne() {
        for (int[] shape : new int[][] {{2, 7, 4}, {0, 7, 4, 3}, {2, 0, 4, 3}, {2, 7, 3, 4}, {2, 7, 4, 3, 1}, {}}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SET.check(FloatTensor.zeros(shape), new HashMap<>()))
                    .withMessageContaining("'mel' has shape " + java.util.Arrays.toString(shape) + ", expected ")
                    .withMessageContaining("[batch, stations, 4, 3]");
        }
    }

    @Test
    void onlyTheFirstAxisMayBeFreeAndEachTensorHasAName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TensorSpec("x", TensorSpec.Type.FLOAT, List.of(Axis.of(4), Axis.free("frames"))))
                .withMessage("'x' has axes [4, frames]: only the first may be free");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TensorSpec.floats(" ", 2))
                .withMessage("a tensor needs a name");
    }
}
