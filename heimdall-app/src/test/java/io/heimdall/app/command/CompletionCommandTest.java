package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heimdall.app.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks each shell that is there for completions. */
class CompletionCommandTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "heimdall tr, train",
        "heimdall lo, locate",
        "heimdall train --ep, --epochs",
        "heimdall train --schedule const, constant",
        "heimdall train --network resnet1, resnet18",
        "heimdall train --loss hub, huber",
        "heimdall train --model-name x, ''",
        "heimdall train --backend x, ''",
        "heimdall features --scale s, slaney",
        "heimdall completion f, fish"
    })
    void bashCompletes(String typed, String completed) throws Exception {
        Path script = script("bash");
        assertThat(run("bash", "-n", script.toString())).isEmpty();
        // compopt complains outside of a completion that a user asks for.
        String ask = "compopt() { :; }; source " + script + "; COMP_WORDS=(" + typed
                + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _complete_heimdall heimdall"
                + " \"${COMP_WORDS[COMP_CWORD]}\" \"${COMP_WORDS[COMP_CWORD - 1]}\"; echo \"${COMPREPLY[@]}\"";
        assertThat(run("bash", "-c", ask)).isEqualTo(completed + "\n");
    }

    @Test
    void zshTakesTheScript() throws Exception {
        assertThat(run("zsh", "-n", script("zsh").toString())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "heimdall tr, train",
        "heimdall train --ep, --epochs",
        "heimdall train --schedule const, constant",
        "heimdall completion f, fish"
    })
    void fishCompletes(String typed, String completed) throws Exception {
        String answer = run("fish", "-c", "source " + script("fish") + "; complete -C '" + typed + "'");
        assertThat(answer.lines().map(line -> line.split("\t")[0])).containsExactly(completed);
    }

    @Test
    void theScriptOfFishNamesAllCommandsTheirOptionsAndFiles() {
        String script = Run.heimdall("completion", "fish").out();
        assertThat(script)
                .contains("complete -c heimdall -n __fish_use_subcommand -a doctor -d 'Check Java,")
                .contains(
                        "-n '__fish_seen_subcommand_from features' -l scale -r -a 'slaney htk audio' -d 'The mel scale")
                .contains("-n '__fish_seen_subcommand_from locate' -F\n")
                .contains("-s h -l help -d 'Show this help'")
                .doesNotContain("${", "%%");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void jsonHoldsTheScript(String shell) {
        Run run = Run.heimdall("completion", shell, "--json");
        assertThat(run.out().lines()).hasSize(1);
        assertThat(run.lastLine()).startsWith("{").contains("\"shell\":\"" + shell + "\"");
    }

    private Path script(String shell) throws IOException {
        Run run = Run.heimdall("completion", shell);
        assertThat(run.exit()).as(run.err()).isZero();
        return Files.writeString(folder.resolve("completion." + shell), run.out());
    }

    /** Returns what a program printed; the test is left out where the program is not there. */
    private static String run(String... words) throws Exception {
        String path = System.getenv("PATH");
        assumeTrue(
                Stream.of(path.split(":")).anyMatch(at -> Files.isExecutable(Path.of(at, words[0]))), "no " + words[0]);
        Process process =
                new ProcessBuilder(List.of(words)).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }
}
