package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.app.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user gets to read when something is wrong: one or two lines that name it, and nothing half-done. */
class BadInputTest {
    private static final String HEADER = "session_id,approved,source_name,source_lat,source_lon,frequency_hz,station,"
            + "station_lat,station_lon,recording,sample_rate_hz,start_time,calibration_db\n";

    @TempDir
    Path folder;

    private static void assertFails(Run run, String... named) {
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains(named).doesNotContain("\tat ", "Exception");
        assertThat(run.err().lines().filter(line -> line.startsWith("heimdall: ")))
                .hasSize(1);
    }

    @Test
    void thereIsNoWorkspace() {
        assertFails(Run.heimdall("train", "--workspace", folder.resolve("none")), "there is no workspace", "none");
        assertFails(Run.heimdall("runs", "--workspace", folder.resolve("none")), "heimdall simulate");
    }

    @Test
    void theWorkspaceIsOfANewerRelease() throws IOException {
        Files.writeString(folder.resolve("workspace.json"), "{\"format\": 99}\n");

        assertFails(Run.heimdall("train", "--workspace", folder), "format 99", "newer release");
        assertThat(folder).isDirectoryNotContaining("glob:**.sqlite");
    }

    @Test
    void theTableHasOtherColumns() throws IOException {
        Path table = Files.writeString(folder.resolve("sessions.csv"), "session,lat,lon\n1,2,3\n");

        assertFails(Run.heimdall("ingest", "--workspace", folder.resolve("w"), table), "sessions.csv", "session_id");
    }

    @Test
    void oneRecordingOfASessionIsBad() throws IOException {
        Files.write(folder.resolve("good.cu8"), new byte[50_000]);
        Files.writeString(folder.resolve("bad.npy"), "\u0093NUMPY is not in here");
        Path table = Files.writeString(
                folder.resolve("sessions.csv"),
                HEADER
                        + "s1,true,tx,45,8,145000000,Torino,45.044,7.672,good.cu8,12500,,\n"
                        + "s1,true,tx,45,8,145000000,Genova,44.395,8.956,bad.npy,12500,,\n");

        Run run = Run.heimdall("ingest", "--workspace", folder.resolve("w"), table);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).contains("line 3", "bad.npy");
        assertThat(run.out()).contains("1 sessions added", "1 of 2 rows taken, 1 refused");
    }

    @Test
    void theBackendIsUnknown() throws IOException {
        Path workspace = folder.resolve("w");
        Run.heimdall("simulate", "--workspace", workspace, "--sessions", 3);

        assertFails(
                Run.heimdall("train", "--workspace", workspace, "--backend", "torch7"),
                "no backend 'torch7'",
                "djl-pytorch");
    }

    @Test
    void theModelIsNone() throws IOException {
        Path notOnnx = Files.writeString(folder.resolve("model.onnx"), "no model");
        Path recording = Files.write(folder.resolve("r.cu8"), new byte[50_000]);

        assertFails(Run.heimdall("predict", "--model", notOnnx, recording, "--rate", 12500), "model.onnx");
        assertFails(
                Run.heimdall("predict", "--model", folder.resolve("gone.onnx"), recording, "--rate", 12500),
                "gone.onnx");
    }

    @Test
    void numbersMakeNoSense() {
        Run sessions = Run.heimdall("simulate", "--workspace", folder.resolve("w"), "--sessions", 0);
        Run world = Run.heimdall("simulate", "--workspace", folder.resolve("w"), "--sessions", 1, "--world", "flat");

        assertThat(sessions.exit()).isEqualTo(2);
        assertThat(sessions.err()).contains("--sessions 0");
        assertThat(world.exit()).isEqualTo(2);
        assertThat(world.err()).contains("'flat'", "rss");
        assertThat(folder.resolve("w")).doesNotExist();
    }
}
