package io.heimdall.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.network.LocalizationNet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("w.safetensors");
    }

    @Test
    void everyBitComesBackInTheSameOrder() throws IOException {
        var tensors =
                new LinkedHashMap<>(Weights.initial(LocalizationNet.small(3), 5).tensors());
        tensors.put("odd", FloatTensor.of(new float[] {Float.NaN, -0f, Float.MIN_VALUE, 1e30f}, 4, 1));
        tensors.put("scalar", FloatTensor.of(new float[] {7f}));
        tensors.put("empty", FloatTensor.zeros(0, 3));
        tensors.put("long", FloatTensor.zeros(70_001));
        Weights written = new Weights(tensors);

        Safetensors.write(file, written, Map.of("epoch", "3"));

        Weights read = Safetensors.read(file);
        assertThat(read.tensors().keySet()).containsExactlyElementsOf(tensors.keySet());
        assertThat(read.sha256()).isEqualTo(written.sha256());
        assertThat(Safetensors.metadata(file)).containsExactly(Map.entry("epoch", "3"));
    }

    @Test
    void layoutIsTheFormats() throws IOException {
        Safetensors.write(file, new Weights(Map.of("a", FloatTensor.of(new float[] {1f, 2f}, 1, 2))));
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        long length = bytes.getLong();
        byte[] header = new byte[(int) length];
        bytes.get(header);
        assertThat(length % 8).isZero();
        assertThat(new String(header, StandardCharsets.UTF_8).strip())
                .isEqualTo("{\"a\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}");
        assertThat(bytes.getFloat()).isEqualTo(1f);
        assertThat(bytes.getFloat()).isEqualTo(2f);
        assertThat(bytes.hasRemaining()).isFalse();
        assertThat(Safetensors.metadata(file)).isEmpty();
    }

    @Test
    void otherPrecisionsAreConvertedAndCountersPassedOver() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        data.putDouble(0.1).putLong(5);
        for (int half : new int[] {0x3C00, 0xC000, 0x0001, 0x7C00, 0xFC00, 0x7E00, 0x3555, 0x8000}) {
            data.putShort((short) half);
        }
        data.putShort((short) 0x3F80).putShort((short) 0xC049);
        write("""
                {"d":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},
                 "bn.num_batches_tracked":{"dtype":"I64","shape":[],"data_offsets":[8,16]},
                 "h":{"dtype":"F16","shape":[8],"data_offsets":[16,32]},
                 "b":{"dtype":"BF16","shape":[2],"data_offsets":[32,36]}}""", Arrays.copyOf(data.array(), 36));

        Map<String, FloatTensor> tensors = Safetensors.read(file).tensors();

        assertThat(tensors.keySet()).containsExactly("d", "h", "b");
        assertThat(tensors.get("d").values()).containsExactly(0.1f);
        assertThat(tensors.get("h").values())
                .containsExactly(
                        1f,
                        -2f,
                        0x1p-24f,
                        Float.POSITIVE_INFINITY,
                        Float.NEGATIVE_INFINITY,
                        Float.NaN,
                        0.33325195f,
                        -0f);
        assertThat(tensors.get("b").values()).containsExactly(1f, -3.140625f);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "not json at all|is not JSON",
                "[1]|not a JSON object",
                "{} {}|is not JSON",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'a':{}}|is not JSON",
                "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}|needs 12 bytes",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}|take 4 bytes but the file has 8",
                "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,12]}}|take 12 bytes but the file has 8",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}|begins at 4",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}|begins at 4",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}|not [begin, end]",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0]}}|not [begin, end]",
                "{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}}|not integers from 0",
                "{'a':{'dtype':'F32','shape':[2.5],'data_offsets':[0,8]}}|not integers from 0",
                "{'a':{'dtype':'F32','shape':[1e30],'data_offsets':[0,8]}}|not integers from 0",
                "{'a':{'dtype':'F32','shape':2,'data_offsets':[0,8]}}|no list shape",
                "{'a':{'dtype':'F32','shape':[2]}}|no list data_offsets",
                "{'a':{'dtype':'I32','shape':[2],'data_offsets':[0,8]}}|dtype 'I32'",
                "{'a':{'dtype':'I64','shape':[1],'data_offsets':[0,8]}}|dtype 'I64'",
                "{'a':{'dtype':'F32','shape':[9223372036854775807],'data_offsets':[0,8]}}|impossible shape",
                "{'a':{'dtype':'F32','shape':[2147483647,2147483647,16],'data_offsets':[0,8]}}|impossible shape",
                "{'a':{'dtype':'F16','shape':[2147483647],'data_offsets':[0,4294967294]}}|more elements",
            })
    void headerThatLiesIsRefused(String header, String complaint) throws IOException {
        write(header.replace('\'', '"'), new byte[8]);
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(complaint);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1, 9, 100_000_001, Long.MAX_VALUE})
    void headerLengthThatLiesIsRefused(long length) throws IOException {
        Files.write(
                file,
                ByteBuffer.allocate(16)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(length)
                        .array());
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the header says");
    }

    @Test
    void fileCutAnywhereIsRefused() throws IOException {
        Safetensors.write(file, new Weights(Map.of("a", FloatTensor.zeros(3))));
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void failedWriteKeepsTheOldFileAndLeavesNothingBehind() throws IOException {
        Path occupied = Files.createDirectory(directory.resolve("occupied"));
        Files.writeString(occupied.resolve("precious"), "kept");
        assertThatThrownBy(() -> Safetensors.write(occupied, new Weights(Map.of("a", FloatTensor.zeros(3)))))
                .isInstanceOf(IOException.class);
        assertThat(occupied.resolve("precious")).hasContent("kept");
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void writingTwiceReplaces() throws IOException {
        Safetensors.write(file, new Weights(Map.of("a", FloatTensor.zeros(3))));
        Safetensors.write(file, new Weights(Map.of("b", FloatTensor.zeros(2))));
        assertThat(Safetensors.read(file).tensors()).containsOnlyKeys("b");
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }

    private void write(String header, byte[] data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        Files.write(
                file,
                ByteBuffer.allocate(8 + json.length + data.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(json.length)
                        .put(json)
                        .put(data)
                        .array());
    }
}
