package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training in a JVM of its own, killed as kill -9 does, ends after {@code --resume} with the same weights. */
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
        waitForCheckpoint(workspace, whole);
        int kills = 0;
        while (training.isAlive() && kills < 3) {
            training.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
            kills++;
            training = OtherJvm.start(resume(workspace));
            // The engine starts in some seconds; where in the epochs the next one hits is left to chance.
            training.waitFor(3 + 2L * kills, TimeUnit.SECONDS);
        }
        training.destroyForcibly().waitFor(30, TimeUnit.SECONDS);

        Run resumed = run(resume(workspace));

        assertThat(kills).isPositive();
        assertThat(weights(resumed)).isEqualTo(whole);
    }

    @Test
    void endsInPeaceWhenAskedTo() throws IOException, InterruptedException {
        Path workspace = folder.resolve("w");
        Run.heimdall("simulate", "--workspace", workspace, "--sessions", 60);
        Path err = folder.resolve("err.txt");
        List<String> words =
                List.of("train", "--workspace", workspace.toString(), "--epochs", "1000", "--patience", "1000");
        Process training = OtherJvm.start(err.toFile(), words);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!Files.readString(err).contains("/1000 loss") && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }

        training.destroy(); // SIGTERM, as Ctrl-C's SIGINT: in the midst of a step, most likely

        assertThat(training.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(training.exitValue()).as(Files.readString(err)).isEqualTo(143);
        assertThat(Files.readString(err)).doesNotContain("SIGSEGV", "\tat ");
    }

    private static List<String> train(Path workspace) {
        List<String> words = new ArrayList<>(List.of("train", "--workspace", workspace.toString(), "--json"));
        words.addAll(SETTINGS);
        return words;
    }

    private static List<String> resume(Path workspace) {
        return List.of("train", "--workspace", workspace.toString(), "--resume", "--json");
    }

    /** Waits until the second training has its first full epoch, so that there is something to go on with. */
    private static void waitForCheckpoint(Path workspace, String whole) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (System.nanoTime() < deadline) {
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
            Thread.sleep(20);
        }
        throw new AssertionError("the training beside " + whole + " has made no checkpoint in 90 s");
    }

    private static Run run(List<String> words) {
        return Run.heimdall(words.toArray(new Object[0]));
    }

    private static String weights(Run run) throws IOException {
        assertThat(run.exit()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.lastLine()).get("weights_sha256").asText();
    }
}
