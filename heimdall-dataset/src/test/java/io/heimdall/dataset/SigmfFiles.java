package io.heimdall.dataset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** SigMF recordings of 12 000 samples a second, of 32-bit floats, as tests need them. */
public final class SigmfFiles {

    private SigmfFiles() {}

    /**
     * Writes a pair of files.
     *
     * @param base its name without the endings
     * @param frequencyHz that it was tuned to
     * @param starts sample numbers at which captures begin, the first 0
     * @param channels pairs I, Q of each receiver, all of one length
     * @return the metadata
     */
    public static Path pair(Path base, double frequencyHz, long[] starts, float[]... channels) throws IOException {
        Files.createDirectories(base.toAbsolutePath().getParent());
        Files.write(base.resolveSibling(base.getFileName() + ".sigmf-data"), data(channels));
        return Files.writeString(
                base.resolveSibling(base.getFileName() + ".sigmf-meta"), meta(frequencyHz, starts, channels.length));
    }

    /** Writes an archive of recordings of one receiver each, by their names. */
    public static Path archive(Path file, double frequencyHz, Map<String, float[]> recordings) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        recordings.forEach((name, iq) -> {
            entries.put(name + ".sigmf-meta", meta(frequencyHz, new long[1], 1).getBytes(StandardCharsets.UTF_8));
            entries.put(name + ".sigmf-data", data(iq));
        });
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            tar.write(tarHeader(entry.getKey(), entry.getValue().length));
            tar.write(entry.getValue());
            tar.write(new byte[Math.floorMod(-entry.getValue().length, 512)]);
        }
        tar.write(new byte[1024]);
        return Files.write(file, tar.toByteArray());
    }

    private static String meta(double frequencyHz, long[] starts, int channels) {
        List<String> captures = new ArrayList<>();
        for (long start : starts) {
            captures.add(String.format(
                    Locale.ROOT, "{\"core:sample_start\": %d, \"core:frequency\": %.1f}", start, frequencyHz));
        }
        return "{\"global\": {\"core:datatype\": \"cf32_le\", \"core:sample_rate\": 12000, \"core:version\": \"1.0.0\","
                + " \"core:num_channels\": " + channels + "}, \"captures\": " + captures + ", \"annotations\": []}";
    }

    private static byte[] data(float[]... channels) {
        ByteBuffer bytes =
                ByteBuffer.allocate(4 * channels.length * channels[0].length).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < channels[0].length; i += 2) {
            for (float[] channel : channels) {
                bytes.putFloat(channel[i]).putFloat(channel[i + 1]);
            }
        }
        return bytes.array();
    }

    private static byte[] tarHeader(String name, int size) {
        ByteBuffer header = ByteBuffer.allocate(512);
        header.put(0, name.getBytes(StandardCharsets.US_ASCII));
        header.put(100, "0000644\0".getBytes(StandardCharsets.US_ASCII));
        header.put(124, String.format("%011o\0", size).getBytes(StandardCharsets.US_ASCII));
        header.put(136, "00000000000\0".getBytes(StandardCharsets.US_ASCII));
        header.put(148, "        0ustar\00000".getBytes(StandardCharsets.US_ASCII));
        int sum = 0;
        for (byte b : header.array()) {
            sum += b & 0xff;
        }
        header.put(148, String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII));
        return header.array();
    }
}
