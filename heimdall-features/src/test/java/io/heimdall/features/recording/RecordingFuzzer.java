package io.heimdall.features.recording;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads any bytes as a recording of any format. {@code dev/fuzz.sh} lets Jazzer call it, {@link FuzzCorpusTest} runs
 * what Jazzer once found to be of interest.
 *
 * <p>An input's first byte says under which name the others are written; behind a line of {@code ----} stands what goes
 * into the file beside it, where the format has one. Behind an N stands a file's name, behind a T a time.
 */
public final class RecordingFuzzer {
    /** Beyond the file's own size. */
    private static final long MAX_ALLOCATED = 64 << 20;

    private static final byte[] SEPARATOR = "\n----\n".getBytes(StandardCharsets.US_ASCII);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** A recording's name, and that of the file beside it. */
    private record Names(String recording, String beside) {}

    private static final Map<Character, Names> NAMES = new TreeMap<>(Map.of(
            'n', new Names("a.npy", null),
            'w', new Names("20171127T104156Z_77500_X_iq.wav", null),
            'm', new Names("a.sigmf-meta", "a.sigmf-data"),
            'a', new Names("a.sigmf", null),
            'c', new Names("c.sigmf-collection", "a.sigmf-meta"),
            's', new Names("a.sdriq", null),
            'p', new Names("BBD_0001.C16", "BBD_0001.TXT"),
            'r', new Names("gqrx_20240131_120000_433920000_1800000_fc.raw", null),
            'u', new Names("g001_433.92M_250k.cu8", null),
            'x', new Names("unknown", null)));

    private static Path inside;

    private RecordingFuzzer() {}

    /** Jazzer's first call: loads the classes, which takes longer than an input may. */
    public static void fuzzerInitialize() throws IOException {
        for (char kind : NAMES.keySet()) {
            fuzzerTestOneInput((kind + "{}\n----\n{}").getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Jazzer's entry; throws whatever a reader must not. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        if (data.length > 0 && data[0] == 'N') {
            name(new String(data, 1, data.length - 1, StandardCharsets.UTF_8));
            return;
        }
        if (data.length > 0 && data[0] == 'T') {
            IsoTime.parse(new String(data, 1, data.length - 1, StandardCharsets.UTF_8));
            return;
        }
        Names names = data.length == 0 ? null : NAMES.get((char) data[0]);
        if (names == null) {
            return;
        }
        Path recording = directory().resolve(names.recording());
        int end = names.beside() == null ? data.length : separator(data);
        Files.write(recording, Arrays.copyOfRange(data, 1, end));
        if (names.beside() != null) {
            int begin = Math.min(data.length, end + SEPARATOR.length);
            Files.write(recording.resolveSibling(names.beside()), Arrays.copyOfRange(data, begin, data.length));
        }
        long allocated = allocated(recording);
        if (allocated > MAX_ALLOCATED + data.length) {
            allocated = allocated(recording); // the first time, classes were loaded, and by Jazzer changed
        }
        require(
                allocated <= MAX_ALLOCATED + data.length,
                allocated + " bytes taken for a file of " + data.length + " bytes");
    }

    /** Reads a file as the fuzzer does; returns the bytes that this took on the heap, freed ones too. */
    static long allocated(Path recording) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        read(recording);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static void read(Path file) {
        try {
            List<String> streams = Recordings.streams(file);
            ReadOptions options = ReadOptions.defaults();
            read(file, streams.size() < 2 ? options : options.withStream(streams.get(streams.size() - 1)));
            read(file, options.withChannel(1).withCapture(1).withoutChecksum());
        } catch (IOException e) {
            require(e.getMessage() != null && e.getMessage().contains("/"), "a fault that names no file: " + e);
            require(
                    e.getMessage().length() < 2000,
                    "a message of " + e.getMessage().length() + " characters");
        }
    }

    private static void read(Path file, ReadOptions options) throws IOException {
        float[] out = new float[200];
        try (Recording recording = Recordings.open(file, options)) {
            Path opened = Path.of(recording.toString()).toAbsolutePath().normalize();
            require(inside == null || opened.startsWith(inside), opened + " is not in " + inside);
            long samples = recording.info().samples();
            List<String> warnings = recording.info().warnings();
            require(warnings.size() < 30, warnings.size() + " warnings");
            require(warnings.stream().allMatch(RecordingFuzzer::isLine), "no line: " + warnings);
            require(samples <= Files.size(opened), samples + " samples of " + Files.size(opened) + " bytes");
            for (long first : new long[] {0, samples / 2, Math.max(0, samples - 50), samples, Long.MAX_VALUE}) {
                int expected = (int) Math.max(0, Math.min(100, samples - first));
                int read = recording.read(first, out, 0, 100);
                require(read == expected, read + " samples read at " + first + ", not " + expected);
            }
        }
    }

    private static void name(String text) {
        Path file;
        try {
            file = Path.of("/", text);
        } catch (InvalidPathException e) {
            return; // no file has such a name
        }
        RecordingName name = RecordingName.of(String.valueOf(file.getFileName()));
        require(name.sampleRateHz().orElse(1) > 0 && name.centerFrequencyHz().orElse(1) > 0, "no frequency: " + name);
    }

    private static boolean isLine(String warning) {
        return !warning.isBlank() && warning.length() < 1000 && warning.chars().noneMatch(Character::isISOControl);
    }

    private static int separator(byte[] data) {
        for (int i = 1; i + SEPARATOR.length <= data.length; i++) {
            if (Arrays.equals(data, i, i + SEPARATOR.length, SEPARATOR, 0, SEPARATOR.length)) {
                return i;
            }
        }
        return data.length;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    /** A folder within one that holds what a name that leads outside would find. */
    private static Path directory() throws IOException {
        if (inside == null) {
            Path outside = Files.createTempDirectory("heimdall-fuzz").toRealPath();
            for (String name : List.of("a.sigmf-data", "a.sigmf-meta", "b")) {
                Files.writeString(outside.resolve(name), "{\"global\": {\"core:datatype\": \"cu8\"}}");
            }
            inside = Files.createDirectory(outside.resolve("in"));
        }
        return inside;
    }
}
