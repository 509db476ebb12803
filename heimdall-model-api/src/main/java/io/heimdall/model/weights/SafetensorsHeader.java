package io.heimdall.model.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.heimdall.model.UnusableFileException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file, held against the file's size.
 *
 * @param dataStart position in the file from which offsets count
 * @param entries in the order of their offsets, together exactly the rest of the file
 * @param metadata free text by key
 */
record SafetensorsHeader(long dataStart, List<Entry> entries, Map<String, String> metadata) {
    static final String METADATA = "__metadata__";

    /** The format's own limit. */
    static final int LARGEST_BYTES = 100_000_000;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** One tensor: {@code begin} counts from {@link #dataStart}. */
    record Entry(String name, ElementType type, int[] shape, long begin, long end) {

        /** Returns whether it is one of PyTorch's counters, which are no weights. */
        boolean isCounter() {
            return name.endsWith("num_batches_tracked");
        }
    }

    static SafetensorsHeader parse(String file, String json, long dataStart, long fileSize) throws IOException {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UnusableFileException(
                    file, file + ": the safetensors header is not JSON: " + e.getOriginalMessage(), e);
        }
        if (!root.isObject()) {
            throw new UnusableFileException(file, file + ": the safetensors header is not a JSON object");
        }
        var entries = new ArrayList<Entry>();
        var metadata = new LinkedHashMap<String, String>();
        for (var field : root.properties()) {
            if (field.getKey().equals(METADATA)) {
                field.getValue()
                        .properties()
                        .forEach(m -> metadata.put(m.getKey(), m.getValue().asText()));
            } else {
                entries.add(entry(file, field.getKey(), field.getValue()));
            }
        }
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        checkCover(file, entries, fileSize - dataStart);
        return new SafetensorsHeader(dataStart, List.copyOf(entries), metadata);
    }

    private static Entry entry(String file, String name, JsonNode node) throws IOException {
        long[] offsets = integers(file, name, node, "data_offsets");
        if (offsets.length != 2 || offsets[0] > offsets[1]) {
            throw fault(file, name, " has data_offsets " + node.get("data_offsets") + ", not [begin, end]");
        }
        long[] axes = integers(file, name, node, "shape");
        ElementType type = type(file, name, node.path("dtype").asText());
        long bytes = type.bytes();
        int[] shape = new int[axes.length];
        for (int i = 0; i < axes.length; i++) {
            if (axes[i] > Integer.MAX_VALUE || (axes[i] > 0 && bytes > Long.MAX_VALUE / axes[i])) {
                throw fault(file, name, " has the impossible shape " + node.get("shape"));
            }
            shape[i] = (int) axes[i];
            bytes *= axes[i];
        }
        if (bytes != offsets[1] - offsets[0]) {
            throw fault(
                    file,
                    name,
                    " of type " + type + " and shape " + node.get("shape") + " needs " + bytes
                            + " bytes but has data_offsets " + node.get("data_offsets"));
        }
        if (bytes / type.bytes() > Integer.MAX_VALUE - 8) {
            throw fault(file, name, " has more elements than a Java array holds: " + node.get("shape"));
        }
        return new Entry(name, type, shape, offsets[0], offsets[1]);
    }

    private static ElementType type(String file, String name, String dtype) throws IOException {
        for (ElementType type : ElementType.values()) {
            if (type.name().equals(dtype)) {
                return type;
            }
        }
        throw fault(file, name, " has dtype '" + dtype + "'; known are " + Arrays.toString(ElementType.values()));
    }

    private static long[] integers(String file, String name, JsonNode node, String key) throws IOException {
        JsonNode array = node.path(key);
        if (!array.isArray()) {
            throw fault(file, name, " has no list " + key);
        }
        long[] values = new long[array.size()];
        for (int i = 0; i < values.length; i++) {
            JsonNode value = array.get(i);
            if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
                throw fault(file, name, " has " + key + " " + array + ", not integers from 0");
            }
            values[i] = value.longValue();
        }
        return values;
    }

    /**
     * Checks that the tensors are weights.
     *
     * @throws UnusableFileException naming the first tensor that is not
     */
    void checkWeights(String file) throws UnusableFileException {
        for (Entry entry : entries) {
            boolean fits = entry.isCounter()
                    ? entry.type() == ElementType.I64
                    : entry.type().isFloat();
            if (!fits) {
                throw fault(file, entry.name(), " has dtype '" + entry.type() + "'; weights are F32, F64, F16 or BF16");
            }
        }
    }

    private static UnusableFileException fault(String file, String tensor, String what) {
        return new UnusableFileException(file, file + ": tensor " + tensor + what);
    }

    private static void checkCover(String file, List<Entry> entries, long dataBytes) throws IOException {
        long at = 0;
        for (Entry entry : entries) {
            if (entry.begin() != at) {
                throw new UnusableFileException(
                        file,
                        file + ": tensor " + entry.name() + " begins at " + entry.begin()
                                + " where the one before it ends at " + at);
            }
            at = entry.end();
        }
        if (at != dataBytes) {
            throw new UnusableFileException(
                    file,
                    file + ": the tensors take " + at + " bytes but the file has " + dataBytes
                            + " behind its header; it was cut or something was appended");
        }
    }
}
