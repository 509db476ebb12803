package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.app.Run;
import io.heimdall.dataset.Workspace;
import io.heimdall.simulation.Conditions;
import io.heimdall.simulation.WorldFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateWorldsTest {
    @TempDir
    Path folder;

    private Conditions conditions(String... options) throws IOException {
        Path workspace = folder.resolve("w" + String.join("", options));
        Object[] words = new Object[5 + options.length];
        System.arraycopy(new Object[] {"simulate", "--workspace", workspace, "--sessions", 4}, 0, words, 0, 5);
        System.arraycopy(options, 0, words, 5, options.length);
        Run run = Run.heimdall(words);
        assertThat(run.exit()).as(run.err()).isZero();
        try (Workspace opened = Workspace.open(workspace)) {
            return WorldFile.of(opened).orElseThrow().conditions();
        }
    }

    @Test
    void optionsMakeWorlds() throws IOException {
        assertThat(conditions()).isEqualTo(Conditions.PLAIN);
        assertThat(conditions("--field", "--world-seed", "3").field().seed()).isEqualTo(3);
        assertThat(conditions("--bands").bands()).hasSize(3);
        assertThat(conditions("--moving", "2").moving()).containsExactly("Car 1", "Car 2");
        assertThat(conditions("--come-and-go").service().share()).isEqualTo(0.7);
    }

    @Test
    void whatCannotBeIsRefused() {
        Run both =
                Run.heimdall("simulate", "--workspace", folder.resolve("n"), "--sessions", 1, "--field", "--moving", 1);
        Run many = Run.heimdall("simulate", "--workspace", folder.resolve("n"), "--sessions", 1, "--moving", 99);

        assertThat(both.exit()).isEqualTo(2);
        assertThat(both.err()).contains("cannot be combined");
        assertThat(many.exit()).isEqualTo(2);
        assertThat(many.err()).contains("number of moving receivers 99.0 is not in 1.0..16.0");
        Run negative = Run.heimdall(
                "simulate", "--workspace", folder.resolve("n"), "--sessions", 1, "--field", "--world-seed", "-1");
        assertThat(negative.exit()).isEqualTo(2);
        assertThat(negative.err()).contains("--world-seed -1 is negative, expected 0 or more");
        assertThat(folder.resolve("n")).doesNotExist();
    }

    @Tag("slow")
    @Test
    void evaluationShowsTheExactPosteriorOfAWorldInWhichMuchChanges() {
        Path workspace = folder.resolve("much");
        Run.heimdall("simulate", "--workspace", workspace, "--sessions", 60, "--bands", "--moving", 2, "--come-and-go");

        Run train = Run.heimdall(
                "train", "--workspace", workspace, "--pretrain", "off", "--epochs", 1, "--batch-size", 8, "--json");

        assertThat(train.exit()).as(train.err()).isZero();
        assertThat(train.lastLine()).contains("\"bayes\":{");
    }
}
