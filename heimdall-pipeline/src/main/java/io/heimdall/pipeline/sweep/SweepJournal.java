package io.heimdall.pipeline.sweep;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a sweep knows, where all that work on it read and change it. Thread-safe.
 *
 * <p>Each change is made to the newest state, and none is lost.
 */
public interface SweepJournal {
    /**
     * Returns the newest state.
     *
     * @throws IOException if it cannot be read
     * @throws io.heimdall.pipeline.PipelineException if it cannot be understood
     */
    SweepState state() throws IOException;

    /**
     * Changes the state.
     *
     * @param change returns the next state; called again where somebody else was faster
     * @return the state after the change
     * @throws IOException if it cannot be written
     * @throws java.util.concurrent.CancellationException if whoever changes it may not do so any more
     */
    SweepState update(UnaryOperator<SweepState> change) throws IOException;

    /**
     * Reserves a trial among those that work in other directories; within one directory its lock does.
     *
     * @param trial from 1; 0 is the last training
     * @return empty if somebody else has it; what ends the reservation otherwise
     * @throws IOException if it cannot be written
     */
    Optional<Closeable> reserve(int trial) throws IOException;
}
