package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.app.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A class path without PyTorch's native library: one message says so, and the workspace stays as it was. */
@Tag("slow")
@ExtendWith(OtherJvm.class)
class MissingNativeTest {
    @TempDir
    Path folder;

    @Test
    void isNamedWithTheWayToGetIt() throws IOException, InterruptedException {
        Path workspace = folder.resolve("w");
        Run.heimdall("simulate", "--workspace", workspace, "--sessions", 3);
        Path err = folder.resolve("err.txt");

        Process training = OtherJvm.startWithout(
                "pytorch-native",
                folder.resolve("cache"),
                err.toFile(),
                List.of("train", "--workspace", workspace.toString(), "--backend", "djl-pytorch"));

        int exit = OtherJvm.exit(training);
        String said = Files.readString(err);
        assertThat(exit).as(said).isEqualTo(1);
        assertThat(said).contains("djl-pytorch", "pytorch-native-cpu").doesNotContain("\tat ");
        assertThat(workspace.resolve("trainings")).doesNotExist();
    }
}
