package io.heimdall.tracking;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Keeps two threads or processes from sending the same store at the same time. */
final class SyncLock {
    private SyncLock() {}

    static <T> T hold(Path root, Duration patience, StoreLock.Action<T> action) throws IOException {
        Path file = root.resolve(".heimdall-sync.lock");
        long deadline = System.nanoTime() + patience.toNanos();
        // The end of the channel releases the lock.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (!locks(channel)) {
                if (System.nanoTime() > deadline) {
                    throw new IOException(
                            "another process has been sending the store for " + patience.toMillis() + " ms: " + file);
                }
                Thread.sleep(50);
            }
            return action.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static boolean locks(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // another thread of this process has it
        }
    }
}
