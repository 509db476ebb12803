package io.heimdall.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.input.Axis;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.input.TensorSpec.Type;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorBodyTest {
    private static final Axis RECEIVERS = Axis.free("receivers");
    private static final List<TensorSpec> SPECS = List.of(
            new TensorSpec("level", Type.FLOAT, List.of(RECEIVERS)),
            new TensorSpec("heard", Type.FLAG, List.of(RECEIVERS)),
            new TensorSpec("number", Type.WHOLE, List.of(RECEIVERS)));

    private static final String LEVEL = "'level':{'dtype':'F32','shape':[1,2],'data_offsets':[0,8]}";
    private static final String HEARD = "'heard':{'dtype':'BOOL','shape':[1,2],'data_offsets':[8,10]}";
    private static final String NUMBER = "'number':{'dtype':'I64','shape':[1,2],'data_offsets':[10,26]}";

    private final ByteBuffer values = ByteBuffer.allocate(26)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putFloat(-60.25f)
            .putFloat(-71)
            .put((byte) 1)
            .put((byte) 0)
            .putLong(3)
            .putLong(0);

    private static byte[] file(String header, byte[] values) {
        byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + values.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(values)
                .array();
    }

    private TensorBody body(String... entries) throws IOException {
        return TensorBody.of(file("{" + String.join(",", entries) + "}", values.array()));
    }

    @Test
    void typesOfOtherProgramsAreRead() throws IOException {
        Map<String, FloatTensor> batch = body(LEVEL, HEARD, NUMBER).batch(SPECS);

        assertThat(batch.keySet()).containsExactly("level", "heard", "number");
        assertThat(batch.get("level")).isEqualTo(FloatTensor.of(new float[] {-60.25f, -71}, 1, 2));
        assertThat(batch.get("heard")).isEqualTo(FloatTensor.of(new float[] {1, 0}, 1, 2));
        assertThat(batch.get("number")).isEqualTo(FloatTensor.of(new float[] {3, 0}, 1, 2));
    }

    @Test
    void oneRowMayLeaveTheBatchAxisAway() throws IOException {
        Map<String, FloatTensor> batch = body(LEVEL.replace("[1,2]", "[2]"), HEARD.replace("[1,2]", "[2]"), NUMBER)
                .batch(SPECS);

        assertThat(batch.get("level").shape()).containsExactly(1, 2);
    }

    @Test
    void anUnknownAndAMissingInputAreNamed() throws IOException {
        assertThatThrownBy(() ->
                        body(LEVEL.replace("level", "power"), HEARD, NUMBER).batch(SPECS))
                .hasMessage("the model has no input 'power'; it takes level, heard, number");
        assertThatThrownBy(() -> body(LEVEL, HEARD, NUMBER).batch(withAnother()))
                .hasMessageStartingWith("the input 'frequency' is missing");
    }

    private static List<TensorSpec> withAnother() {
        TensorSpec[] more = Arrays.copyOf(SPECS.toArray(new TensorSpec[0]), 4);
        more[3] = new TensorSpec("frequency", Type.FLOAT, List.of());
        return List.of(more);
    }

    @Test
    void aValueThatIsNoneOfItsTypeIsNamed() {
        values.put(8, (byte) 2);
        assertThatThrownBy(() -> body(LEVEL, HEARD, NUMBER).batch(SPECS))
                .hasMessage("the input 'heard' holds something else than true or false: 2.0");
        values.put(8, (byte) 1).putFloat(4, Float.NaN);
        assertThatThrownBy(() -> body(LEVEL, HEARD, NUMBER).batch(SPECS))
                .hasMessage("the input 'level' holds something else than a finite number: NaN");
        values.putFloat(4, 0).putLong(10, 1L << 40);
        assertThatThrownBy(() -> body(LEVEL, HEARD, NUMBER).batch(SPECS))
                .hasMessageStartingWith("the input 'number' holds something else than a whole number up to 2^24");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'                                                           | the safetensors header is not JSON",
                "{'level':{'dtype':'C64','shape':[1],'data_offsets':[0,8]}}    | has dtype 'C64'; known are",
                "{'level':{'dtype':'F32','shape':[2],'data_offsets':[0,16]}}   | needs 8 bytes but has data_offsets",
                "{'level':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}    | the tensors take 8 bytes but the file has 26",
            })
    void aFileThatIsNoneIsRefusedWithTheReason(String header, String reason) {
        assertThatThrownBy(() -> TensorBody.of(file(header, values.array())))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("the body: ")
                .hasMessageContaining(reason);
    }

    @Test
    void aBodyThatEndsTooSoonIsRefused() {
        assertThatThrownBy(() -> TensorBody.of(new byte[3]))
                .isInstanceOf(Problem.class)
                .hasMessage("the body: 3 bytes are too few for a safetensors file");
        assertThatThrownBy(() -> TensorBody.of(new byte[12]))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("the header says it has 0 bytes in a file of 12 bytes");
    }
}
