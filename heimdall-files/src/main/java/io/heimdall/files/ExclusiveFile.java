package io.heimdall.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * A file that one thread of one process of a machine holds at a time. A killed process leaves no lock behind.
 *
 * <p>The empty file stays: otherwise a waiting process would lock a deleted file, and the next one a new file.
 */
public final class ExclusiveFile {
    private static final long PAUSE_MILLIS = 20;
    /** Of this process: the system ends all of a process's locks on a file as soon as any thread of it closes that file. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private ExclusiveFile() {}

    /** Work under a lock. */
    public interface Held<T> {
        T work() throws IOException;
    }

    private interface Try {
        boolean succeeds() throws IOException;
    }

    /**
     * Does work that no other thread or process may do at the same time, waiting a while for whoever does. Not reentrant.
     *
     * @param file made if it is missing; its folder is there
     * @param givenUp tells whether to wait no longer; asked after each try
     * @param refusal says what another is doing, for the message; the file is added
     * @throws IOException if it was given up, if the thread was interrupted (it still is), or from the work
     */
    public static <T> T holding(Path file, BooleanSupplier givenUp, String refusal, Held<T> held) throws IOException {
        Path one = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
        String refused = refusal + " (it holds " + file + ")";
        await(() -> HELD.add(one), givenUp, refused);
        // The end of the channel releases the lock.
        try (FileChannel channel = FileChannel.open(one, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            await(() -> channel.tryLock() != null, givenUp, refused);
            return held.work();
        } finally {
            HELD.remove(one);
        }
    }

    /** Gives up after a while, counted from now. */
    public static BooleanSupplier after(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        return () -> System.nanoTime() >= end;
    }

    private static void await(Try lock, BooleanSupplier givenUp, String refused) throws IOException {
        while (!lock.succeeds()) {
            if (givenUp.getAsBoolean()) {
                throw new IOException(refused);
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting: " + refused, e);
            }
        }
    }
}
