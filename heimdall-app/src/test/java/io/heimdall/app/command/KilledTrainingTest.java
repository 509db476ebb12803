package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.app.Run;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A training in a JVM of its own, killed as kill -9 does, ends after {@code --resume} with the same weights. */
@Tag("slow")
@ExtendWith(OtherJvm.class)
class KilledTrainingTest {
    private static final List<String> SETTINGS =
            List.of("--network", "small", "--epochs", "4", "--batch-size", "8", "--seed", "5");

    private static final Predicate<String> FULL_EPOCH =
            Pattern.compile("last-0*[1-9]\\d*").asMatchPredicate();

    @TempDir
    Path folder;

    @Test
    void endsWithTheSameBits() throws IOException, InterruptedException {
        Path workspace = folder.resolve("w");
        Run.heimdall("simulate", "--workspace", workspace, "--sessions", 60);
        String whole = weights(run(train(workspace)));

        Process training = OtherJvm.start(train(workspace));
        waitForCheckpoint(workspace, training);
        int kills = 0;
        while (training.isAlive() && kills < 3) {
            training.destroyForcibly().waitFor();
            kills++;
            training = OtherJvm.start(resume(workspace));
            // The engine starts in some seconds; where in the epochs the next one hits is left to chance.
            training.waitFor(3 + 2L * kills, TimeUnit.SECONDS);
        }
        training.destroyForcibly().waitFor();

        Run resumed = run(resume(workspace, latest(workspace).get("run_id").asText()));

        assertThat(kills).isPositive();
        assertThat(weights(resumed)).isEqualTo(whole);
        assertThat(latest(workspace).get("status").asText()).isEqualTo("finished");
        assertThat(run(resume(workspace, "0f3a")).err())
                .contains("there is no run 0f3a")
                .contains("heimdall runs --workspace");
    }

    @Test
    void isCalledInterruptedAndOneThatGoesOnIsNot() throws IOException, InterruptedException {
        Path workspace = folder.resolve("w");
        Run.heimdall("simulate", "--workspace", workspace, "--sessions", 60);
        Process training = endless(workspace, folder.resolve("err.txt"));

        assertThat(latest(workspace).get("status").asText()).isEqualTo("running");
        assertThat(latest(workspace).get("resume").isNull()).isTrue();
        Run second = run(resume(workspace));
        assertThat(second.exit()).isEqualTo(1);
        assertThat(second.err()).contains("is being worked on by process " + training.pid());
        assertThat(latest(workspace).get("status").asText()).isEqualTo("running");
        training.destroyForcibly().waitFor();

        JsonNode run = latest(workspace);
        assertThat(run.get("status").asText()).isEqualTo("interrupted");
        String hint = "heimdall train --workspace " + workspace + " --resume "
                + run.get("run_id").asText();
        assertThat(run.get("resume").asText()).isEqualTo(hint);
        assertThat(Run.heimdall("runs", "--workspace", workspace).out())
                .contains("  interrupted  ")
                .contains("'" + hint + "' continues from its last checkpoint");
    }

    private static JsonNode latest(Path workspace) throws IOException {
        return new ObjectMapper()
                .readTree(
                        Run.heimdall("runs", "--workspace", workspace, "--json").lastLine())
                .get(0);
    }

    @Test
    void endsInPeaceWhenAskedTo() throws IOException, InterruptedException {
        Path workspace = folder.resolve("w");
        Run.heimdall("simulate", "--workspace", workspace, "--sessions", 60);
        Path err = folder.resolve("err.txt");
        Process training = endless(workspace, err);

        training.destroy(); // SIGTERM, as Ctrl-C's SIGINT: in the midst of a step, most likely

        assertThat(OtherJvm.exit(training)).as(Files.readString(err)).isEqualTo(143);
        assertThat(Files.readString(err)).doesNotContain("SIGSEGV", "\tat ");
    }

    /** Starts a training that does not end by itself, and waits until it has learnt something. */
    private static Process endless(Path workspace, Path err) throws IOException, InterruptedException {
        List<String> words =
                List.of("train", "--workspace", workspace.toString(), "--epochs", "1000", "--patience", "1000");
        Process training = OtherJvm.start(err.toFile(), words);
        while (!Files.readString(err).contains("/1000 loss")) {
            assertThat(training.isAlive()).as(Files.readString(err)).isTrue();
            Thread.sleep(50);
        }
        return training;
    }

    private static List<String> train(Path workspace) {
        List<String> words = new ArrayList<>(List.of("train", "--workspace", workspace.toString(), "--json"));
        words.addAll(SETTINGS);
        return words;
    }

    private static List<String> resume(Path workspace) {
        return List.of("train", "--workspace", workspace.toString(), "--resume", "--json");
    }

    private static List<String> resume(Path workspace, String run) {
        return List.of("train", "--workspace", workspace.toString(), "--json", "--resume", run);
    }

    /** Waits until the second training has its first full epoch, so that there is something to go on with. */
    private static void waitForCheckpoint(Path workspace, Process second) throws InterruptedException {
        while (true) {
            boolean ended = !second.isAlive(); // before the look: its last checkpoint is there by now
            File[] trainings = workspace.resolve("trainings").toFile().listFiles();
            if (trainings != null && trainings.length == 2) {
                File training = Arrays.stream(trainings)
                        .max(Comparator.comparingLong(File::lastModified))
                        .orElseThrow();
                String[] newest = new File(training, "checkpoints").list((at, name) -> FULL_EPOCH.test(name));
                if (newest != null && newest.length > 0) {
                    return;
                }
            }
            assertThat(ended).as("the training ended without a checkpoint").isFalse();
            Thread.sleep(20);
        }
    }

    private static Run run(List<String> words) {
        return Run.heimdall(words.toArray(new Object[0]));
    }

    private static String weights(Run run) throws IOException {
        assertThat(run.exit()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.lastLine()).get("weights_sha256").asText();
    }
}
