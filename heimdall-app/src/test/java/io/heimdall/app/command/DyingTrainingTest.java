package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.app.Run;
import io.heimdall.model.backend.Processor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Trainings whose process dies in native code at a step, again and again. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
@Tag("slow")
@ExtendWith(OtherJvm.class)
class DyingTrainingTest {
    @TempDir
    Path folder;

    private Path workspace;

    private OtherJvm.Ended train(int step, String how, String... more) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("train", "--workspace", workspace.toString(), "--json"));
        words.addAll(List.of(more));
        List<String> options =
                List.of("-Ddying.step=" + step, "-Ddying.how=" + how, "-XX:ErrorFile=" + folder + "/hs_err_pid%p.log");
        return OtherJvm.runDying(options, folder.resolve("out.txt"), folder.resolve("err.txt"), words);
    }

    private JsonNode latest() throws IOException {
        return new ObjectMapper()
                .readTree(
                        Run.heimdall("runs", "--workspace", workspace, "--json").lastLine())
                .get(0);
    }

    /** 48 samples in batches of 8: an epoch has 6 steps, so that the eighth is in the second. */
    @Test
    void areGivenUpAfterThreeTimesAtOneStepAndTheReasonIsSaidEachTime() throws IOException, InterruptedException {
        workspace = folder.resolve("w");
        Run.heimdall("simulate", "--workspace", workspace, "--sessions", 60);
        String[] begin = {
            "--backend", "dying", "--network", "small", "--epochs", "2", "--batch-size", "8", "--seed", "5"
        };

        assertThat(train(8, "fault", begin).exit()).isEqualTo(134);
        assertThat(train(8, "KILL", "--resume").exit()).isEqualTo(137);
        assertThat(latest().get("status").asText()).isEqualTo("interrupted");
        OtherJvm.Ended third = train(8, "fault", "--resume");
        assertThat(third.exit()).as(third.err()).isEqualTo(134);

        for (int i = 0; i < 2; i++) {
            OtherJvm.Ended refused = train(8, "fault", "--resume");
            assertThat(refused.exit()).as(refused.err()).isEqualTo(1);
            String run = latest().get("run_id").asText();
            assertThat(refused.err())
                    .contains("run " + run + " is not tried again: its process died 3 times at step 8 of the training")
                    .contains(
                            "exit code 134, SIGSEGV (0xb)",
                            workspace
                                    .resolve("trainings/" + run + "/hs_err_pid")
                                    .toString())
                    .contains("on " + Processor.ofThisMachine())
                    .contains("--resume " + run + " --try-again")
                    .doesNotContain("\tat ");
            assertThat(latest().get("status").asText()).isEqualTo("failed");
        }

        OtherJvm.Ended tried = train(Integer.MAX_VALUE, "fault", "--resume", "--try-again");
        assertThat(tried.exit()).as(tried.err()).isZero();
        Path whole = folder.resolve("whole");
        Run.heimdall("simulate", "--workspace", whole, "--sessions", 60);
        List<Object> undisturbed = new ArrayList<>(List.of("train", "--workspace", whole, "--json"));
        undisturbed.addAll(Stream.of(begin)
                .map(word -> word.equals("dying") ? "djl-pytorch" : word)
                .toList());
        assertThat(new ObjectMapper().readTree(tried.lastLine()).get("weights_sha256"))
                .isEqualTo(new ObjectMapper()
                        .readTree(Run.heimdall(undisturbed.toArray()).lastLine())
                        .get("weights_sha256"));
    }

    @Test
    void aNewTrainingHasNothingToBeTriedAgain() {
        Run run = Run.heimdall("train", "--workspace", folder.resolve("none"), "--try-again");
        assertThat(run.exit()).isNotZero();
        workspace = folder.resolve("w");
        Run.heimdall("simulate", "--workspace", workspace, "--sessions", 3);
        assertThat(Run.heimdall("train", "--workspace", workspace, "--try-again")
                        .err())
                .contains("--try-again needs --resume");
    }
}
