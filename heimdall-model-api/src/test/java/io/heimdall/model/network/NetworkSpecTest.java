package io.heimdall.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.input.TensorSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a network says before an engine sees the data. */
class NetworkSpecTest {
    private static final NetworkSpec NETWORK =
            LocalizationNet.small(2).withInputs(List.of(TensorSpec.floats(LocalizationNet.FEATURES, 2, 3, 4)));

    @Test
    void aGoodBatchIsTakenByAll() {
        Batch batch = batch();
        assertThatCode(() -> NETWORK.checkTrainable(batch)).doesNotThrowAnyException();
        assertThatCode(() -> NETWORK.checkPredictable(inputs(FloatTensor.zeros(1, 2, 3, 4))))
                .doesNotThrowAnyException();
    }

    @Test
    void anotherShapeIsNamedBesideTheExpectedOne() {
        for (int[] shape :
                List.of(new int[] {2, 2, 4, 3}, new int[] {2, 1, 3, 4}, new int[] {0, 2, 3, 4}, new int[] {2, 2, 12})) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> NETWORK.checkPredictable(inputs(FloatTensor.zeros(shape))))
                    .withMessageContaining("'features' has shape " + Arrays.toString(shape))
                    .withMessageContaining("expected [batch, 2, 3, 4]");
        }
        Batch flat = new Batch(inputs(FloatTensor.zeros(2, 2, 3, 4)), FloatTensor.zeros(2, 3), List.of("a", "b"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NETWORK.checkTrainable(flat))
                .withMessage("targets of shape [2, 3]; they are [batch, 2], east and north, or [batch, places, 2]");
    }

    @Test
    void aBatchOfOneRowCannotBeTrainedOn() {
        Batch one = new Batch(inputs(FloatTensor.zeros(1, 2, 3, 4)), FloatTensor.zeros(1, 2), List.of("a"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NETWORK.checkTrainable(one))
                .withMessage("a batch of 1 row; batch norm needs at least 2 rows to train");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void aValueThatIsNotFiniteIsNamedWithItsSessionOrRow(float value) {
        Batch batch = batch();
        batch.inputs().get(LocalizationNet.FEATURES).values()[24 + 5] = value;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NETWORK.checkTrainable(batch))
                .withMessage("session second has the value " + value + " in 'features' at index 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NETWORK.checkPredictable(batch.inputs()))
                .withMessage("row 1 of 'features' has the value " + value + " at index 5");
        batch.inputs().get(LocalizationNet.FEATURES).values()[24 + 5] = 0;
        batch.targets().values()[1] = value;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NETWORK.checkTrainable(batch))
                .withMessage("session first has the value " + value + " in its target at index 1");
    }

    @Test
    void partsOfABatchHaveTheSameNumberOfRows() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Batch(inputs(FloatTensor.zeros(2, 1)), FloatTensor.zeros(3, 2), List.of("a")))
                .withMessage("a batch of 2 rows of features and 3 target rows");
        assertThat(batch().size()).isEqualTo(2);
    }

    @Test
    void aTensorHoldsWhatItsShapeSays() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FloatTensor.of(new float[5], 2, 3))
                .withMessage("shape [2, 3] does not hold 5 values");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FloatTensor.zeros(-2, -3))
                .withMessage("negative axis in shape [-2, -3]");
    }

    private static Map<String, FloatTensor> inputs(FloatTensor features) {
        return Map.of(LocalizationNet.FEATURES, features);
    }

    private static Batch batch() {
        return new Batch(inputs(FloatTensor.zeros(2, 2, 3, 4)), FloatTensor.zeros(2, 2), List.of("first", "second"));
    }
}
