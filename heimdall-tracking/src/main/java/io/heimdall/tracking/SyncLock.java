package io.heimdall.tracking;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps two threads or processes from sending the same store at the same time. */
final class SyncLock {
    /** Of this process: the system ends all of a process's locks on a file as soon as any thread of it closes that file. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private SyncLock() {}

    static <T> T hold(Path root, Duration patience, StoreLock.Action<T> action) throws IOException {
        Path file = root.toRealPath().resolve(".heimdall-sync.lock");
        long deadline = System.nanoTime() + patience.toNanos();
        await(() -> HELD.add(file), file, deadline, patience);
        // The end of the channel releases the lock.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            await(() -> channel.tryLock() != null, file, deadline, patience);
            return action.run();
        } finally {
            HELD.remove(file);
        }
    }

    private static void await(StoreLock.Action<Boolean> lock, Path file, long deadline, Duration patience)
            throws IOException {
        try {
            while (!lock.run()) {
                if (System.nanoTime() > deadline) {
                    throw new IOException("another thread or process has been sending the store for "
                            + patience.toMillis() + " ms: " + file);
                }
                Thread.sleep(50);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + file, e);
        }
    }
}
