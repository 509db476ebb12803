package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.app.Run;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full when a checkpoint is written: the one before it stays, and the training can go on from it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no ulimit")
@Tag("slow")
@ExtendWith(OtherJvm.class)
class FullDiskTest {
    /** Room for the weights, but not for the optimiser's moments, which are twice as large. */
    private static final int KILOBYTES = 60_000;

    @TempDir
    Path folder;

    @Test
    void theCheckpointBeforeStaysAndTheTrainingGoesOn() throws IOException, InterruptedException {
        Path whole = folder.resolve("whole");
        Path cut = folder.resolve("cut");
        JsonNode expected = simulatedAndTrained(whole);
        simulate(cut);
        File err = folder.resolve("err.txt").toFile();

        Process training = OtherJvm.startWithSmallFiles(KILOBYTES, err, train(cut));

        int exit = OtherJvm.exit(training);
        String said = Files.readString(err.toPath());
        assertThat(exit).as(said).isEqualTo(1);
        assertThat(said)
                .contains("cannot write the checkpoint of epoch 1", "last-000000 is kept")
                .doesNotContain("\tat ");
        Run resumed = Run.heimdall("train", "--workspace", cut, "--resume", "--json");
        assertThat(resumed.exit()).as(resumed.err()).isZero();
        assertThat(new ObjectMapper().readTree(resumed.lastLine()).get("weights_sha256"))
                .isEqualTo(expected.get("weights_sha256"));
    }

    private static JsonNode simulatedAndTrained(Path workspace) throws IOException {
        simulate(workspace);
        Run run = Run.heimdall(train(workspace).toArray());
        assertThat(run.exit()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.lastLine());
    }

    private static void simulate(Path workspace) {
        Run run = Run.heimdall("simulate", "--workspace", workspace, "--sessions", 40);
        assertThat(run.exit()).as(run.err()).isZero();
    }

    private static List<String> train(Path workspace) {
        return List.of(
                "train",
                "--workspace",
                workspace.toString(),
                "--network",
                "resnet18",
                "--epochs",
                "2",
                "--batch-size",
                "8",
                "--json");
    }
}
