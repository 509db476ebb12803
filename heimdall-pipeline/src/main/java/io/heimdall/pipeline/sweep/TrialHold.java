package io.heimdall.pipeline.sweep;

import io.heimdall.files.ExclusiveFile;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** What a worker holds while it is at a trial: the lock of its folder, and the reservation in the journal. */
record TrialHold(ExclusiveFile lock, Closeable reservation) implements AutoCloseable {

    /**
     * Takes a trial; empty if somebody else has it.
     *
     * @param trial from 1; 0 is the last training
     */
    static Optional<TrialHold> take(SweepFolder folder, SweepJournal journal, int trial) throws IOException {
        Optional<ExclusiveFile> lock = ExclusiveFile.take(folder.lock(trial));
        if (lock.isEmpty()) {
            return Optional.empty();
        }
        Optional<Closeable> reservation = Optional.empty();
        try {
            reservation = journal.reserve(trial);
        } finally {
            if (reservation.isEmpty()) {
                lock.get().close();
            }
        }
        return reservation.map(taken -> new TrialHold(lock.get(), taken));
    }

    @Override
    public void close() throws IOException {
        try {
            reservation.close();
        } finally {
            lock.close();
        }
    }
}
