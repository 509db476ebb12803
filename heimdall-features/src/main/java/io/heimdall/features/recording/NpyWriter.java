package io.heimdall.features.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Writes NumPy's {@code .npy} files, version 1, little endian, C order.
 *
 * <p>A file is written to a temporary name in its own directory, and renamed when it is complete: a reader sees the old one or the
 * new one.
 */
public final class NpyWriter {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int ALIGNMENT = 64;

    private NpyWriter() {}

    /**
     * Writes numbers as {@code <f4}.
     *
     * @param file the file, replaced where there is one
     * @param values the numbers, the last index running fastest
     * @param shape the array's dimensions; none: one dimension
     * @throws IllegalArgumentException if the shape is not that of so many numbers
     * @throws IOException if the file cannot be written; there is no new file then
     */
    public static void write(Path file, float[] values, int... shape) throws IOException {
        int[] dimensions = shape.length == 0 ? new int[] {values.length} : shape.clone();
        long product = 1;
        for (int dimension : dimensions) {
            if (dimension < 0) {
                throw new IllegalArgumentException("shape " + Arrays.toString(dimensions) + " has a negative length");
            }
            product = Math.multiplyExact(product, (long) dimension);
        }
        if (product != values.length) {
            throw new IllegalArgumentException(
                    "shape " + Arrays.toString(dimensions) + " is not that of " + values.length + " numbers");
        }
        writeAside(file, "<f4", dimensions, values);
    }

    /**
     * Writes IQ samples as {@code <c8}, one dimension.
     *
     * @param file the file, replaced where there is one
     * @param interleaved I, Q, I, Q, ...
     * @throws IllegalArgumentException if the last pair is incomplete
     * @throws IOException if the file cannot be written; there is no new file then
     */
    public static void writeComplex(Path file, float[] interleaved) throws IOException {
        writeAside(file, "<c8", pairs(interleaved), interleaved);
    }

    /**
     * Returns the content of a file of IQ samples, as {@link #writeComplex} writes it.
     *
     * @param interleaved I, Q, I, Q, ...
     * @throws IllegalArgumentException if the last pair is incomplete
     */
    public static byte[] complexBytes(float[] interleaved) {
        byte[] header = header("<c8", pairs(interleaved));
        byte[] content = Arrays.copyOf(header, header.length + 4 * interleaved.length);
        ByteBuffer.wrap(content, header.length, 4 * interleaved.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .put(interleaved);
        return content;
    }

    private static int[] pairs(float[] interleaved) {
        if (interleaved.length % 2 != 0) {
            throw new IllegalArgumentException(interleaved.length + " floats are no pairs I, Q");
        }
        return new int[] {interleaved.length / 2};
    }

    private static void writeAside(Path file, String type, int[] shape, float[] values) throws IOException {
        Path aside = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            try (FileChannel channel =
                    FileChannel.open(aside, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                writeFully(channel, ByteBuffer.wrap(header(type, shape)));
                writeFully(channel, values);
                channel.force(true);
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private static byte[] header(String type, int[] shape) {
        String dimensions = Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + dimensions
                + (shape.length == 1 ? ",), }" : "), }");
        // The format asks that the data begin at a multiple of 64, and the header end in a new line.
        int total = (10 + text.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        byte[] padded = (text + " ".repeat(total - 10 - text.length() - 1) + "\n").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(total)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("\u0093NUMPY".getBytes(StandardCharsets.ISO_8859_1))
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) padded.length)
                .put(padded)
                .array();
    }

    private static void writeFully(FileChannel channel, float[] values) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int done = 0; done < values.length; done += BUFFER_BYTES / 4) {
            int run = Math.min(BUFFER_BYTES / 4, values.length - done);
            block.clear().asFloatBuffer().put(values, done, run);
            writeFully(channel, block.limit(4 * run));
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
