package io.heimdall.dataset.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Workspace;
import io.heimdall.features.recording.NpyWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process leaves that does not end well. */
@Tag("slow")
class IngestFaultsTest {
    @TempDir
    Path directory;

    /** Checks that what the catalogue shows is whole, and returns how many sessions it shows. */
    private int requireWholeSessions(Workspace workspace) throws IOException {
        List<Session> sessions = workspace.catalog().allSessions().toList();
        for (Session session : sessions) {
            assertThat(session.measurements()).hasSize(2);
            for (Measurement measurement : session.measurements()) {
                Path source = directory.resolve(
                        "iq/" + session.id() + "-" + measurement.station().name() + ".npy");
                assertThat(workspace
                                .objects()
                                .fetch(measurement.recorded().orElseThrow().key()))
                        .hasSameBinaryContentAs(source);
            }
        }
        return sessions.size();
    }

    @Test
    void aKilledProcessLeavesWholeSessionsAndIsTakenUpAgain() throws Exception {
        Table rows = new Table(directory);
        for (int i = 0; i < 40; i++) {
            rows.row("s" + i, "Torino").row("s" + i, "Genova");
        }
        Path table = rows.write();
        Path root = directory.resolve("w");
        Workspace.create(root).close();
        int whole = 0;
        for (int sessions : new int[] {1, 14, 27}) {
            killAfter(sessions, IngestProcess.start(root, table));
            try (Workspace workspace = Workspace.open(root)) {
                whole = requireWholeSessions(workspace);
                assertThat(whole).isBetween(sessions, sessions + 1);
            }
        }
        try (Workspace workspace = Workspace.open(root)) {
            IngestResult rest = Ingest.into(workspace).run(table, RowProgress.NONE);
            assertThat(rest).isEqualTo(new IngestResult(80, 0, 40 - whole, 0, whole, List.of(), List.of()));
            assertThat(requireWholeSessions(workspace)).isEqualTo(40);
        }
    }

    /** Lets a process finish so many sessions, and kills it while it is at the next. */
    private static void killAfter(int sessions, Process process) throws Exception {
        try {
            BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
            for (int i = 1; i <= sessions; i++) {
                assertThat(lines.readLine()).isEqualTo(String.valueOf(2 * i));
                process.getOutputStream().write('\n');
                process.getOutputStream().flush();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void aStoreThatTakesNoMoreIsNamedAndNothingHalfIsShown() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash to limit a process's files with");
        Table rows = new Table(directory).row("s1", "Torino").row("s1", "Genova");
        rows.row("s2", "Torino");
        NpyWriter.writeComplex(rows.iq("s2-Genova.npy"), new float[3 << 20]);
        Path table = rows.row("s2", "Genova", Map.of(Column.RECORDING, "iq/s2-Genova.npy"))
                .write();
        Path root = directory.resolve("w");
        Workspace.create(root).close();
        // No file of this process can grow over 8 MiB: as on a full disk, a write of the last recording fails.
        Process process = IngestProcess.start(root, table, "/bin/bash", "-c", "ulimit -f 8192; exec \"$@\"", "bash");
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said)
                .contains("failed: recording " + rows.iq("s2-Genova.npy") + " cannot be stored in "
                        + root.resolve("objects"))
                .contains("the sessions before it are stored, ingest again to continue");
        try (Workspace workspace = Workspace.open(root)) {
            assertThat(requireWholeSessions(workspace)).isEqualTo(1);
            assertThat(root.resolve("objects/.incoming")).isEmptyDirectory();
            assertThat(Ingest.into(workspace).run(table, RowProgress.NONE).added())
                    .isEqualTo(1);
            assertThat(requireWholeSessions(workspace)).isEqualTo(2);
        }
    }
}
