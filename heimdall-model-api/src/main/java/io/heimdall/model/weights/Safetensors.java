package io.heimdall.model.weights;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.UnusableFileException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Reads and writes weights as safetensors files, the format that PyTorch users exchange.
 *
 * <p>A file is the header's length (8 bytes, little-endian), the header (JSON: name to dtype, shape and data_offsets),
 * then the values, row-major and without holes. Nothing in it is executed on reading, and every number of the header is
 * checked against the file's size before memory is taken.
 *
 * @see <a href="https://github.com/huggingface/safetensors">the format</a>
 */
public final class Safetensors {
    private static final int CHUNK_BYTES = 1 << 18;
    private static final JsonMapper JSON = new JsonMapper();

    private Safetensors() {}

    /** Writes weights without metadata; see {@link #write(Path, Weights, Map)}. */
    public static void write(Path file, Weights weights) throws IOException {
        write(file, weights, Map.of());
    }

    /**
     * Writes weights, in their order, as 32-bit floats.
     *
     * <p>The file appears whole or not at all: it is written beside its place, forced to disk and renamed.
     *
     * @param file replaced if there is one
     * @param metadata free text by key, stored in the header
     * @throws IOException if it cannot be written; an older file is kept then
     */
    public static void write(Path file, Weights weights, Map<String, String> metadata) throws IOException {
        Path target = file.toAbsolutePath();
        Path aside = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            try (FileChannel channel =
                    FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                writeHeader(channel, weights, metadata);
                for (FloatTensor tensor : weights.tensors().values()) {
                    writeValues(channel, tensor.values());
                }
                channel.force(true);
            }
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private static void writeHeader(FileChannel channel, Weights weights, Map<String, String> metadata)
            throws IOException {
        ObjectNode header = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode node = header.putObject(SafetensorsHeader.METADATA);
            metadata.forEach(node::put);
        }
        long offset = 0;
        for (var entry : weights.tensors().entrySet()) {
            ObjectNode node = header.putObject(entry.getKey());
            node.put("dtype", "F32");
            var shape = node.putArray("shape");
            for (int axis : entry.getValue().shape()) {
                shape.add(axis);
            }
            long end = offset + (long) Float.BYTES * entry.getValue().values().length;
            node.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] json = JSON.writeValueAsBytes(header);
        int padded = (json.length + 7) / 8 * 8; // readers may map the values as aligned floats
        ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(padded).put(json);
        while (buffer.hasRemaining()) {
            buffer.put((byte) ' ');
        }
        writeFully(channel, buffer.flip());
    }

    private static void writeValues(FileChannel channel, float[] values) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        int step = CHUNK_BYTES / Float.BYTES;
        for (int from = 0; from < values.length; from += step) {
            int count = Math.min(step, values.length - from);
            chunk.clear();
            chunk.asFloatBuffer().put(values, from, count);
            writeFully(channel, chunk.limit(count * Float.BYTES));
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /**
     * Reads all tensors of a file, whoever wrote it, in the order in which they lie there.
     *
     * <p>F32 is read as it is; F64, F16 and BF16 are converted. PyTorch's integer counters {@code num_batches_tracked}
     * are left out.
     *
     * @throws IOException naming the file, the tensor and what is wrong with it
     */
    public static Weights read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            SafetensorsHeader header = readHeader(file, channel);
            header.checkWeights(file.toString());
            var tensors = new LinkedHashMap<String, FloatTensor>();
            for (SafetensorsHeader.Entry entry : header.entries()) {
                if (!entry.isCounter()) {
                    channel.position(header.dataStart() + entry.begin());
                    tensors.put(entry.name(), readTensor(file, channel, entry));
                }
            }
            return new Weights(tensors);
        }
    }

    /**
     * Reads the metadata of a file.
     *
     * @return text by key, empty if the file has none
     * @throws IOException if the file is not a safetensors file
     */
    public static Map<String, String> metadata(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return readHeader(file, channel).metadata();
        }
    }

    /**
     * Reads all tensors of a file that is in memory, in the order in which they lie there. Beside the types of weights they may be
     * BOOL (0 and 1), I32 and I64, which are exact up to 2^24.
     *
     * @param name of the file in messages
     * @throws UnusableFileException naming the tensor and what is wrong with it
     */
    public static Map<String, FloatTensor> parse(String name, byte[] file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int length = headerLength(name, file.length, file.length < Long.BYTES ? 0 : bytes.getLong());
        String json = new String(file, Long.BYTES, length, StandardCharsets.UTF_8);
        SafetensorsHeader header = SafetensorsHeader.parse(name, json, Long.BYTES + length, file.length);
        var tensors = new LinkedHashMap<String, FloatTensor>();
        for (SafetensorsHeader.Entry entry : header.entries()) {
            FloatTensor tensor = FloatTensor.zeros(entry.shape());
            bytes.position((int) (header.dataStart() + entry.begin()));
            entry.type().decode(bytes, tensor.values(), 0, tensor.values().length);
            tensors.put(entry.name(), tensor);
        }
        return tensors;
    }

    private static SafetensorsHeader readHeader(Path file, FileChannel channel) throws IOException {
        long size = channel.size();
        ByteBuffer head = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        if (size >= Long.BYTES) {
            readFully(file, channel, head);
        }
        int length = headerLength(file.toString(), size, head.getLong(0));
        ByteBuffer json = ByteBuffer.allocate(length);
        readFully(file, channel, json);
        return SafetensorsHeader.parse(
                file.toString(), new String(json.array(), StandardCharsets.UTF_8), Long.BYTES + length, size);
    }

    /** Returns the header's length, which the first eight bytes state, if the file can have it. */
    private static int headerLength(String file, long size, long stated) throws UnusableFileException {
        if (size < Long.BYTES) {
            throw new UnusableFileException(file, file + ": " + size + " bytes are too few for a safetensors file");
        }
        if (stated < 2 || stated > SafetensorsHeader.LARGEST_BYTES || stated > size - Long.BYTES) {
            throw new UnusableFileException(
                    file,
                    file + ": the header says it has " + Long.toUnsignedString(stated) + " bytes in a file of " + size
                            + " bytes; this is no safetensors file or it was cut");
        }
        return (int) stated;
    }

    private static FloatTensor readTensor(Path file, FileChannel channel, SafetensorsHeader.Entry entry)
            throws IOException {
        FloatTensor tensor = FloatTensor.zeros(entry.shape());
        float[] values = tensor.values();
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        int step = CHUNK_BYTES / entry.type().bytes();
        for (int from = 0; from < values.length; from += step) {
            int count = Math.min(step, values.length - from);
            readFully(file, channel, chunk.clear().limit(count * entry.type().bytes()));
            entry.type().decode(chunk.flip(), values, from, count);
        }
        return tensor;
    }

    private static void readFully(Path file, FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException(file + ": the file became shorter while it was read");
            }
        }
    }
}
