package io.heimdall.app.jobs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Keeps two processes of a machine from writing the checkpoints of one job: the one that was taken for dead may only have been
 * slow. A killed process leaves no lock behind.
 *
 * <p>The empty file of a lock stays: whoever waits for it would get a file that was deleted, and the next one a new file beside.
 */
final class JobLock {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long PAUSE_MILLIS = 200;
    /** Of this process: the system ends all of a process's locks on a file as soon as any thread of it closes that file. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private JobLock() {}

    /** Work under a lock. */
    interface Held<T> {
        T work() throws IOException;
    }

    private interface Try {
        boolean succeeds() throws IOException;
    }

    /**
     * Does work that no other process may do on the same job, waiting a while for whoever does.
     *
     * @param givenUp tells whether to wait no longer
     * @throws IOException if another still works on the job
     */
    static <T> T holding(Path folder, String jobId, BooleanSupplier givenUp, Held<T> held) throws IOException {
        Path file = Files.createDirectories(folder).toRealPath().resolve(jobId + ".lock");
        long end = System.nanoTime() + PATIENCE.toNanos();
        BooleanSupplier over = () -> System.nanoTime() > end || givenUp.getAsBoolean();
        await(() -> HELD.add(file), over, file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            await(() -> channel.tryLock() != null, over, file);
            return held.work();
        } finally {
            HELD.remove(file);
        }
    }

    private static void await(Try lock, BooleanSupplier over, Path file) throws IOException {
        while (!lock.succeeds()) {
            if (over.getAsBoolean()) {
                throw new IOException("another worker is still on the job (it holds " + file + ")");
            }
            pause();
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
