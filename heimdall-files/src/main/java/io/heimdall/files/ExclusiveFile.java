package io.heimdall.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A file that one thread of one process of a machine holds at a time. A killed process leaves no lock behind.
 *
 * <p>The empty file stays: otherwise a waiting process would lock a deleted file, and the next one a new file.
 */
public final class ExclusiveFile implements Closeable {
    private static final long PAUSE_MILLIS = 20;
    /**
     * Of this process, and the monitor of whoever opens such a file: the system ends all of a process's locks on a file as soon as any
     * thread of it closes that file.
     */
    private static final Set<Path> HELD = new HashSet<>();

    private final Path file;
    private final FileChannel channel;

    private ExclusiveFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Work under a lock. */
    public interface Held<T> {
        T work() throws IOException;
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
        ExclusiveFile taken = await(file, givenUp, refusal + " (it holds " + file + ")");
        try (taken) {
            return held.work();
        }
    }

    /** Gives up after a while, counted from now. */
    public static BooleanSupplier after(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        return () -> System.nanoTime() >= end;
    }

    private static ExclusiveFile await(Path file, BooleanSupplier givenUp, String refused) throws IOException {
        while (true) {
            Optional<ExclusiveFile> taken = take(file);
            if (taken.isPresent()) {
                return taken.get();
            }
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

    /**
     * Takes a file until it is closed, without waiting.
     *
     * @param file made if it is missing; its folder is there
     * @return empty if another process, or anybody in this one, has it
     */
    public static Optional<ExclusiveFile> take(Path file) throws IOException {
        Path one = inRealFolder(file);
        synchronized (HELD) {
            if (HELD.contains(one)) {
                return Optional.empty();
            }
            FileChannel channel = FileChannel.open(one, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            boolean taken = false;
            try {
                taken = channel.tryLock() != null;
            } catch (OverlappingFileLockException e) { // this process has locked it in another way
                return Optional.empty();
            } finally {
                if (!taken) {
                    channel.close();
                }
            }
            if (!taken) {
                return Optional.empty();
            }
            HELD.add(one);
            return Optional.of(new ExclusiveFile(one, channel));
        }
    }

    /**
     * Returns whether anybody holds a file, without taking it: several may look at the same time. A file that is missing is held by
     * nobody.
     *
     * @param file its folder is there
     * @throws IOException if that cannot be known, as of a file that may not be read
     */
    public static boolean isHeld(Path file) throws IOException {
        Path one = inRealFolder(file);
        synchronized (HELD) {
            if (HELD.contains(one)) {
                return true;
            }
            try (FileChannel channel = FileChannel.open(one, StandardOpenOption.READ)) {
                return channel.tryLock(0, Long.MAX_VALUE, true) == null;
            } catch (NoSuchFileException e) {
                return false;
            } catch (OverlappingFileLockException e) { // this process has locked it in another way
                return true;
            }
        }
    }

    private static Path inRealFolder(Path file) throws IOException {
        return file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
    }

    /** Releases the file; a second time changes nothing. */
    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            if (channel.isOpen()) {
                try {
                    channel.close(); // which releases the lock
                } finally {
                    HELD.remove(file);
                }
            }
        }
    }
}
