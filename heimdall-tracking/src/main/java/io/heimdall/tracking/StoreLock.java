package io.heimdall.tracking;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps two threads or processes from giving the same number to two experiments or versions. */
final class StoreLock {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Locks of files are held by the whole process, which refuses a second one instead of waiting. */
    private static final ReentrantLock THREADS = new ReentrantLock();

    private StoreLock() {}

    /** What is done while the lock is held. */
    interface Action<T> {
        T run() throws IOException;
    }

    static <T> T hold(Path root, Action<T> action) throws IOException {
        Path file = root.resolve(".heimdall.lock");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            if (!THREADS.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IOException(file + ": held by another thread for " + PATIENCE.toSeconds() + " s");
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                acquire(file, channel, deadline);
                return action.run();
            } finally {
                THREADS.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(file + ": interrupted while waiting for it", e);
        }
    }

    /** Takes the lock, which the end of the channel releases. */
    private static void acquire(Path file, FileChannel channel, long deadline)
            throws IOException, InterruptedException {
        while (channel.tryLock() == null) {
            if (System.nanoTime() > deadline) {
                throw new IOException(file + ": held by another process for " + PATIENCE.toSeconds() + " s");
            }
            Thread.sleep(20);
        }
    }
}
