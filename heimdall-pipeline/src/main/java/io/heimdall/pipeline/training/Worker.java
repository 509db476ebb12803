package io.heimdall.pipeline.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heimdall.files.Machine;
import io.heimdall.files.WholeFile;
import io.heimdall.model.backend.CrashLog;
import io.heimdall.model.backend.Processor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * @param processor that it computes on
 * @param crashLog where its JVM writes what it knows should native code bring it down
 */
record Worker(
        long pid, String started, String host, String boot, boolean locks, String processor, Optional<Path> crashLog) {
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
                locks,
                Processor.ofThisMachine().toString(),
                Optional.of(CrashLog.ofThisProcess()));
    }

    /** Returns whether it is this very process. */
    boolean isSelf() {
        return equals(self(locks));
    }

    /** Returns whether the locks that it takes can be seen from here. */
    boolean isNear() {
        return locks && (host.equals(Machine.name()) || !boot.isEmpty() && boot.equals(booted()));
    }

    /** Returns whether the machine has not been started anew since: a power cut is not the death of a process. */
    boolean isOfThisBoot() {
        return boot.equals(booted());
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
                node.path("locks").asBoolean(),
                node.path("processor").asText(),
                Optional.ofNullable(node.get("crash_log")).map(log -> Path.of(log.asText()))));
    }

    void write(Path folder) throws IOException {
        ObjectNode node = JSON.createObjectNode()
                .put("pid", pid)
                .put("started", started)
                .put("host", host)
                .put("boot", boot)
                .put("locks", locks)
                .put("processor", processor);
        crashLog.ifPresent(log -> node.put("crash_log", log.toString()));
        WholeFile.write(folder.resolve(FILE), JSON.writeValueAsBytes(node));
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
