package io.heimdall.pipeline.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A process that works in a training's folder until it is killed. */
final class LockProcess {
    private LockProcess() {}

    /** Argument: the folder. */
    public static void main(String[] args) throws IOException {
        TrainingClaim.holding(Path.of(args[0]), claim -> {
            try {
                TimeUnit.MINUTES.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return null;
        });
    }

    /** Starts one and waits until it works. */
    static Process start(Path folder) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockProcess.class.getName(),
                        folder.toString())
                .inheritIO()
                .start();
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
        while (Worker.in(folder).filter(who -> who.pid() == process.pid()).isEmpty()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new AssertionError("the other process did not take the folder " + folder);
            }
            Thread.sleep(10);
        }
        return process;
    }
}
