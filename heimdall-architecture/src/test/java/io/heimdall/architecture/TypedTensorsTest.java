package io.heimdall.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What carries tensors from a producer to an engine, a model file and a client knows their names and shapes, not what they are of
 * (ADR 104).
 */
class TypedTensorsTest {
    private static final Pattern COMMENTS = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);
    private static final Pattern WORDS = Pattern.compile("(?i:station|decibel|mel_spectrogram|_db\\b)|[a-z]Db\\b");

    /**
     * An upload is named after the station that recorded it, the catalogue is asked for anything to see that it answers, the
     * monitor tells of the drift of each station (ADR 184), a file that reads recordings puts the front end before the network's input (ADR
     * 198), and the evidence of levels beside a network (ADR 156) is about levels and
     * stations.
     */
    private static final Set<String> RECORDINGS = Set.of(
            "RecordingPredictions.java",
            "SessionsBody.java",
            "Readiness.java",
            "MonitorGauges.java",
            "LevelGridNodes.java",
            "RecordingModel.java",
            "FrontEnd.java",
            "FrontEndNodes.java");

    @ParameterizedTest
    @CsvSource({
        "heimdall-backend-djl, io/heimdall/backend",
        "heimdall-backend-dl4j, io/heimdall/backend",
        "heimdall-export, io/heimdall/export",
        "heimdall-app, io/heimdall/app/service",
        "heimdall-model-api, io/heimdall/model/backend",
        "heimdall-model-api, io/heimdall/model/input",
        "heimdall-model-api, io/heimdall/model/output",
        "heimdall-model-api, io/heimdall/model/loss",
        "heimdall-model-api, io/heimdall/model/metrics",
        "heimdall-model-api, io/heimdall/model/optimizer",
        "heimdall-model-api, io/heimdall/model/train",
    })
    void knowsNeitherStationsNorDecibels(String module, String folder) throws IOException {
        Path sources = Path.of("..", module, "src/main/java", folder);
        List<Path> files;
        try (Stream<Path> walk = Files.walk(sources)) {
            files = walk.filter(file -> file.toString().endsWith(".java")).toList();
        }
        assertThat(files).hasSizeGreaterThan(2);
        for (Path file : files) {
            if (!RECORDINGS.contains(file.getFileName().toString())) {
                String code = COMMENTS.matcher(Files.readString(file)).replaceAll("");
                assertThat(WORDS.matcher(code).results().map(found -> found.group()))
                        .as(file.toString())
                        .isEmpty();
            }
        }
    }
}
