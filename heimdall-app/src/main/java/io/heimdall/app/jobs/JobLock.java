package io.heimdall.app.jobs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Keeps two processes of a machine from writing the checkpoints of one job: the one that was taken for dead may only have been
 * slow. A killed process leaves no lock behind.
 */
final class JobLock {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long PAUSE_MILLIS = 200;

    private JobLock() {}

    /** Work under a lock. */
    interface Held<T> {
        T work() throws IOException;
    }

    /**
     * Does work that no other process may do on the same job, waiting a while for whoever does.
     *
     * @param givenUp tells whether to wait no longer
     * @throws IOException if another still works on the job
     */
    static <T> T holding(Path folder, String jobId, BooleanSupplier givenUp, Held<T> held) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(jobId + ".lock");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!locked(channel)) {
                if (System.nanoTime() > end || givenUp.getAsBoolean()) {
                    throw new IOException("another process still works on job " + jobId + " (it holds " + file + ")");
                }
                pause();
            }
            try {
                return held.work();
            } finally {
                Files.deleteIfExists(file);
            }
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) { // a thread of this very process
            return false;
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a lock", e);
        }
    }
}
