package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.app.Run;
import io.heimdall.features.recording.NpyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestCommandTest {
    private static final String HEADER = "session_id,approved,source_name,source_lat,source_lon,frequency_hz,station,"
            + "station_lat,station_lon,recording,sample_rate_hz,start_time\n";

    @TempDir
    Path folder;

    private Path workspace;

    @BeforeEach
    void writeARecording() throws IOException {
        workspace = folder.resolve("w");
        Random random = new Random(1);
        float[] iq = new float[2000];
        for (int i = 0; i < iq.length; i++) {
            iq[i] = (float) (0.1 * random.nextGaussian());
        }
        for (int i = 0; i < 40; i++) {
            NpyWriter.writeComplex(folder.resolve("good" + i + ".npy"), iq);
        }
        NpyWriter.writeComplex(folder.resolve("silent.npy"), new float[2000]);
    }

    private Path table(String... rows) throws IOException {
        return Files.writeString(folder.resolve("t.csv"), HEADER + String.join("\n", rows) + "\n");
    }

    private static String row(int session, String recording, String startTime) {
        return "s" + session + ",true,tx,45,8,145000000,Torino,45.04,7.67," + recording + ",9600," + startTime;
    }

    @Test
    void manyRowsOfOneCauseAreOneLineAndEachIsInTheJson() throws IOException {
        String[] rows = new String[40];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row(i, "good" + i + ".npy", "2020-01-01 00:00:" + (10 + i));
        }
        rows[7] = row(7, "silent.npy", "");
        Run run = Run.heimdall("ingest", "--workspace", workspace, table(rows), "--json");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err().lines().filter(line -> line.startsWith("Warning: ")))
                .satisfiesExactly(
                        zone -> assertThat(zone)
                                .startsWith("Warning: line 2: start_time '2020-01-01 00:00:10' has no offset")
                                .endsWith(" (likewise 38 more: lines 3, 4, 5, 6, 7, ...)"),
                        silent -> assertThat(silent)
                                .startsWith("Warning: line 9: recording ")
                                .contains("silent.npy: silence")
                                .doesNotContain("likewise"));
        assertThat(run.err())
                .contains("40 sessions added, 0 updated, 0 unchanged; 40 of 40 rows taken, 0 refused, 40 with");
        JsonNode json = new ObjectMapper().readTree(run.lastLine());
        assertThat(json.get("rows").asInt()).isEqualTo(40);
        assertThat(json.get("warnings")).hasSize(40);
        JsonNode first = json.get("warnings").get(0);
        assertThat(first.get("line").asInt()).isEqualTo(2);
        assertThat(first.get("file").isNull()).isTrue();
        assertThat(first.get("column").asText()).isEqualTo("start_time");
        assertThat(first.get("value").asText()).isEqualTo("2020-01-01 00:00:10");
        assertThat(first.get("message").asText()).startsWith("start_time '2020-01-01 00:00:10' has no offset");
        JsonNode silent = json.get("warnings").get(7);
        assertThat(silent.get("file").asText()).endsWith("silent.npy");
        assertThat(silent.get("column").isNull()).isTrue();
    }

    @Test
    void strictlyWhatIsWarnedOfIsRefused() throws IOException {
        Path table = table(row(0, "good0.npy", ""), row(1, "good1.npy", ""), row(2, "silent.npy", ""));
        Run run = Run.heimdall("ingest", "--workspace", workspace, table, "--strict");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("Refused: line 4: recording ", "silent.npy: silence")
                .doesNotContain("Warning: l");
        assertThat(run.out()).contains("2 sessions added", "2 of 3 rows taken, 1 refused, 0 with warnings");
    }

    @Test
    void mostRowsRefusedIsAFailureThoughOneIsIn() throws IOException {
        Path table = table(row(0, "good0.npy", ""), row(1, "gone.npy", ""), row(2, "gone.npy", ""));
        Run run = Run.heimdall("ingest", "--workspace", workspace, table);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .contains("Refused: line 3: recording " + folder.resolve("gone.npy")
                        + ": there is no such file (likewise line 4)");
        assertThat(run.out()).contains("1 sessions added", "1 of 3 rows taken, 2 refused");
        Path half = table(row(0, "good0.npy", ""), row(1, "gone.npy", ""));
        assertThat(Run.heimdall("ingest", "--workspace", workspace, half).exit())
                .isZero();
    }

    @Test
    void aTableWithoutRowsSaysSoAndMakesNoWorkspace() throws IOException {
        Path table = table();
        Run run = Run.heimdall("ingest", "--workspace", workspace, table);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains(table + " has a header but no row below it");
        assertThat(workspace).doesNotExist();
    }

    @Test
    void refreshMeasuresWhatTheWorkspaceHoldsAndTakesNoTable() throws IOException {
        Path table = table(row(0, "good0.npy", ""), row(1, "good1.npy", ""));
        Run.heimdall("ingest", "--workspace", workspace, table);
        Run run = Run.heimdall("ingest", "--workspace", workspace, "--refresh", "--json");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.lastLine()).contains("\"sessions\":2", "\"changed\":0", "\"faults\":[]");
        Run both = Run.heimdall("ingest", "--workspace", workspace, table, "--refresh");
        assertThat(both.exit()).isEqualTo(2);
        assertThat(both.err()).contains("leave out the table " + table);
        Run neither = Run.heimdall("ingest", "--workspace", workspace);
        assertThat(neither.exit()).isEqualTo(2);
        assertThat(neither.err()).contains("a table of sessions is needed");
        Run nowhere = Run.heimdall("ingest", "--workspace", folder.resolve("none"), "--refresh");
        assertThat(nowhere.exit()).isEqualTo(1);
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void everyColumnIsInTheHelp() {
        Run run = Run.heimdall("ingest", "--help");
        assertThat(List.of(HEADER.strip().split(",")))
                .allSatisfy(column -> assertThat(run.out()).contains(column));
        assertThat(run.out()).contains("calibration_db", "format", "capture", "channel", "stream", "--strict");
        assertThat(run.out()).contains("level_db", "bearing_deg", "bearing_sigma_deg", "clock_sigma_s", "none");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
    }
}
