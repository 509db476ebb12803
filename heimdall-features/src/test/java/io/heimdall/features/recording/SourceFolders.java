package io.heimdall.features.recording;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Recordings of all formats with the files beside them: whole ones, cut ones, changed ones, and what the fuzzer found. */
final class SourceFolders {
    private static final Path RESOURCES = Path.of("../heimdall-features/src/test/resources");
    private static final byte[] SEPARATOR = "\n----\n".getBytes(StandardCharsets.US_ASCII);

    private static final Map<Character, List<String>> NAMES = Map.of(
            'n', List.of("a.npy"),
            'w', List.of("20171127T104156Z_77500_X_iq.wav"),
            'm', List.of("a.sigmf-meta", "a.sigmf-data"),
            'a', List.of("a.sigmf"),
            'c', List.of("c.sigmf-collection", "a.sigmf-meta"),
            's', List.of("a.sdriq"),
            'p', List.of("BBD_0001.C16", "BBD_0001.TXT"),
            'r', List.of("gqrx_20240131_120000_433920000_1800000_fc.raw"),
            'u', List.of("g001_433.92M_250k.cu8"),
            'x', List.of("unknown"));

    private SourceFolders() {}

    /** Files by name, of which all those named are opened. */
    record Folder(String title, Map<String, byte[]> files, List<String> opened) {
        @Override
        public String toString() {
            return title;
        }
    }

    /** Returns the recordings that other programs wrote, all in one folder, and names that are not there. */
    static Folder whole() throws IOException {
        Map<String, byte[]> files = recordings();
        List<String> opened = new ArrayList<>(files.keySet());
        opened.addAll(List.of("east", "missing.npy", "missing.sigmf-meta", "missing"));
        return new Folder("whole", files, opened);
    }

    /** Returns the same recordings cut, emptied, changed, or without what belongs to them. */
    static List<Folder> broken() throws IOException {
        Map<String, byte[]> files = recordings();
        Random random = new Random(15);
        List<Folder> folders = new ArrayList<>();
        folders.add(each("half", files, bytes -> Arrays.copyOf(bytes, bytes.length / 2)));
        folders.add(each("begin", files, bytes -> Arrays.copyOf(bytes, Math.min(10, bytes.length))));
        folders.add(each("empty", files, bytes -> new byte[0]));
        folders.add(
                each("text", files, bytes -> "<html>an error of some server</html>".getBytes(StandardCharsets.UTF_8)));
        for (int round = 0; round < 3; round++) {
            folders.add(each("changed " + round, files, bytes -> {
                byte[] changed = bytes.clone();
                for (int flip = 0; flip < 4; flip++) {
                    changed[random.nextInt(Math.min(200, changed.length))] ^= (byte) (1 << random.nextInt(8));
                }
                return changed;
            }));
        }
        Map<String, byte[]> alone = new TreeMap<>(files);
        alone.keySet().removeIf(name -> name.endsWith(SigmfNames.DATA));
        folders.add(new Folder("without samples", alone, List.copyOf(alone.keySet())));
        Map<String, byte[]> shouted = new TreeMap<>();
        files.forEach((name, bytes) ->
                shouted.put(name.replace(SigmfNames.DATA, SigmfNames.DATA.toUpperCase(Locale.ROOT)), bytes));
        folders.add(new Folder("upper case beside", shouted, List.copyOf(shouted.keySet())));
        return folders;
    }

    /** Returns what the fuzzer once found to be of interest, a folder each. */
    static List<Folder> fuzzed() throws IOException {
        List<Folder> folders = new ArrayList<>();
        try (Stream<Path> inputs = Files.walk(RESOURCES.resolve("fuzz"))) {
            for (Path input : inputs.filter(Files::isRegularFile).sorted().toList()) {
                byte[] bytes = Files.readAllBytes(input);
                List<String> names = bytes.length == 0 ? null : NAMES.get((char) bytes[0]);
                if (names != null) {
                    folders.add(fuzzed(input.getFileName().toString(), bytes, names));
                }
            }
        }
        return folders;
    }

    private static Folder fuzzed(String title, byte[] bytes, List<String> names) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        int end = names.size() == 1 ? bytes.length : separator(bytes);
        files.put(names.get(0), Arrays.copyOfRange(bytes, 1, end));
        if (names.size() > 1) {
            files.put(
                    names.get(1),
                    Arrays.copyOfRange(bytes, Math.min(bytes.length, end + SEPARATOR.length), bytes.length));
        }
        return new Folder(title, files, List.of(names.get(0)));
    }

    private static int separator(byte[] bytes) {
        for (int i = 1; i + SEPARATOR.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + SEPARATOR.length, SEPARATOR, 0, SEPARATOR.length)) {
                return i;
            }
        }
        return bytes.length;
    }

    private interface Change {
        byte[] of(byte[] bytes);
    }

    private static Folder each(String title, Map<String, byte[]> files, Change change) {
        Map<String, byte[]> changed = new TreeMap<>();
        files.forEach((name, bytes) -> changed.put(name, change.of(bytes)));
        return new Folder(title, changed, List.copyOf(changed.keySet()));
    }

    private static Map<String, byte[]> recordings() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(RESOURCES.resolve("recordings"))) {
            for (Path file : all.toList()) {
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        files.put("BBD_0001.C16", new byte[] {1, 0, 2, 0, 3, 0, 4, 0, -1, -1, -2, -2});
        files.put("BBD_0001.txt", "sample_rate=500000\ncenter_frequency=x\n".getBytes(StandardCharsets.UTF_8));
        return files;
    }
}
