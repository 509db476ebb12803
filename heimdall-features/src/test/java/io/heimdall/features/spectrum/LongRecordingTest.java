package io.heimdall.features.spectrum;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.features.recording.ReadOptions;
import io.heimdall.features.recording.Recordings;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams a recording ten times as large as the heap, in a JVM of its own. */
class LongRecordingTest {
    private static final long FILE_BYTES = 160L << 20;

    @Test
    void aRecordingLargerThanTheHeapStreamsThrough(@TempDir Path folder) throws IOException, InterruptedException {
        Path file = folder.resolve("long.cs16");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(FILE_BYTES);
        }
        Path output = folder.resolve("output.txt");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx16m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Streaming.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = child.waitFor(10, TimeUnit.MINUTES);
        child.destroyForcibly();
        assertThat(ended).isTrue();
        assertThat(child.exitValue())
                .as(Files.readString(output, StandardCharsets.UTF_8))
                .isZero();
    }

    /** What the other JVM runs. */
    static final class Streaming {
        private Streaming() {}

        public static void main(String[] arguments) throws IOException {
            FeatureExtractor extractor = FeatureExtractor.of(FeatureParameters.network(), 1e6);
            float[] out = new float[extractor.size()];
            extractor.extract(() -> Recordings.open(Path.of(arguments[0]), ReadOptions.defaults()), 0, out, 2);
            System.exit(out[100] == FeatureParameters.FLOOR_DB ? 0 : 1);
        }
    }
}
