package io.heimdall.pipeline.sweep;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A lock that a worker holds for a long time; the system takes it from a process that is killed. */
final class ProcessLock implements AutoCloseable {
    /** Of this process: the system ends all of a process's locks on a file as soon as any thread of it closes that file. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private ProcessLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock; empty if another process, or another thread of this one, has it.
     *
     * @param file made if it is missing; its folder is there
     */
    static Optional<ProcessLock> take(Path file) throws IOException {
        Path one = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
        if (!HELD.add(one)) {
            return Optional.empty();
        }
        FileChannel channel = null;
        boolean taken = false;
        try {
            channel = FileChannel.open(one, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            taken = channel.tryLock() != null;
            return taken ? Optional.of(new ProcessLock(one, channel)) : Optional.empty();
        } catch (OverlappingFileLockException e) { // held by this process in another way
            return Optional.empty();
        } finally {
            if (!taken) {
                release(one, channel);
            }
        }
    }

    private static void release(Path file, FileChannel channel) throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            HELD.remove(file);
        }
    }

    /** Releases the lock; a second time changes nothing. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            release(file, channel);
        }
    }
}
