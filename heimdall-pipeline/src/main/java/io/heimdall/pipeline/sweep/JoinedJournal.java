package io.heimdall.pipeline.sweep;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A journal that several workspaces share. Each has its own record of runs, and in it a run of its own above those of its trials.
 *
 * @param journal that is shared
 * @param parentRun of this workspace
 */
record JoinedJournal(SweepJournal journal, String parentRun) implements SweepJournal {
    @Override
    public SweepState state() throws IOException {
        return journal.state().withParent(parentRun);
    }

    @Override
    public SweepState update(UnaryOperator<SweepState> change) throws IOException {
        return journal.update(change).withParent(parentRun);
    }

    @Override
    public Optional<Closeable> reserve(int trial) throws IOException {
        return journal.reserve(trial);
    }
}
