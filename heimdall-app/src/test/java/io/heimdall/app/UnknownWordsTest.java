package io.heimdall.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnknownWordsTest {

    @ParameterizedTest
    @CsvSource({
        "trian, train",
        "loacte, locate",
        "dcotor, doctor",
        "eval, evaluate",
        "help, --help",
        "Ingest, ingest",
    })
    void aMistypedCommandIsAnsweredWithTheNearest(String typed, String meant) {
        Run run = Run.heimdall(typed, "x");
        assertThat(run.exit()).isEqualTo(Heimdall.WRONG_USAGE);
        assertThat(run.err())
                .isEqualTo("heimdall: unknown command '" + typed + "'; did you mean '" + meant
                        + "'?\nTry 'heimdall --help'.\n");
    }

    @ParameterizedTest
    @CsvSource({
        "train, --epoch, --epochs",
        "train, --learningrate, --learning-rate",
        "train, --batch=12, --batch-size",
        "inspect, --pngg, --png",
        "demo, --versoin, ",
        "demo, -q, ",
    })
    void aMistypedOptionIsAnsweredWithTheNearestOfItsCommand(String command, String typed, String meant) {
        Run run = Run.heimdall(command, typed, "3", "--workspace", "x", "recording");
        assertThat(run.exit()).isEqualTo(Heimdall.WRONG_USAGE);
        String advice = meant == null ? "" : "; did you mean '" + meant + "'?";
        assertThat(run.err())
                .startsWith(
                        "heimdall " + command + ": unknown option '" + typed.replace("=12", "") + "'" + advice + "\n");
    }

    @Test
    void anOptionThatIsMissedMayBeMistyped() {
        Run run = Run.heimdall("train", "--workspce", "x");
        assertThat(run.exit()).isEqualTo(Heimdall.WRONG_USAGE);
        assertThat(run.err())
                .startsWith(
                        "heimdall train: Missing required option: '--workspace=DIR'; unknown option '--workspce'; did"
                                + " you mean '--workspace'?\n");
        assertThat(Run.heimdall("train").err())
                .startsWith("heimdall train: Missing required option: '--workspace=DIR'\n");
    }

    @Test
    void aWordThatIsLikeNothingIsOnlyNamed() {
        assertThat(Run.heimdall("xyzzy").err()).startsWith("heimdall: unknown command 'xyzzy'\n");
        assertThat(Run.heimdall("train", "--workspace", "x", "extra").err())
                .startsWith("heimdall train: Unmatched argument at index 3: 'extra'\n");
    }
}
