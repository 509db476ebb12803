package io.heimdall.dataset.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The header of a safetensors file of the store, {@value #BYTES} bytes whatever it says, so that one read brings it.
 *
 * @param format of the file
 * @param parameters of the features, in their canonical form; empty where they do not matter
 * @param tensors in the order in which they lie in the file
 * @see <a href="https://github.com/huggingface/safetensors">the format</a>
 */
record TensorHeader(String format, String parameters, List<Tensor> tensors) {
    static final int BYTES = 1_024;

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * One array.
     *
     * @param name of it
     * @param dtype as safetensors names types
     * @param elementBytes of the type
     * @param shape row-major
     */
    record Tensor(String name, String dtype, int elementBytes, List<Long> shape) {
        static Tensor of(String name, String dtype, int elementBytes, long... shape) {
            return new Tensor(
                    name, dtype, elementBytes, Arrays.stream(shape).boxed().toList());
        }

        long length() {
            return shape.stream().reduce((long) elementBytes, (a, b) -> a * b);
        }
    }

    /** Returns the header as it stands in the file. */
    byte[] bytes() {
        StringBuilder json = new StringBuilder("{\"__metadata__\":{\"format\":\"" + format + "\"");
        if (!parameters.isEmpty()) {
            json.append(",\"parameters\":\"").append(parameters).append('"');
        }
        json.append('}');
        long from = 0;
        for (Tensor tensor : tensors) {
            long end = from + tensor.length();
            String shape = tensor.shape().toString().replace(" ", "");
            json.append(",\"" + tensor.name() + "\":{\"dtype\":\"" + tensor.dtype() + "\",\"shape\":" + shape
                    + ",\"data_offsets\":[" + from + "," + end + "]}");
            from = end;
        }
        byte[] text = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer header = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(BYTES - Long.BYTES).put(text);
        while (header.hasRemaining()) {
            header.put((byte) ' ');
        }
        return header.array();
    }

    /** Returns the JSON of a header, which the caller reads numbers from and then compares with what these numbers give. */
    static JsonNode json(String file, byte[] header) throws DamagedFileException {
        try {
            return JSON.readTree(header, Long.BYTES, header.length - Long.BYTES);
        } catch (IOException e) {
            throw new DamagedFileException(file, "its header is not JSON");
        }
    }

    /** Checks that a file begins with this header and nothing else. */
    void check(String file, byte[] header) throws DamagedFileException {
        if (!Arrays.equals(bytes(), header)) {
            throw new DamagedFileException(file, "its header is not one of format " + format);
        }
    }
}
