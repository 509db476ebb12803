package io.heimdall.pipeline.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.heimdall.dataset.internal.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;

/**
 * The process that works in a training's folder, as it says there itself.
 *
 * @param pid its number, which another container may have given as well
 * @param started when it was started; empty where the system does not tell
 * @param host the machine's name
 * @param boot what tells this start of the machine from all others, also in containers; empty where the system does not tell
 * @param locks whether the disk knows locks, so that a missing one means a dead process
 */
record Worker(long pid, String started, String host, String boot, boolean locks) {
    private static final String FILE = "worker.json";
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final JsonMapper JSON = new JsonMapper();

    static Worker self(boolean locks) {
        ProcessHandle process = ProcessHandle.current();
        return new Worker(
                process.pid(),
                process.info().startInstant().map(Instant::toString).orElse(""),
                Machine.name(),
                booted(),
                locks);
    }

    /** Returns whether it is this very process. */
    boolean isSelf() {
        return equals(self(locks));
    }

    /** Returns whether the locks that it takes can be seen from here. */
    boolean isNear() {
        return locks && (host.equals(Machine.name()) || !boot.isEmpty() && boot.equals(booted()));
    }

    /** Reads who works in a folder; nothing if nobody says so. */
    static Optional<Worker> in(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        JsonNode node = JSON.readTree(Files.readAllBytes(file));
        return Optional.of(new Worker(
                node.path("pid").asLong(),
                node.path("started").asText(),
                node.path("host").asText(),
                node.path("boot").asText(),
                node.path("locks").asBoolean()));
    }

    void write(Path folder) throws IOException {
        Path aside = folder.resolve(FILE + ".part");
        Files.write(
                aside,
                JSON.writeValueAsBytes(JSON.createObjectNode()
                        .put("pid", pid)
                        .put("started", started)
                        .put("host", host)
                        .put("boot", boot)
                        .put("locks", locks)));
        Files.move(aside, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static void leave(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FILE));
    }

    private static String booted() {
        try {
            return Files.readString(BOOT).strip();
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public String toString() {
        return "process " + pid + " on " + host;
    }
}
