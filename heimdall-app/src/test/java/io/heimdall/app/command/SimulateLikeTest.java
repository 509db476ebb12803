package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.app.Run;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateLikeTest {
    @TempDir
    static Path folder;

    private static Path source;

    @BeforeAll
    static void simulate() {
        source = folder.resolve("source");
        assertThat(Run.heimdall("simulate", "--workspace", source, "--sessions", 40)
                        .exit())
                .isZero();
    }

    @Test
    void writesSessionsLikeThoseOfAWorkspaceThatCanBeLearnedFrom() throws IOException {
        Path target = folder.resolve("target");
        Run run = Run.heimdall("simulate", "--workspace", target, "--sessions", 30, "--like", source, "--json");

        assertThat(run.exit()).as(run.err()).isZero();
        JsonNode result = new ObjectMapper().readTree(run.lastLine());
        assertThat(result.get("added").asInt()).isEqualTo(30);
        assertThat(result.get("fitted_sessions").asInt()).isEqualTo(40);
        assertThat(result.get("stations").asInt()).isEqualTo(7);
        assertThat(run.err()).contains("exact posterior is not known");
        Run train = Run.heimdall(
                "train", "--workspace", target, "--pretrain", "off", "--epochs", 1, "--batch-size", 8, "--json");
        assertThat(train.exit()).as(train.err()).isZero();
        assertThat(new ObjectMapper().readTree(train.lastLine()).toString()).doesNotContain("\"bayes\"");
    }

    @Test
    void refusesItself() {
        Run run =
                Run.heimdall("simulate", "--workspace", source, "--sessions", 1, "--like", folder.resolve("./source"));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("--like and --workspace are the same");
    }

    @Test
    void refusesOptionsOfAWorld() {
        Run run = Run.heimdall(
                "simulate", "--workspace", folder.resolve("w"), "--sessions", 1, "--like", source, "--shadowing-db", 3);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("leave out --shadowing-db");
    }

    @Test
    void refusesAWorkspaceWithTooFewSessionsBeforeItMakesAnother() {
        Path few = folder.resolve("few");
        Run.heimdall("simulate", "--workspace", few, "--sessions", 5);
        Path target = folder.resolve("none");
        Run run = Run.heimdall("simulate", "--workspace", target, "--sessions", 1, "--like", few);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("5 training sessions", "at least 20");
        assertThat(target).doesNotExist();
    }
}
