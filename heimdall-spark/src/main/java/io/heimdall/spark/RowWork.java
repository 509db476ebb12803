package io.heimdall.spark;

import java.io.IOException;
import java.io.Serializable;

/**
 * Work on rows that do not depend on each other; travels to the workers.
 *
 * @param <T> a row, serialisable
 * @param <R> what comes of a row, serialisable
 */
interface RowWork<T, R> extends Serializable {

    /**
     * Opens what a task needs, on a worker.
     *
     * @throws IOException if it cannot; the task is tried again elsewhere
     */
    Opened<T, R> open() throws IOException;

    /** The work of one task, for one thread. */
    interface Opened<T, R> extends AutoCloseable {

        /**
         * Does the work on a row.
         *
         * @throws IOException if no row can be worked on; the task is tried again elsewhere
         */
        R of(T row) throws IOException;

        /**
         * Makes durable what was done. The results of a task count only after it.
         *
         * @throws IOException if it cannot; the task is tried again elsewhere
         */
        @Override
        void close() throws IOException;
    }
}
