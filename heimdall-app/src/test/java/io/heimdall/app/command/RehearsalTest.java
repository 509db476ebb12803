package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {

    @Test
    void servesAPredictionSoThatAllItNeedsIsLoaded(@TempDir Path folder) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:file=" + folder.resolve("loaded.txt"),
                        "-Dai.djl.offline=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.heimdall.app.command.Rehearsal",
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("printed.txt").toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(folder.resolve("printed.txt")))
                    .isZero();
            assertThat(Files.readString(folder.resolve("loaded.txt")))
                    .contains("io.heimdall.app.service.LocationViews", "io.heimdall.model.output.SampledLevels");
        } finally {
            process.destroyForcibly();
        }
    }
}
