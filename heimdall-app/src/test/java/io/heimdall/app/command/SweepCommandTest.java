package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.app.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(OtherJvm.class)
class SweepCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private Path workspace;
    private Path space;

    @BeforeEach
    void write() throws IOException {
        workspace = folder.resolve("w");
        space = Files.write(
                folder.resolve("rates.yaml"),
                List.of(
                        "rungs: [1]",
                        "factor: 3",
                        "base: {network: small, epochs: 2, batch-size: 8}",
                        "final: {folds: 2}",
                        "space:",
                        "  learning-rate: {min: 1e-4, max: 1e-2, log: true}",
                        "  augmentation: [true, false]"));
    }

    private List<String> words(Object... more) {
        List<String> words = new ArrayList<>(List.of("sweep", "--workspace", workspace.toString()));
        Arrays.stream(more).map(String::valueOf).forEach(words::add);
        return words;
    }

    private Run run(Object... more) {
        return Run.heimdall(words(more).toArray());
    }

    private Path journal() {
        return workspace.resolve("sweeps/rates/journal.json");
    }

    /** Waits until so many results are in the journal. */
    private void await(int results, Process process) throws IOException, InterruptedException {
        while (process.isAlive()) {
            if (Files.exists(journal())) {
                int found = 0;
                for (JsonNode trial : JSON.readTree(journal().toFile()).get("trials")) {
                    found += trial.get("results").size();
                }
                if (found >= results) {
                    return;
                }
            }
            Thread.sleep(20);
        }
        throw new AssertionError(
                "there were no " + results + " results; the process ended with " + process.exitValue());
    }

    @Tag("slow")
    @Test
    void twelveTrialsKilledTwiceEndWithTwelveTrialsAndOneBest() throws IOException, InterruptedException {
        Run.heimdall("simulate", "--workspace", workspace, "--sessions", 60);
        for (int results : new int[] {2, 7}) {
            Process sweep = OtherJvm.start(folder.resolve("err.txt").toFile(), words("--trials", 12, space));
            await(results, sweep);
            sweep.destroyForcibly().waitFor();
        }

        Run ended = run("--trials", 12, "--json", space);

        assertThat(ended.exit()).as(ended.err()).isZero();
        JsonNode result = JSON.readTree(ended.lastLine());
        assertThat(result.get("trials")).hasSize(12).allSatisfy(trial -> {
            assertThat(trial.get("state").asText()).isIn("complete", "stopped");
            assertThat(trial.get("metric").isNumber()).isTrue();
        });
        assertThat(result.get("trials").findValuesAsText("run_id")).doesNotHaveDuplicates();
        double lowest = result.get("trials").findValues("metric").stream()
                .mapToDouble(JsonNode::asDouble)
                .min()
                .orElseThrow();
        assertThat(result.get("best").get("metric").asDouble()).isEqualTo(lowest);
        assertThat(result.get("final").get("trial"))
                .isEqualTo(result.get("best").get("trial"));
        assertThat(result.get("final").get("model_version").asInt()).isEqualTo(1);
        assertThat(workspace.resolve("sweeps/rates/sweep.html"))
                .content()
                .contains("learning_rate", "rank correlation");
        assertThat(Files.size(workspace.resolve("sweeps/rates/sweep.png"))).isPositive();
        assertRuns(result);
        assertThat(files(workspace.resolve("sweeps/rates/trainings")))
                .as("checkpoints that are kept")
                .hasSize(1);

        Run again = run("--json", "--resume", "rates");
        assertThat(JSON.readTree(again.lastLine())).as(again.err()).isEqualTo(result);
    }

    /** The trials are below the sweep's run, each once, and nothing of them is registered. */
    private void assertRuns(JsonNode result) throws IOException {
        String parent = result.get("parent_run").asText();
        List<JsonNode> trials = new ArrayList<>();
        List<JsonNode> versions = new ArrayList<>();
        for (JsonNode run : JSON.readTree(
                Run.heimdall("runs", "--workspace", workspace, "--json").lastLine())) {
            JsonNode tags = run.get("tags");
            if (tags.has("sweep.state")) {
                assertThat(tags.get("mlflow.parentRunId").asText()).isEqualTo(parent);
                assertThat(run.get("status").asText()).isEqualTo("finished");
                trials.add(run);
            } else if (run.get("run_id").asText().equals(parent)) {
                assertThat(run.get("status").asText()).isEqualTo("finished");
                assertThat(tags.get("sweep.best").asText())
                        .isEqualTo("trial " + result.get("best").get("trial").asText());
            }
            if (tags.has("model.version")) {
                versions.add(run);
            }
        }
        assertThat(trials).hasSize(12);
        assertThat(versions).hasSize(1);
        assertThat(versions.get(0).get("run_id")).isEqualTo(result.get("final").get("run_id"));
    }

    @Tag("slow")
    @Test
    void stopsWhenAskedToAndSharesTheTrialsWithOtherProcesses() throws IOException, InterruptedException {
        Run.heimdall("simulate", "--workspace", workspace, "--sessions", 60);
        Path err = folder.resolve("err.txt");
        Process sweep = OtherJvm.start(err.toFile(), words("--trials", 5, "--no-final", space));
        await(1, sweep);
        sweep.destroy(); // SIGTERM, as Ctrl-C's SIGINT
        OtherJvm.exit(sweep);
        assertThat(Files.readString(err)).contains("--resume rates' goes on").doesNotContain("\tat ");

        Run ended = run("--trials", 5, "--parallel", 2, "--no-final", "--json", space);

        assertThat(ended.exit()).as(ended.err()).isZero();
        JsonNode result = JSON.readTree(ended.lastLine());
        assertThat(result.get("trials")).hasSize(5);
        assertThat(result.get("final").isNull()).isTrue();
        assertThat(ended.err()).doesNotContain("have failed");
        assertThat(run("--trials", 3, space).err()).contains("was begun with 5 trials, and cannot go on with 3");
        Files.writeString(space, Files.readString(space).replace("1e-2", "2e-2"));
        assertThat(run("--trials", 5, space).err())
                .contains("was begun with another space")
                .contains("--name");
    }

    @Tag("slow")
    @Test
    void leavesTheTrialsToWorkersAndShowsThem() throws IOException, InterruptedException {
        Run.heimdall("simulate", "--workspace", workspace, "--sessions", 60);
        Path log = folder.resolve("worker.txt");
        Process worker = OtherJvm.startWorker(log.toFile(), workspace);
        try {
            Run ended = run("--on-workers", "--trials", 3, "--no-final", "--json", space);

            assertThat(ended.exit()).as(ended.err() + Files.readString(log)).isZero();
            assertThat(ended.err()).contains("Trial 1  ", "Trial 2  ", "Trial 3  ");
            JsonNode result = JSON.readTree(ended.lastLine());
            assertThat(result.get("status").asText()).isEqualTo("succeeded");
            assertThat(result.get("trials")).hasSize(3);
            assertThat(result.get("best").get("trial").isInt()).isTrue();
            Run again = run("--on-workers", "--trials", 3, "--no-final", "--json", space);
            assertThat(JSON.readTree(again.lastLine())).as(again.err()).isEqualTo(result);
            assertThat(run("--on-workers", "--trials", 4, "--no-final", space).err())
                    .contains("take another name");
        } finally {
            worker.destroy();
            OtherJvm.exit(worker);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void refusesWhatMakesNoSenseBeforeAnythingIsTrained() {
        Run.heimdall("simulate", "--workspace", workspace, "--sessions", 3);
        assertWrong(run(), "give either SPACE.yaml");
        assertWrong(run("--resume", "x", space), "give either SPACE.yaml");
        assertWrong(run("--trials", 0, space), "--trials is 0");
        assertWrong(run("--parallel", 0, space), "--parallel is 0");
        assertWrong(run("--minutes", -1, space), "--minutes is -1");
        assertWrong(run("--name", "a/b", space), "cannot be called 'a/b'");
        assertWrong(run("--on-workers", "--resume", "rates"), "--on-workers goes with SPACE.yaml");
        assertWrong(run("--on-workers", "--minutes", 1, space), "--on-workers goes with SPACE.yaml");
        assertWrong(run("--on-workers", "--trials", 501, space), "are 501, expected 1..500");
        assertWrong(run("--on-workers", "--parallel", 33, space), "are 33, expected 1..32");
    }

    @Test
    void oneNameIsOneSweepOfTheCommandOrOfWorkers() throws IOException {
        Run.heimdall("simulate", "--workspace", workspace, "--sessions", 3);
        Path begun = Files.createDirectories(workspace.resolve("sweeps/rates"));
        Files.writeString(begun.resolve("owner"), "the-id-of-a-sweep-of-workers");
        assertWrong(run(space), "is that of another sweep, of the workers of 'heimdall serve'");

        Files.writeString(journal(), "{\"format\": 1, \"parent_run\": \"p\", \"definition\": {}, \"trials\": []}");
        assertWrong(run("--on-workers", space), "is that of a sweep that was begun without --on-workers");
    }

    private static void assertWrong(Run run, String message) {
        assertThat(run.exit()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(message);
    }
}
