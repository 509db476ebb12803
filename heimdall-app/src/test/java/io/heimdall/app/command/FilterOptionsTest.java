package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.app.Run;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What part of the sessions a user asks for: 60 simulated ones, ten minutes apart, at 144..146 MHz. */
class FilterOptionsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static Path workspace;

    @BeforeAll
    static void simulate() {
        workspace = folder.resolve("w");
        assertThat(Run.heimdall("simulate", "--workspace", workspace, "--sessions", 60)
                        .exit())
                .isZero();
    }

    private static Run train(Map<String, String> environment, Object... options) {
        List<Object> all = new ArrayList<>(
                List.of("train", "--workspace", workspace, "--network", "small", "--epochs", 1, "--batch-size", 8));
        all.addAll(List.of(options));
        return Run.heimdall(environment, all.toArray());
    }

    @Test
    void aTrainingLearnsFromWhatWasAskedAndIsJudgedOnItsLike() throws IOException {
        Path ids = folder.resolve("ids");
        try (Workspace opened = Workspace.open(workspace)) {
            Files.write(
                    ids, opened.catalog().sessions().map(Session::id).limit(50).toList());
        }
        Run train = train(
                Map.of("HEIMDALL_TRAINING_STATION", "Torino, Genova"),
                "--from=2026-01-01",
                "--until=2026-01-01T08:00:00Z",
                "--min-frequency=144.1e6",
                "--max-frequency=146000000",
                "--sessions-file=" + ids,
                "--json");

        assertThat(train.err()).contains("stations Genova, Torino", "144100000..146000000 Hz", "sim-1-000000");
        assertThat(train.exit()).isZero();
        JsonNode trained = JSON.readTree(train.lastLine());
        JsonNode again = JSON.readTree(
                Run.heimdall("evaluate", "--workspace", workspace, "--json").lastLine());
        assertThat(again.get("sessions")).isEqualTo(trained.get("sessions"));
        assertThat(again.get("filter").get("until").asText()).isEqualTo("2026-01-01T08:00:00Z");
        assertThat(Files.readString(Path.of(trained.get("report").asText()))).contains("Genova, Torino");

        JsonNode all = JSON.readTree(
                Run.heimdall("evaluate", "--workspace", workspace, "--any-session", "--split", "train", "--json")
                        .lastLine());
        assertThat(all.get("sessions").asInt()).isGreaterThan(40);
        Run later = Run.heimdall(
                "evaluate", "--workspace", workspace, "--from", "2026-01-01T08:00:00Z", "--split", "train");
        assertThat(later.out()).contains("Judged on   from 2026-01-01T08:00:00Z");

        Run same = train(
                Map.of("HEIMDALL_TRAINING_STATION", "Genova,Torino"), "--resume", "--until", "2026-01-01T08:00:00Z");
        assertThat(same.exit()).as(same.err()).isZero();
        Run other = train(Map.of(), "--resume", "--until", "2026-01-02", "--max-clipped", "0.5");
        assertThat(other.exit()).isEqualTo(2);
        assertThat(other.err())
                .contains("until was 2026-01-01T08:00:00Z and is 2026-01-02T00:00:00Z")
                .contains("max_clipped_share was not set and is 0.5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--from=yesterday             | option '--from': 'yesterday' is neither a date such as 2026-11-24",
                "--until=2026-13-01           | option '--until': '2026-13-01' is neither a date",
                "--min-frequency=145MHz       | '145MHz' is no whole number of hertz such as 145500000 or 145.5e6",
                "--max-frequency=0.5          | '0.5' is no whole number of hertz",
                "--min-frequency=-1           | min frequency -1 is not a whole number in 0..",
                "--max-clipped=2              | max clipped 2 is not a number in 0..1",
                "--station=Torino,Turin       | there is no station 'Turin'; the catalogue has Aquila di Giaveno",
                "--session=sim-1-000000,x     | there is no session 'x'; the catalogue has sim-1-000000, sim-1-000001",
                "--training-dataset=spring    | there is no training dataset 'spring'; the catalogue has none",
                "--sessions-file=/nowhere/ids | option '--sessions-file': /nowhere/ids: no such file or directory",
            })
    void whatMakesNoSenseIsWrongUsage(String option, String said) {
        Run run = train(Map.of(), option);

        assertThat(run.err()).startsWith("heimdall train: ").contains(said);
        assertThat(run.exit()).isEqualTo(2);
    }

    @Test
    void aSessionsFileHasSomeNamesInUtf8() throws IOException {
        Path blank = Files.writeString(folder.resolve("blank"), "\n \n");
        assertThat(train(Map.of(), "--sessions-file", blank).err()).contains(blank + " names no session");
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThat(train(Map.of(), "--sessions-file", binary).err()).contains(binary + " is not text in UTF-8");
    }

    @Test
    void whatIsSetWronglyIsFoundInItsFile() throws IOException {
        Path file = Files.writeString(folder.resolve("heimdall.yaml"), "training:\n  station: Turin\n");
        assertThat(train(Map.of(), "--config", file).err())
                .contains("there is no station 'Turin'")
                .contains("(training.station in " + file + ", line 2)");
    }

    @Test
    void nothingLeftIsAnErrorThatBeginsNoRun() throws IOException {
        Run before = Run.heimdall("runs", "--workspace", workspace, "--json");
        Run run = train(Map.of(), "--from", "2027-01-01");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .contains("no session is left")
                .contains("there are sessions from 2026-01-01T00:00:00Z to 2026-01-01T09:50:00Z");
        assertThat(Run.heimdall("runs", "--workspace", workspace, "--json").out())
                .isEqualTo(before.out());
    }
}
