package io.heimdall.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a network says before an engine sees the data. */
class NetworkSpecTest {
    private static final NetworkSpec NETWORK = LocalizationNet.small(2).withInput(3, 4);

    @Test
    void aGoodBatchIsTakenByAll() {
        Batch batch = batch();
        assertThatCode(() -> NETWORK.checkTrainable(batch)).doesNotThrowAnyException();
        assertThatCode(() -> NETWORK.checkPredictable(FloatTensor.zeros(1, 2, 3, 4)))
                .doesNotThrowAnyException();
    }

    @Test
    void anotherShapeIsNamedBesideTheExpectedOne() {
        for (int[] shape :
                List.of(new int[] {2, 2, 4, 3}, new int[] {2, 1, 3, 4}, new int[] {0, 2, 3, 4}, new int[] {2, 2, 12})) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> NETWORK.checkFeatures(FloatTensor.zeros(shape)))
                    .withMessageContaining("features of shape " + Arrays.toString(shape))
                    .withMessageContaining("network small takes [batch, 2, 3, 4]");
        }
        Batch flat = new Batch(FloatTensor.zeros(2, 2, 3, 4), FloatTensor.zeros(2, 3), List.of("a", "b"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NETWORK.checkTrainable(flat))
                .withMessage("targets of shape [2, 3]; they are [batch, 2], east and north");
    }

    @Test
    void aBatchOfOneRowCannotBeTrainedOn() {
        Batch one = new Batch(FloatTensor.zeros(1, 2, 3, 4), FloatTensor.zeros(1, 2), List.of("a"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NETWORK.checkTrainable(one))
                .withMessage("a batch of 1 row; batch norm needs at least 2 rows to train");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void aValueThatIsNotFiniteIsNamedWithItsSessionOrRow(float value) {
        Batch batch = batch();
        batch.features().values()[24 + 5] = value;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NETWORK.checkTrainable(batch))
                .withMessage("session second has the feature " + value + " at index 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NETWORK.checkPredictable(batch.features()))
                .withMessage("row 1 has the feature " + value + " at index 5");
        batch.features().values()[24 + 5] = 0;
        batch.targets().values()[1] = value;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NETWORK.checkTrainable(batch))
                .withMessage("session first has the target " + value + " at index 1");
    }

    @Test
    void partsOfABatchHaveTheSameNumberOfRows() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Batch(FloatTensor.zeros(2, 1), FloatTensor.zeros(3, 2), List.of("a")))
                .withMessage("a batch of 2 feature rows, 3 target rows and 1 session ids");
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

    private static Batch batch() {
        return new Batch(FloatTensor.zeros(2, 2, 3, 4), FloatTensor.zeros(2, 2), List.of("first", "second"));
    }
}
