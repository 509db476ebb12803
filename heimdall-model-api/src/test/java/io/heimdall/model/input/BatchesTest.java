package io.heimdall.model.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.heimdall.model.FloatTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static final TensorSpec PLACE =
            new TensorSpec("place", TensorSpec.Type.FLOAT, List.of(Axis.free("stations"), Axis.of(2)));
    private static final TensorSpec CARRIER = TensorSpec.floats("carrier");
    private static final List<TensorSpec> SPECS = List.of(PLACE, CARRIER);

    private static FloatTensor tensor(int[] shape, float... values) {
        return FloatTensor.of(values, shape);
    }

    private static Map<String, FloatTensor> row(float carrier, float... places) {
        return Map.of(
                "place", tensor(new int[] {places.length / 2, 2}, places), "carrier", tensor(new int[0], carrier));
    }

    @Test
    void rowsOfOtherLengthsAreFilledWithZerosBehindTheirValues() {
        Map<String, FloatTensor> batch =
                Batches.stack(SPECS, List.of(row(7, 1, 2), row(8, 3, 4, 5, 6, 9, 9), row(9, 10, 11, 12, 13)));
        assertThat(batch.get("place"))
                .isEqualTo(tensor(new int[] {3, 3, 2}, 1, 2, 0, 0, 0, 0, 3, 4, 5, 6, 9, 9, 10, 11, 12, 13, 0, 0));
        assertThat(batch.get("carrier")).isEqualTo(tensor(new int[] {3}, 7, 8, 9));
        assertThat(batch.keySet()).containsExactly("place", "carrier");
        assertThat(Batches.check(SPECS, batch)).isEqualTo(3);
    }

    @Test
    void aPartOfTheRowsIsCopied() {
        Map<String, FloatTensor> batch = Batches.stack(SPECS, List.of(row(7, 1, 2), row(8, 3, 4), row(9, 5, 6)));
        Map<String, FloatTensor> middle = Batches.rows(batch, 1, 2);
        assertThat(middle.get("place")).isEqualTo(tensor(new int[] {1, 1, 2}, 3, 4));
        assertThat(middle.get("carrier")).isEqualTo(tensor(new int[] {1}, 8));
        middle.get("place").values()[0] = -1;
        assertThat(batch.get("place").values()[2]).isEqualTo(3);
        assertThat(Batches.rows(batch, 0, 3)).isEqualTo(batch);
    }

    @Test
    void batchesOfOtherLengthsAreJoinedAsTheirRowsAreStacked() {
        List<Map<String, FloatTensor>> rows = List.of(row(7, 1, 2), row(8, 3, 4, 5, 6, 9, 9), row(9, 10, 11, 12, 13));
        Map<String, FloatTensor> first = Batches.stack(SPECS, rows.subList(0, 1));
        Map<String, FloatTensor> others = Batches.stack(SPECS, rows.subList(1, 3));
        assertThat(Batches.joined(List.of(first, others))).isEqualTo(Batches.stack(SPECS, rows));
        assertThat(Batches.joined(List.of(others))).isSameAs(others);
    }

    @Test
    void whatIsMissingUnknownOrOfAnotherLengthIsNamed() {
        FloatTensor places = FloatTensor.zeros(2, 5, 2);
        FloatTensor carriers = FloatTensor.zeros(2);
        refused(Map.of("place", places))
                .withMessage("'carrier' is missing; there are [place], expected are [place, carrier]");
        refused(Map.of("place", places, "carrier", FloatTensor.zeros(3)))
                .withMessage("'carrier' has 3 rows, the tensors before it have 2");
        refused(Map.of("place", places, "carrier", carriers, "level", carriers))
                .withMessageStartingWith("tensors [")
                .withMessageContaining("level")
                .withMessageEndingWith("], expected are [place, carrier]");
        refused(Map.of("place", FloatTensor.zeros(2, 5, 3), "carrier", carriers))
                .withMessageStartingWith("'place' has shape [2, 5, 3], expected [batch, stations, 2]");
    }

    private static org.assertj.core.api.ThrowableAssertAlternative<IllegalArgumentException> refused(
            Map<String, FloatTensor> batch) {
        return assertThatIllegalArgumentException().isThrownBy(() -> Batches.check(SPECS, batch));
    }

    @Test
    void theFirstValueThatIsNotFiniteIsFound() {
        for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            assertThat(Batches.notFinite(tensor(new int[] {2, 2}, 1, Float.MAX_VALUE, value, value)))
                    .isEqualTo(2);
        }
        assertThat(Batches.notFinite(FloatTensor.zeros(3))).isEqualTo(-1);
    }

    @Test
    void theFirstValueThatIsNotFiniteIsFoundInLongTensors() {
        for (int length : new int[] {511, 512, 513, 1024, 5000}) {
            FloatTensor tensor = FloatTensor.zeros(length);
            Arrays.fill(tensor.values(), -Float.MAX_VALUE);
            assertThat(Batches.notFinite(tensor)).isEqualTo(-1);
            for (int at = length - 1; at >= 0; at -= 97) {
                tensor.values()[at] = at % 2 == 0 ? Float.NaN : Float.NEGATIVE_INFINITY;
                assertThat(Batches.notFinite(tensor)).isEqualTo(at);
            }
        }
    }
}
