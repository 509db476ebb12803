package io.heimdall.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.input.Axis;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.input.TensorSpec.Type;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedInputsTest {
    private static final Axis RECEIVERS = Axis.free("receivers");
    private static final List<TensorSpec> SPECS = List.of(
            new TensorSpec("level", Type.FLOAT, List.of(RECEIVERS, Axis.of(2))),
            new TensorSpec("heard", Type.FLAG, List.of(RECEIVERS)),
            new TensorSpec("number", Type.WHOLE, List.of(RECEIVERS)),
            new TensorSpec("frequency", Type.FLOAT, List.of()));

    private static final String LEVEL = "\"level\": [[1, 2.5], [3, -4e1]]";
    private static final String HEARD = "\"heard\": [true, 0]";
    private static final String NUMBER = "\"number\": [7, 0]";

    private static PredictBody body(String inputs) {
        return FeatureBody.json(("{\"inputs\": {" + inputs + "}, \"model\": 3, \"model_name\": \"other\"}")
                .getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void oneRowMayLeaveTheBatchAxisAway() {
        PredictBody body = body(LEVEL + ", " + HEARD + ", " + NUMBER + ", \"frequency\": 145");

        Map<String, FloatTensor> batch = body.batch(SPECS);

        assertThat(body.model()).hasValue("3");
        assertThat(body.modelName()).hasValue("other");
        assertThat(batch.keySet()).containsExactly("level", "heard", "number", "frequency");
        assertThat(batch.get("level").shape()).containsExactly(1, 2, 2);
        assertThat(batch.get("level").values()).containsExactly(1, 2.5f, 3, -40);
        assertThat(batch.get("heard").shape()).containsExactly(1, 2);
        assertThat(batch.get("heard").values()).containsExactly(1, 0);
        assertThat(batch.get("number").values()).containsExactly(7, 0);
        assertThat(batch.get("frequency").shape()).containsExactly(1);
    }

    /** As programs write it that know one type of number alone. */
    @Test
    void aWholeNumberMayHaveAnEmptyFraction() {
        PredictBody body = FeatureBody.json(
                "{\"inputs\": {\"number\": [7.0, 1e1]}, \"model\": 2.0}".getBytes(StandardCharsets.UTF_8));

        assertThat(body.model()).hasValue("2");
        assertThat(body.batch(SPECS.subList(2, 3)).get("number").values()).containsExactly(7, 10);
        for (String wrong : List.of("2.5", "1e300", "true", "[2]")) {
            assertThatThrownBy(() -> FeatureBody.json(
                            ("{\"inputs\": {}, \"model\": " + wrong + "}").getBytes(StandardCharsets.UTF_8)))
                    .as(wrong)
                    .isInstanceOf(Problem.class)
                    .hasMessage("model is neither a word nor a whole number");
        }
    }

    @Test
    void severalRowsAreOfTheSameNumberOfReceivers() {
        Map<String, FloatTensor> batch = body("\"level\": [[[1, 2]], [[3, 4]], [[5, 6]]], \"heard\": [[true], [false],"
                        + " [true]], \"number\": [[1], [2], [3]], \"frequency\": [145, 146, 147]")
                .batch(SPECS);

        assertThat(batch.get("level").shape()).containsExactly(3, 1, 2);
        assertThat(batch.get("level").values()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(batch.get("heard").values()).containsExactly(1, 0, 1);
        assertThat(batch.get("frequency").values()).containsExactly(145, 146, 147);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "'level': [[1, 2], [3]]      | 409 | 'level' has arrays of different lengths",
                "'level': [[1, 2], 3]        | 409 | 'level' has arrays of different lengths",
                "'level': [1, 2]             | 409 | 'level' has 1 levels of arrays, expected [batch, receivers, 2]",
                "'level': [[]]               | 400 | 'level' has an empty array",
                "'level': [[1, 'a'], [3, 4]] | 400 | 'level' holds something else than a finite number: \"a\"",
                "'level': [[1, 1e99], [3, 4]]| 400 | 'level' holds something else than a finite number: 1.0E99",
                "'level': [[1, {}], [3, 4]]  | 400 | 'level' holds something else than a finite number: {}",
                "'level': [[1, null], [3, 4]]| 400 | 'level' holds something else than a finite number: null",
                "'level': [[1], [3]]         | 409 | 'level' has shape [1, 2, 1], expected [batch, receivers, 2]",
                "'level': [[1, 2]]           | 409 | 'heard' has shape [1, 2], expected [batch, receivers]",
                "'heard': [true, 2]          | 400 | 'heard' holds something else than true or false: 2",
                "'heard': [true, 'no']       | 400 | 'heard' holds something else than true or false: \"no\"",
                "'number': [1, 2.5]          | 400 | 'number' holds something else than a whole number up to 2^24: 2.5",
                "'number': [1, 16777217]     | 400 | 'number' holds something else than a whole number up to 2^24: 16777217",
                "'number': true              | 409 | 'number' has 0 levels of arrays",
                "'frequency': [1, 2]         | 409 | 'frequency' has 2 rows, the tensors before it have 1",
                "'frequency': [[1]]          | 409 | 'frequency' has 2 levels of arrays",
                "'power': 3                  | 409 | the model has no input 'power'; it takes level, heard, number, frequency",
            })
    void badInputsAreRefused(String changed, int status, String said) {
        String change = changed.replace('\'', '"');
        StringBuilder inputs = new StringBuilder(change);
        for (String other : List.of(LEVEL, HEARD, NUMBER, "\"frequency\": 1")) {
            if (!change.startsWith(other.substring(0, other.indexOf(':')))) {
                inputs.append(", ").append(other);
            }
        }
        assertThatThrownBy(() -> body(inputs.toString()).batch(SPECS))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(status))
                .hasMessageContaining(said);
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> body(LEVEL).batch(SPECS))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("the input 'heard' is missing; the model takes level, heard, number, frequency");
    }

    @Test
    void featuresAndInputsExcludeEachOtherAndInputsAreAnObject() {
        assertThatThrownBy(
                        () -> FeatureBody.json("{\"features\": [1], \"inputs\": {}}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("features and inputs");
        assertThatThrownBy(() -> FeatureBody.json("{\"inputs\": [1]}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("inputs is no object");
        assertThatThrownBy(() -> FeatureBody.json("{\"features\": [1]}".getBytes(StandardCharsets.UTF_8))
                        .batch(SPECS))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("the field 'inputs' with level [batch, receivers, 2], heard [batch, receivers]");
    }

    /** Arrays of numbers are read apart from the rest; the result is that of a parser that reads all of it. */
    @Test
    void inputsAreTheSameHoweverTheyAreWritten() throws IOException {
        Random random = new Random(1);
        for (int receivers = 1; receivers < 40; receivers += 7) {
            List<List<Float>> levels = new ArrayList<>();
            List<Integer> numbers = new ArrayList<>();
            for (int r = 0; r < receivers; r++) {
                levels.add(List.of((float) (-60 + 10 * random.nextGaussian()), random.nextInt(9) * 0.5f));
                numbers.add(random.nextInt(20));
            }
            Map<String, Object> inputs = Map.of(
                    "level", levels, "heard", Collections.nCopies(receivers, 1), "number", numbers, "frequency", 145.5);
            byte[] json = new JsonMapper().writeValueAsBytes(Map.of("model", 3, "inputs", inputs));

            Map<String, FloatTensor> batch = FeatureBody.json(json).batch(SPECS);

            Map<String, FloatTensor> whole = new NamedInputs(
                            new JsonMapper().readTree(json).get("inputs"), Map.of(), Optional.empty(), Optional.empty())
                    .batch(SPECS);
            for (TensorSpec spec : SPECS) {
                assertThat(batch.get(spec.name()).shape())
                        .isEqualTo(whole.get(spec.name()).shape());
                assertThat(batch.get(spec.name()).values())
                        .isEqualTo(whole.get(spec.name()).values());
            }
            byte[] wide = new String(json, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16);
            assertThat(FeatureBody.json(wide).batch(SPECS).get("level").values())
                    .isEqualTo(batch.get("level").values());
        }
    }

    @Test
    void moreArraysThanAnyModelTakesAreNamedAsUnknown() {
        StringBuilder inputs = new StringBuilder("\"level\": [[1, 2]]");
        for (int n = 0; n < 1000; n++) {
            inputs.append(", \"other").append(n).append("\": [1, [2]]");
        }
        assertThatThrownBy(() -> body(inputs.toString()).batch(SPECS))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("the model has no input 'other0'");
    }
}
