package io.heimdall.app.command;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The other processes of a sweep: the same command in JVMs of their own. */
final class SweepProcesses implements AutoCloseable {
    /** By name, since it knows all commands. */
    private static final String MAIN = "io.heimdall.app.Heimdall";

    private static final int PATIENCE_SECONDS = 20;
    /** What belongs to the first process alone: its terminal, its debugger. */
    private static final List<String> OWN = List.of("-javaagent", "-agentlib", "-Dheimdall.terminal", "-XX:Archive");

    private final List<Process> processes = new ArrayList<>();

    private SweepProcesses() {}

    /**
     * Starts them; what they say goes to standard error.
     *
     * @param words of the command
     */
    static SweepProcesses start(int number, List<String> words) throws IOException {
        SweepProcesses started = new SweepProcesses();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> OWN.stream().noneMatch(argument::startsWith))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        command.addAll(words);
        for (int i = 0; i < number; i++) {
            started.processes.add(new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }
        return started;
    }

    /** Returns how many have ended with a failure. */
    long failed() {
        return processes.stream()
                .filter(process -> !process.isAlive() && process.exitValue() != 0)
                .count();
    }

    /** Asks them to stop, and ends those that do not. */
    @Override
    public void close() {
        processes.forEach(Process::destroy);
        try {
            for (Process process : processes) {
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            }
        } catch (InterruptedException e) {
            processes.forEach(Process::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }
}
