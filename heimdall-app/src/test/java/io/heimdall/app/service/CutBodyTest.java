package io.heimdall.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.input.Axis;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.input.TensorSpec.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of named inputs whose arrays are read apart: the same as by a tree of the whole body. */
class CutBodyTest {
    private static final Axis RECEIVERS = Axis.free("receivers");
    private static final List<TensorSpec> SPECS = List.of(
            new TensorSpec("level", Type.FLOAT, List.of(RECEIVERS, Axis.of(3))),
            new TensorSpec("heard", Type.FLAG, List.of(RECEIVERS)),
            new TensorSpec("number", Type.WHOLE, List.of(RECEIVERS)),
            new TensorSpec("frequency", Type.FLOAT, List.of()));
    /** What may stand for a number, good and bad. */
    private static final List<String> ODD = List.of(
            "1e3", "-0.0", "3e38", "1e39", "true", "null", "\"a\"", "[]", "[1]", "2.5", "1", "01", "-", "16777216");

    private static byte[] bytes(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the batch, or why there is none. */
    private static String outcome(PredictBody body) {
        try {
            Map<String, FloatTensor> batch = body.batch(SPECS);
            return batch.entrySet().stream()
                    .map(input -> input.getKey()
                            + List.of(Arrays.toString(input.getValue().shape()))
                            + Arrays.toString(input.getValue().values()))
                    .collect(Collectors.joining(" "));
        } catch (Problem problem) {
            return problem.status() + " " + problem.getMessage();
        }
    }

    private static String array(Random random, int... lengths) {
        if (lengths.length == 0) {
            return random.nextInt(60) == 0
                    ? ODD.get(random.nextInt(ODD.size()))
                    : random.nextBoolean() ? "1" : Integer.toString(random.nextInt(2));
        }
        int length = random.nextInt(60) == 0 ? lengths[0] + 1 : lengths[0];
        int[] inner = Arrays.copyOfRange(lengths, 1, lengths.length);
        return IntStream.range(0, length)
                .mapToObj(n -> array(random, inner))
                .collect(Collectors.joining(random.nextInt(9) == 0 ? " ,\n" : ",", "[", "]"));
    }

    @Test
    void arraysThatAreReadApartAreWhatATreeSays() throws Exception {
        Random random = new Random(1);
        int read = 0;
        int refused = 0;
        for (int trial = 0; trial < 2000; trial++) {
            int rows = 1 + random.nextInt(2);
            String text = "{\"model\": 3, \"inputs\": {\"level\": " + array(random, rows, 2, 3) + ", \"heard\": "
                    + array(random, rows, 2) + ",\"number\" :" + array(random, rows, 2) + ", \"frequency\":"
                    + array(random, rows) + "}}";
            String quick;
            try {
                quick = outcome(FeatureBody.json(bytes(text)));
            } catch (Problem problem) {
                quick = problem.getMessage();
            }
            String slow;
            try {
                JsonNode tree = Answers.JSON.readTree(bytes(text));
                slow = outcome(new NamedInputs(tree.get("inputs"), Map.of(), Optional.empty(), Optional.empty()));
                refused += slow.startsWith("4") ? 1 : 0;
            } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                slow = Answers.malformed(e).getMessage();
            }
            assertThat(quick).as(text).isEqualTo(slow);
            read += CutBody.of(bytes(text)).isPresent() ? 1 : 0;
        }
        assertThat(read).isGreaterThan(1000);
        assertThat(refused).isGreaterThan(100);
    }

    @Test
    void arraysOfNumbersAreCutOutAndTheRestIsLeft() {
        CutBody cut = CutBody.of(bytes(
                        "{\"inputs\": {\"a\": [[1, 2.5]], \"b\": [true], \"c\": 4, \"d\": [-1]}, \"model\": \"x\"}"))
                .orElseThrow();

        assertThat(cut.arrays().keySet()).containsExactly("a", "d");
        assertThat(cut.arrays().get("a").values()).containsExactly(1, 2.5f);
        assertThat(cut.rest().toString())
                .isEqualTo("{\"inputs\":{\"a\":0,\"b\":[true],\"c\":4,\"d\":0},\"model\":\"x\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[1]",
                "{\"inputs\": {\"a\": [1}}",
                "{\"inputs\": {\"a\": [1]}} 2",
                "{\"inputs\": {\"a\": [1], \"a\": [2]}}",
                "{\"inputs\": {\"a\": [1]}, \"inputs\": {\"b\": [1]}}",
                "{\"inputs\": [1]}",
                "{\"features\": [1]}",
            })
    void otherBodiesAreReadWhole(String body) {
        assertThat(CutBody.of(bytes(body))).isEmpty();
    }

    @Test
    void moreArraysThanAModelTakesAreReadWhole() {
        String many = IntStream.range(0, 50_000)
                .mapToObj(n -> "\"i" + n + "\":[1]")
                .collect(Collectors.joining(",", "{\"inputs\":{", "}}"));

        assertThat(CutBody.of(bytes(many))).isEmpty();
        assertThatThrownBy(() -> FeatureBody.json(bytes(many)).batch(SPECS))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("the model has no input 'i0'");
    }
}
