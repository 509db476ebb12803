package io.heimdall.dataset.ingest;

import io.heimdall.dataset.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An ingest in a process of its own, to be killed or starved. */
final class IngestProcess {

    private IngestProcess() {}

    /**
     * Ingests {@code args[1]} into the workspace {@code args[0]}; after each session it writes a line, and waits until it
     * may read a byte or there are none to come.
     */
    public static void main(String[] args) throws IOException {
        try (Workspace workspace = Workspace.open(Path.of(args[0]))) {
            Ingest.into(workspace).run(Path.of(args[1]), (done, total) -> {
                System.out.println(done);
                waitForLeave();
            });
        } catch (IOException e) {
            System.out.println("failed: " + e.getMessage());
        }
    }

    private static void waitForLeave() {
        try {
            System.in.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it; what stands in {@code before} is put before the command. */
    static Process start(Path workspace, Path table, String... before) throws IOException {
        List<String> command = new ArrayList<>(List.of(before));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-Dorg.sqlite.tmpdir=" + System.getProperty("org.sqlite.tmpdir"),
                "-cp",
                System.getProperty("java.class.path"),
                IngestProcess.class.getName(),
                workspace.toString(),
                table.toString()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
