package io.heimdall.model.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.heimdall.model.FloatTensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InputSpecTest {
    private static final TensorSpec LEVEL = TensorSpec.floats("level", 2);
    private static final TensorSpec CARRIER = TensorSpec.floats("carrier");
    private static final InputSpec SPEC = new InputSpec(
            "levels",
            Map.of("mean", "-60", "deviation", "10"),
            List.of(LEVEL, CARRIER),
            List.of(
                    new NetworkTensor(TensorSpec.floats("octaves"), new Formula.Log(new Formula.Given("carrier"))),
                    new NetworkTensor(
                            TensorSpec.floats("features", 2),
                            new Formula.Standard(new Formula.Given("level"), -60, 10))));

    @Test
    void theNetworksTensorsFollowFromTheClients() {
        Map<String, FloatTensor> given = Map.of(
                "level", FloatTensor.of(new float[] {-60, -50, -80, -60}, 2, 2),
                "carrier", FloatTensor.of(new float[] {1, 1}, 2));
        assertThat(Batches.check(SPEC.given(), given)).isEqualTo(2);
        Map<String, FloatTensor> prepared = SPEC.prepare(given);
        assertThat(prepared.keySet()).containsExactly("octaves", "features");
        assertThat(prepared.get("features")).isEqualTo(FloatTensor.of(new float[] {0, 1, -2, 0}, 2, 2));
        assertThat(prepared.get("octaves")).isEqualTo(FloatTensor.of(new float[] {0, 0}, 2));
        assertThat(SPEC.networkSpecs()).containsExactly(TensorSpec.floats("octaves"), TensorSpec.floats("features", 2));
    }

    @Test
    void aTensorThatIsMissingIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Batches.check(SPEC.given(), Map.of("level", FloatTensor.zeros(2, 2))))
                .withMessage("'carrier' is missing; there are [level], expected are [level, carrier]");
    }

    @Test
    void parametersAreInTheOrderOfTheirNamesAndCannotBeChanged() {
        assertThat(SPEC.parameters().keySet()).containsExactly("deviation", "mean");
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> SPEC.parameters().put("x", "y"))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
