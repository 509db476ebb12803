package io.heimdall.tracking.filestore;

import io.heimdall.tracking.MetricPoint;
import io.heimdall.tracking.RecordFormatException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The file of one metric: a line {@code timestamp value step} for each value. */
public final class MetricFile {
    private MetricFile() {}

    public static String line(MetricPoint point) {
        return point.at().toEpochMilli() + " " + point.value() + " " + point.step();
    }

    /** Reads the file; a last line without an end was cut by a crash and does not count. */
    public static List<MetricPoint> read(Path file) throws IOException {
        String content = Files.readString(file);
        List<MetricPoint> points = new ArrayList<>();
        int number = 0;
        for (String line : content.substring(0, content.lastIndexOf('\n') + 1).split("\n")) {
            number++;
            if (!line.isBlank()) {
                points.add(parse(file, number, line));
            }
        }
        return points;
    }

    private static MetricPoint parse(Path file, int number, String line) throws IOException {
        String[] words = line.trim().split(" ");
        try {
            long step = words.length > 2 ? Long.parseLong(words[2]) : 0;
            return new MetricPoint(Instant.ofEpochMilli(Long.parseLong(words[0])), number(words[1]), step);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new RecordFormatException(
                    file, ", line " + number, "'" + line + "' is not 'timestamp value step'", e);
        }
    }

    /** Python writes nan and inf. */
    private static double number(String word) {
        return switch (word) {
            case "nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(word);
        };
    }

    public static Optional<MetricPoint> last(List<MetricPoint> points) {
        return points.stream().max(Comparator.comparingLong(MetricPoint::step).thenComparing(MetricPoint::at));
    }

    /** Cuts off a last line without an end, which the next one would otherwise continue. */
    public static void repair(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int whole = bytes.length;
        while (whole > 0 && bytes[whole - 1] != '\n') {
            whole--;
        }
        if (whole < bytes.length) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(whole);
            }
        }
    }
}
