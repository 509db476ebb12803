package io.heimdall.pipeline.training;

import io.heimdall.files.ExclusiveFile;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.PipelineListener;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The claim of one process on a training's folder: a lock, the name of the {@link Worker} that has it, the {@link StepMark} of how far
 * the work is, and the {@link Deaths} of those who had it before.
 *
 * <p>The system takes the lock from a process that is killed. Beside it lies who took it: closing any channel of a file
 * releases all locks that the same process holds on it, so nobody may look at a lock of its own.
 */
final class TrainingClaim {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingClaim.class);
    private static final String FILE = "worker.lock";
    /** Who only looks holds the lock for a moment. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final long PAUSE_MILLIS = 20;

    private final Path folder;
    private final StepMark mark;

    private TrainingClaim(Path folder, StepMark mark) {
        this.folder = folder;
        this.mark = mark;
    }

    /** Work under a claim. */
    interface Work<T> {
        T under(TrainingClaim claim) throws IOException;
    }

    /**
     * Does what only one may do in a folder at a time. That a process died which had the claim is written down first.
     *
     * @throws PipelineException if another works there
     */
    static <T> T holding(Path folder, Work<T> work) throws IOException {
        refuseSecond(folder, false);
        try (FileChannel channel =
                FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            boolean locks = take(folder, channel);
            if (locks) {
                worker(folder).ifPresent(new Deaths(folder)::add);
            }
            Thread end = new Thread(() -> leave(folder), "heimdall-leave");
            try {
                sign(folder, locks);
                Runtime.getRuntime().addShutdownHook(end);
                try (StepMark mark = StepMark.open(folder)) {
                    return work.under(new TrainingClaim(folder, mark));
                }
            } finally {
                Worker.leave(folder);
                stay(end);
            }
        }
    }

    /** Returns the processes that died over the training since its last checkpoint. */
    Deaths deaths() {
        return new Deaths(folder);
    }

    /** Returns a listener that marks each step in the folder before it passes it on. */
    PipelineListener marking(PipelineListener listener) {
        return new MarkedListener(listener, mark, deaths());
    }

    /** Who is told to stop leaves in order, though nobody waits for the work. */
    private static void leave(Path folder) {
        try {
            Worker.leave(folder);
        } catch (IOException e) {
            LOG.debug("The name of the worker in {} cannot be removed", folder, e);
        }
    }

    private static void stay(Thread end) {
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException e) { // it is running
            LOG.debug("The process ends", e);
        }
    }

    /** Returns whether the disk knows locks. */
    private static boolean take(Path folder, FileChannel channel) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (channel.tryLock() == null) {
                if (System.nanoTime() > end) {
                    refuseSecond(folder, true);
                }
                Thread.sleep(PAUSE_MILLIS);
            }
            return true;
        } catch (OverlappingFileLockException e) {
            refuseSecond(folder, true);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a lock", e);
        } catch (IOException e) {
            LOG.debug("No lock on {}", folder, e);
            return false;
        }
    }

    private static void refuseSecond(Path folder, boolean locked) {
        Optional<Worker> worker = worker(folder);
        if (locked || worker.filter(Worker::isSelf).isPresent()) {
            String run = "run " + folder.getFileName();
            throw new PipelineException(
                    run,
                    run + " is being worked on"
                            + worker.map(who -> " by " + who).orElse("")
                            + "; wait for its end, or end it, before it is resumed",
                    null,
                    true);
        }
    }

    /** What cannot be written down is missing for this process alone: the others see the lock. */
    private static void sign(Path folder, boolean locks) {
        try {
            Worker.self(locks).write(folder);
        } catch (IOException e) {
            LOG.debug("The name of the worker in {} cannot be written", folder, e);
        }
    }

    private static Optional<Worker> worker(Path folder) {
        try {
            return Worker.in(folder);
        } catch (IOException e) {
            LOG.debug("The name of the worker in {} cannot be read", folder, e);
            return Optional.empty();
        }
    }

    /**
     * Returns whether nobody works in a folder any more. Where that cannot be known, as of another machine, somebody does.
     *
     * @param folder of a training
     */
    static boolean isFree(Path folder) {
        Optional<Worker> worker = worker(folder);
        if (worker.filter(who -> who.isSelf() || !who.isNear()).isPresent()) {
            return false;
        }
        try {
            return !ExclusiveFile.isHeld(folder.resolve(FILE));
        } catch (IOException e) {
            LOG.debug("The lock on {} cannot be tested", folder, e);
            return false;
        }
    }
}
