package io.heimdall.features.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs each input that the fuzzer kept, and each that once did harm. */
class FuzzCorpusTest {
    private static final Path DIRECTORY = Path.of("src/test/resources/fuzz");

    static List<Path> inputs() throws IOException {
        try (Stream<Path> files = Files.walk(DIRECTORY)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void noInputDoesHarm(Path input) throws IOException {
        RecordingFuzzer.fuzzerTestOneInput(Files.readAllBytes(input));
    }

    @Test
    void everyFormatIsThere() throws IOException {
        List<Character> kinds = new java.util.ArrayList<>();
        for (Path input : inputs()) {
            byte[] bytes = Files.readAllBytes(input);
            kinds.add(bytes.length == 0 ? ' ' : (char) bytes[0]);
        }
        assertThat(kinds).contains('n', 'w', 'm', 'a', 'c', 's', 'p', 'r', 'u', 'x', 'N', 'T');
    }
}
